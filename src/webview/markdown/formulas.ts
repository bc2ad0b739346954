import type { default as Katex } from 'katex';

/** Characters above which a formula stays source. */
const longest = 5000;
/** With macros of its own a short formula can become millions of symbols; those that KaTeX has are enough. */
const definesMacro = /\\(?:[egx]?def|(?:re)?newcommand|providecommand|let|futurelet)(?![a-zA-Z])/;

let katex: typeof Katex | undefined;

/**
 * Draws the formulas in a part of an answer; until KaTeX is loaded, and where it fails, their source is
 * shown. Once it is loaded they are drawn at once, as an open block is drawn again with each new word.
 */
export function drawFormulas(root: ParentNode): void {
  const places = [...root.querySelectorAll<HTMLElement>('.formula')];
  if (places.length === 0) return;
  if (katex) drawAll(katex, places);
  else void import('katex').then((module) => drawAll((katex = module.default), places));
}

function drawAll(renderer: typeof Katex, places: readonly HTMLElement[]): void {
  for (const place of places) {
    const source = place.textContent;
    if (source.length > longest || definesMacro.test(source)) continue;
    try {
      // Into the element, not to a string: so styles are set through the CSSOM, which the policy allows.
      renderer.render(source, place, {
        displayMode: place.dataset['display'] === 'true',
        throwOnError: true,
        trust: false,
        strict: 'ignore',
        maxSize: 50,
        maxExpand: 1000,
      });
    } catch (error) {
      place.textContent = source;
      place.classList.add('formula-error');
      place.title = error instanceof Error ? error.message : String(error);
    }
  }
}
