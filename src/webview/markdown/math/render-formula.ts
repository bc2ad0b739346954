import * as l10n from '@vscode/l10n';
import { element, icon } from '../../ui/dom';
import { formatCount } from '../../ui/l10n';
import { addFormulaActions, makeScrollable } from './formula-actions';
import { exceededLimit, MAX_FORMULA_DEPTH, MAX_FORMULA_LENGTH } from './formula-limits';
import { reasonOf } from './katex-error';
import { renderWithKatex } from './katex-renderer';

export { runFormulaAction } from './formula-actions';

/** A formula of this width fits into every panel. */
const NARROWEST_COLUMN_PX = 180;
/** A source of this length fits into every panel, unless it contains a length. In characters. */
const MAX_SHORT_SOURCE_LENGTH = 24;
const LENGTH = /\d\s*[a-z]{2}|\\[qH]/;

let unmeasured: HTMLElement[] = [];

/** Makes a rendered formula scroll if it is wider than its column. */
function fitToColumn(formula: HTMLElement, source: string): void {
  if (formula.dataset['display'] === 'true') {
    const tag = formula.querySelector('.katex-html > .tag');
    if (tag && !formula.querySelector('.katex-html > .newline')) formula.classList.add('tagged');
    return;
  }
  if (source.length <= MAX_SHORT_SOURCE_LENGTH && !LENGTH.test(source)) return;
  if (unmeasured.length === 0) requestAnimationFrame(measure);
  unmeasured.push(formula);
}

/** Makes the unbreakable parts of inline formulas scroll if they may be wider than their column. */
function measure(): void {
  const parts = unmeasured.flatMap((formula) => [...formula.querySelectorAll<HTMLElement>('.base')]);
  unmeasured = [];
  const wideParts = parts.filter(({ offsetWidth }) => offsetWidth > NARROWEST_COLUMN_PX);
  for (const part of wideParts) {
    part.classList.add('scrollable');
    makeScrollable(part);
  }
}

/** Renders the source that an element contains, or shows why it cannot be rendered. */
export function renderFormula(formula: HTMLElement): void {
  const source = formula.textContent;
  const limit = exceededLimit(source);
  if (limit !== undefined) {
    showSource(formula, source, limitMessages[limit]());
  } else {
    try {
      renderWithKatex(source, formula, formula.dataset['display'] === 'true');
      formula.classList.add('rendered');
    } catch (error) {
      showSource(formula, source, reasonOf(error));
    }
  }
  addFormulaActions(formula, source);
  if (formula.classList.contains('rendered')) fitToColumn(formula, source);
}

const limitMessages = {
  'too-long': () => l10n.t('The formula is longer than {0} characters', formatCount(MAX_FORMULA_LENGTH)),
  'defines-macro': () => l10n.t('The formula defines its own command, which is not supported'),
  'too-deep': () => l10n.t('The formula has more than {0} levels of nested braces', MAX_FORMULA_DEPTH),
} as const;

/** Shows the source of a formula, and why it is not rendered. */
function showSource(formula: HTMLElement, source: string, reason: string): void {
  formula.classList.add('formula-error');
  formula.replaceChildren(
    element('code', {}, source),
    element('span', { class: 'formula-message', role: 'note' }, icon('warning'), reason),
  );
}

/** Lets KaTeX prepare what it needs for the first formula. */
export function prepareKatex(): void {
  renderWithKatex('x', element('span'), true);
}
