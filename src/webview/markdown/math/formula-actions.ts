import type { ToWebviewMessage } from '../../../protocol/messages';
import { post } from '../../host';
import { toLatex, toMathMl } from './formula-export';
import * as l10n from '@vscode/l10n';

/** Runs an action of the context menu of a formula. */
export function runFormulaAction({ formula, action }: Extract<ToWebviewMessage, { type: 'formula' }>): void {
  const element = findFormula(formula);
  if (!element) return;
  switch (action) {
    case 'copyLatex':
      return post({ type: 'copy', text: toLatex(element) });
    case 'copyMathml': {
      const text = toMathMl(element);
      if (text !== undefined) post({ type: 'copy', text });
      return;
    }
    case 'insert':
      return post({ type: 'insert', code: toLatex(element), language: 'latex' });
  }
}

/** Makes the IDs of formulas different from those of other webviews. */
const webviewId = crypto.randomUUID().slice(0, 8);
let count = 0;
let newFormulas = new Set<HTMLElement>();
/** The formula of each answer that Tab reaches. */
const tabStops = new WeakMap<Element, HTMLElement>();
/** Formulas that are wider than their column. Tab reaches them too, so that they can be scrolled. */
const scrollable = new WeakSet<Element>();
const resizeObserver = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (!(target instanceof HTMLElement) || scrollable.has(target) === isWide(target)) continue;
    if (!scrollable.delete(target)) scrollable.add(target);
    updateTabStop(target);
  }
});

/**
 * Adds the actions of the context menu (`webview/context` in package.json) to a formula, for mouse and keyboard. Tab reaches
 * one formula of each answer; the arrow keys move to the others.
 */
export function addFormulaActions(formula: HTMLElement, source: string): void {
  const id = `${webviewId}-${++count}`;
  formula.dataset['source'] = source;
  formula.dataset['formula'] = id;
  formula.dataset['vscodeContext'] = JSON.stringify({
    webviewSection: formula.classList.contains('rendered') ? 'formula' : 'formulaSource',
    formula: id,
  });
  if (newFormulas.size === 0) requestAnimationFrame(assignTabStops);
  newFormulas.add(formula);
  if (formula.dataset['display'] === 'true') resizeObserver.observe(formula);
}

/** Makes Tab reach a part of a formula while it is wider than its column. */
export function makeScrollable(part: HTMLElement): void {
  resizeObserver.observe(part);
}

/** The formula of a context menu; null if it was removed. */
function findFormula(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.formula[data-formula="${CSS.escape(id)}"]`);
}

/** Makes the first formula of each answer reachable with Tab, unless another one already is. */
function assignTabStops(): void {
  const answers = new Set([...newFormulas].map(answerOf));
  newFormulas = new Set();
  for (const answer of answers) {
    const first = answer?.querySelector<HTMLElement>('.formula');
    if (answer && first && !tabStops.get(answer)?.isConnected) setTabStop(answer, first);
  }
}

function answerOf(formula: Element): HTMLElement | null {
  return formula.closest<HTMLElement>('.markdown, .question-text');
}

function setTabStop(answer: Element, formula: HTMLElement): void {
  const before = tabStops.get(answer);
  tabStops.set(answer, formula);
  for (const each of [before, formula]) if (each) updateTabStop(each);
}

function isWide(formula: Element): boolean {
  return formula.scrollWidth > formula.clientWidth;
}

/** Makes a formula reachable with Tab, or unreachable. */
function updateTabStop(formula: HTMLElement): void {
  const answer = answerOf(formula);
  if (scrollable.has(formula) || (answer && tabStops.get(answer) === formula)) {
    formula.tabIndex = 0;
    formula.role = 'group';
    formula.ariaLabel = l10n.t('Formula');
  } else for (const attribute of ['tabindex', 'role', 'aria-label']) formula.removeAttribute(attribute);
}

document.addEventListener('keydown', (event) => {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  const formula = target.closest<HTMLElement>('.formula');
  if (!formula) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === 'Enter' || event.key === ' ') openContextMenu(formula);
  // In a scrollable part, these keys scroll.
  else if (target !== formula || !moveFocus(formula, event.key)) return;
  event.preventDefault();
});

function openContextMenu(formula: HTMLElement): void {
  const { left, bottom } = formula.getBoundingClientRect();
  formula.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left, clientY: bottom }),
  );
}

/** Moves the focus to another formula. Returns whether the key was handled; left and right scroll a wide formula. */
function moveFocus(formula: HTMLElement, key: string): boolean {
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
  const answer = answerOf(formula);
  if (!answer || (sideways && scrollable.has(formula))) return false;
  const all = [...answer.querySelectorAll<HTMLElement>('.formula[data-formula]')];
  const at = all.indexOf(formula);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: all.length - 1,
  };
  const nextIndex = steps[key];
  if (nextIndex === undefined) return false;
  const next = all[Math.min(Math.max(nextIndex, 0), all.length - 1)];
  if (!next || next === formula) return true;
  setTabStop(answer, next);
  next.focus();
  return true;
}
