import type { default as Katex } from 'katex';
import { whenIdle } from '../../rendering/scheduler';
import { limitNegativeLengths, MAX_LENGTH_EM, MAX_MACRO_EXPANSIONS } from './formula-limits';
import { escapePercentSigns, repairText } from './formula-source';

/** Renders the source of a formula into an element. Throws if the source is invalid. */
export type Renderer = (source: string, element: HTMLElement, display: boolean) => void;

/** Commands of mhchem, an extension of KaTeX that is loaded on first use because it is rarely needed. */
const MHCHEM_COMMAND = /\\(?:ce|pu)(?![a-zA-Z])/;

let katex: typeof Katex | undefined;
let mhchemLoaded = false;
let isPreloading = false;

/** The renderer for a source; undefined if it is not loaded. */
export function rendererFor(source: string): Renderer | undefined {
  return katex && (mhchemLoaded || !MHCHEM_COMMAND.test(source)) ? rendererOf(katex) : undefined;
}

export async function loadRendererFor(source: string): Promise<Renderer> {
  const { default: loaded } = await import('katex');
  if (!mhchemLoaded && MHCHEM_COMMAND.test(source)) {
    await import('katex/contrib/mhchem');
    mhchemLoaded = true;
  }
  katex = loaded;
  return rendererOf(loaded);
}

/** Loads KaTeX when the browser is idle, so that the first formula does not have to wait. */
export function preloadKatex(): void {
  if (isPreloading) return;
  isPreloading = true;
  whenIdle(() => {
    loadRendererFor('').then((render) => render('x', document.createElement('span'), true), reportError);
  });
}

/** References show the name of the label, because there is no document in which labels have numbers. */
const MACROS = { '\\eqref': '(\\text{#1})', '\\ref': '\\text{#1}' };

function rendererOf(renderer: typeof Katex): Renderer {
  return (source, element, displayMode) => {
    // KaTeX sets styles of elements through the CSSOM, which the content security policy allows, unlike in HTML strings.
    const render = (written: string): void =>
      renderer.render(withKatexEnvironments(limitNegativeLengths(written)), element, {
        displayMode,
        throwOnError: true,
        trust: false,
        strict: 'ignore',
        maxSize: MAX_LENGTH_EM,
        maxExpand: MAX_MACRO_EXPANSIONS,
        macros: MACROS,
      });
    const written = escapePercentSigns(source);
    try {
      render(written);
    } catch (error) {
      const repaired = repairText(written);
      if (repaired === written) throw error;
      try {
        render(repaired);
      } catch {
        throw error;
      }
    }
  };
}

/** Replaces environments that KaTeX does not know by similar ones, and removes labels. */
function withKatexEnvironments(source: string): string {
  return source
    .replace(/\\label\s*\{[^{}]*\}/g, '')
    .replace(/\\(begin|end)\{multline\*?\}/g, '\\$1{gather*}')
    .replace(/\\(begin|end)\{flalign(\*?)\}/g, '\\$1{align$2}')
    .replace(/\\begin\{eqnarray\*?\}/g, '\\begin{array}{rcl}')
    .replace(/\\end\{eqnarray\*?\}/g, '\\end{array}');
}
