import { makeScrollable } from './formula-focus';

/** Pixels that each panel has room for. */
const NARROWEST_COLUMN = 180;
/** A short source without a length in it is narrower than any panel. */
const MAX_SHORT_SOURCE = 24;
const LENGTH = /\d\s*[a-z]{2}|\\[qH]/;

let unmeasured: HTMLElement[] = [];

/** Makes a drawn formula keep to the width of its column: what is wider scrolls. */
export function fitToColumn(formula: HTMLElement, source: string): void {
  if (formula.dataset['display'] === 'true') {
    const tag = formula.querySelector('.katex-html > .tag');
    if (tag && !formula.querySelector('.katex-html > .newline')) formula.classList.add('tagged');
    return;
  }
  if (source.length <= MAX_SHORT_SOURCE && !LENGTH.test(source)) return;
  if (unmeasured.length === 0) requestAnimationFrame(measure);
  unmeasured.push(formula);
}

/** KaTeX breaks an inline formula into parts; the width of a part depends on nothing but itself. */
function measure(): void {
  const parts = unmeasured.flatMap((formula) => [...formula.querySelectorAll<HTMLElement>('.base')]);
  unmeasured = [];
  const wide = parts.filter(({ offsetWidth }) => offsetWidth > NARROWEST_COLUMN);
  for (const part of wide) {
    part.classList.add('wide');
    makeScrollable(part);
  }
}
