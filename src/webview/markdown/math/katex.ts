import type { default as Katex } from 'katex';
import { withinBounds } from './formula-limits';
import { withPercentSigns, withRepairedText } from './formula-source';

/** Draws the source of a formula into an element; throws where it is wrong. */
export type Renderer = (source: string, place: HTMLElement, display: boolean) => void;

/** Chemistry is a file of its own, and mostly not asked for. */
const chemical = /\\(?:ce|pu)(?![a-zA-Z])/;

let katex: typeof Katex | undefined;
let chemistry = false;
let warmed = false;

/** The renderer for this source, if it is loaded. */
export function rendererFor(source: string): Renderer | undefined {
  return katex && (chemistry || !chemical.test(source)) ? rendererOf(katex) : undefined;
}

export async function loadRendererFor(source: string): Promise<Renderer> {
  const { default: loaded } = await import('katex');
  if (!chemistry && chemical.test(source)) {
    await import('katex/contrib/mhchem');
    chemistry = true;
  }
  katex = loaded;
  return rendererOf(loaded);
}

/** The fonts of most formulas. Until all fonts of a formula are loaded, the browser shows only a part of its symbols. */
const FONTS = ['1em KaTeX_Main', 'italic 1em KaTeX_Math'];

/** Loads KaTeX and its fonts while there is nothing else to do, so that the first formula does not wait for them. */
export function warmUp(): void {
  if (warmed) return;
  warmed = true;
  requestIdleCallback(
    () => {
      loadRendererFor('').then((render) => render('x', document.createElement('span'), true), reportError);
      for (const font of FONTS) document.fonts.load(font).catch(reportError);
    },
    { timeout: 2000 },
  );
}

/** Numbers and labels of a document that is none: the name of a label is what there is to show. */
const macros = { '\\eqref': '(\\text{#1})', '\\ref': '\\text{#1}' };

function rendererOf(renderer: typeof Katex): Renderer {
  return (source, place, displayMode) => {
    // Into the element, not to a string: so styles are set through the CSSOM, which the policy allows.
    const render = (written: string): void =>
      renderer.render(inItsWords(withinBounds(written)), place, {
        displayMode,
        throwOnError: true,
        trust: false,
        strict: 'ignore',
        maxSize: 50,
        maxExpand: 1000,
        macros,
      });
    const written = withPercentSigns(source);
    try {
      render(written);
    } catch (error) {
      const repaired = withRepairedText(written);
      if (repaired === written) throw error;
      try {
        render(repaired);
      } catch {
        throw error;
      }
    }
  };
}

/** Environments that KaTeX has under another name, or nearly so. */
function inItsWords(source: string): string {
  return source
    .replace(/\\label\s*\{[^{}]*\}/g, '')
    .replace(/\\(begin|end)\{multline\*?\}/g, '\\$1{gather*}')
    .replace(/\\(begin|end)\{flalign(\*?)\}/g, '\\$1{align$2}')
    .replace(/\\begin\{eqnarray\*?\}/g, '\\begin{array}{rcl}')
    .replace(/\\end\{eqnarray\*?\}/g, '\\end{array}');
}
