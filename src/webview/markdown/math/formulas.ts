import { makeScrollable, addFormulaActions } from './formula-actions';
import * as l10n from '@vscode/l10n';
import { element, icon } from '../../ui/dom';
import { guard } from '../../ui/error-reporting';
import { formatCount } from '../../ui/l10n';
import { runInTimeSlices } from '../../rendering/scheduler';
import { loadRendererFor, rendererFor, preloadKatex } from './katex';
import { reasonOf } from './katex-error';
import type { Renderer } from './katex-renderer';
import { MAX_FORMULA_DEPTH, MAX_FORMULA_LENGTH, exceededLimit } from './formula-limits';

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

/** Elements of formulas; those from index `next` on are not rendered yet. */
let queue: HTMLElement[] = [];
let next = 0;
let loading = false;
/** Whether the elements may not have been added to the page yet. */
let beingInserted = false;

/**
 * Renders the formulas in a part of an answer, which is in the page or is added to it in this task. Formulas for which this
 * task has no time are rendered in later tasks. Until then, and while KaTeX is loaded, their source is shown.
 */
export function renderFormulas(root: ParentNode): void {
  preloadKatex();
  queue.push(...root.querySelectorAll<HTMLElement>('.formula'));
  if (queue.length === 0 || loading) return;
  beingInserted = true;
  runInTimeSlices(renderNext);
  beingInserted = false;
}

/** Renders one formula. Returns false if there are no more, or if KaTeX must be loaded first. */
function renderNext(): boolean {
  const formula = queue[next];
  if (!formula) {
    [queue, next] = [[], 0];
    return false;
  }
  // The block of the formula may have been rendered again in the meantime.
  if (beingInserted || formula.isConnected) {
    const renderer = rendererFor(formula.textContent);
    if (!renderer) return load(formula.textContent);
    next++;
    guard('Rendering a formula', () => render(formula, renderer));
  } else {
    next++;
  }
  return true;
}

function load(source: string): false {
  loading = true;
  loadRendererFor(source)
    .catch((error: unknown) => {
      // Its source stays visible, and others may need other code.
      next++;
      reportError(error);
    })
    .finally(() => (loading = false))
    .then(() => runInTimeSlices(renderNext))
    .catch(reportError);
  return false;
}

function render(formula: HTMLElement, renderer: Renderer): void {
  const source = formula.textContent;
  const limit = exceededLimit(source);
  if (limit !== undefined) {
    showSource(formula, source, limitMessages[limit]());
  } else {
    try {
      renderer(source, formula, formula.dataset['display'] === 'true');
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
