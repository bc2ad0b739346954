import type { ToWebviewMessage } from '../../../protocol/messages';
import { post } from '../../host';
import { latexOf, mathmlOf } from './formula-export';
import * as l10n from '@vscode/l10n';

/** Does what was chosen in the context menu of a formula. */
export function actOnFormula({ formula, action }: Extract<ToWebviewMessage, { type: 'formula' }>): void {
  const place = formulaNamed(formula);
  if (!place) return;
  switch (action) {
    case 'copyLatex':
      return post({ type: 'copy', text: latexOf(place) });
    case 'copyMathml': {
      const text = mathmlOf(place);
      if (text !== undefined) post({ type: 'copy', text });
      return;
    }
    case 'insert':
      return post({ type: 'insert', code: latexOf(place), language: 'latex' });
  }
}

/** Names of this page's formulas are none of another's. */
const page = crypto.randomUUID().slice(0, 8);
let count = 0;
let touched = new Set<HTMLElement>();
/** Of each answer, the formula that Tab reaches. */
const entrances = new WeakMap<Element, HTMLElement>();
/** Tab reaches those too that are wider than there is room for, so that they can be scrolled. */
const wide = new WeakSet<Element>();
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (!(target instanceof HTMLElement) || wide.has(target) === isWide(target)) continue;
    if (!wide.delete(target)) wide.add(target);
    refresh(target);
  }
});

/**
 * Makes a formula one that VS Code's own context menu has actions for (package.json, `webview/context`), by mouse and
 * by keyboard. One formula of each answer is reached with Tab, the others from there with the arrows.
 */
export function offerActions(formula: HTMLElement, source: string): void {
  const name = `${page}-${++count}`;
  formula.dataset['source'] = source;
  formula.dataset['formula'] = name;
  formula.dataset['vscodeContext'] = JSON.stringify({
    webviewSection: formula.classList.contains('drawn') ? 'formula' : 'formulaSource',
    formula: name,
  });
  if (touched.size === 0) requestAnimationFrame(giveStops);
  touched.add(formula);
  if (formula.dataset['display'] === 'true') widths.observe(formula);
}

/** Lets Tab reach a part of a formula while it is wider than there is room for. */
export function makeScrollable(part: HTMLElement): void {
  widths.observe(part);
}

/** The formula that a context menu was opened on; undefined where it is gone. */
function formulaNamed(name: string): HTMLElement | undefined {
  return document.querySelector<HTMLElement>(`.formula[data-formula="${CSS.escape(name)}"]`) ?? undefined;
}

/** An answer whose formulas cannot be reached gets its first one for it. */
function giveStops(): void {
  const answers = new Set([...touched].map(answerOf));
  touched = new Set();
  for (const answer of answers) {
    const first = answer?.querySelector<HTMLElement>('.formula');
    if (answer && first && !entrances.get(answer)?.isConnected) enterAt(answer, first);
  }
}

function answerOf(formula: Element): HTMLElement | null {
  return formula.closest<HTMLElement>('.markdown, .question-text');
}

function enterAt(answer: Element, formula: HTMLElement): void {
  const before = entrances.get(answer);
  entrances.set(answer, formula);
  for (const each of [before, formula]) if (each) refresh(each);
}

function isWide(formula: Element): boolean {
  return formula.scrollWidth > formula.clientWidth;
}

/** Makes a formula a stop of Tab, or none. */
function refresh(formula: HTMLElement): void {
  const answer = answerOf(formula);
  if (wide.has(formula) || (answer && entrances.get(answer) === formula)) {
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
  if (event.key === 'Enter' || event.key === ' ') openMenu(formula);
  // The keys that go to another formula scroll a wide part.
  else if (target !== formula || !move(formula, event.key)) return;
  event.preventDefault();
});

function openMenu(formula: HTMLElement): void {
  const { left, bottom } = formula.getBoundingClientRect();
  formula.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left, clientY: bottom }),
  );
}

/** Whether the key goes to another formula. A wide one is scrolled with left and right. */
function move(formula: HTMLElement, key: string): boolean {
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
  const answer = answerOf(formula);
  if (!answer || (sideways && wide.has(formula))) return false;
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
  const reached = steps[key];
  if (reached === undefined) return false;
  const next = all[Math.min(Math.max(reached, 0), all.length - 1)];
  if (!next || next === formula) return true;
  enterAt(answer, next);
  next.focus();
  return true;
}
