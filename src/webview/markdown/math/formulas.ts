import { makeScrollable, offerActions } from './formula-actions';
import * as l10n from '@vscode/l10n';
import { element, icon } from '../../ui/dom';
import { guard } from '../../ui/error-reporting';
import { formatCount } from '../../ui/l10n';
import { runInTimeSlices } from '../../rendering/scheduler';
import { loadRendererFor, rendererFor, warmUp, type Renderer } from './katex';
import { deepest, longest, whyUnfit } from './formula-limits';

/** Pixels that each panel has room for. */
const NARROWEST_COLUMN = 180;
/** A short source without a length in it is narrower than any panel. */
const MAX_SHORT_SOURCE = 24;
const LENGTH = /\d\s*[a-z]{2}|\\[qH]/;

let unmeasured: HTMLElement[] = [];

/** Makes a drawn formula keep to the width of its column: what is wider scrolls. */
function fitToColumn(formula: HTMLElement, source: string): void {
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

/** Places of formulas, of which those from the next one on are still to be drawn. */
let places: HTMLElement[] = [];
let next = 0;
let loading = false;
/** Whether they may be on their way onto the page. */
let arriving = false;

/**
 * Draws the formulas in a part of an answer, which is on the page, or comes onto it in this task. As many as there
 * is time for are drawn when this returns, the others in the next tasks; until then, and while KaTeX is being
 * loaded, their source is shown.
 */
export function drawFormulas(root: ParentNode): void {
  warmUp();
  places.push(...root.querySelectorAll<HTMLElement>('.formula'));
  if (places.length === 0 || loading) return;
  arriving = true;
  runInTimeSlices(drawNext);
  arriving = false;
}

/** Whether there is another one to draw; not while what draws it is being loaded. */
function drawNext(): boolean {
  const place = places[next];
  if (!place) {
    [places, next] = [[], 0];
    return false;
  }
  // One of a block that has been drawn again meanwhile is of no use.
  if (arriving || place.isConnected) {
    const renderer = rendererFor(place.textContent);
    if (!renderer) return load(place.textContent);
    next++;
    guard('Drawing a formula', () => draw(place, renderer));
  } else {
    next++;
  }
  return true;
}

function load(source: string): false {
  loading = true;
  loadRendererFor(source)
    .finally(() => (loading = false))
    .then(() => runInTimeSlices(drawNext))
    .catch(reportError);
  return false;
}

function draw(place: HTMLElement, renderer: Renderer): void {
  const source = place.textContent;
  const unfit = whyUnfit(source);
  if (unfit !== undefined) {
    showSource(place, source, unfitWords[unfit]());
  } else {
    try {
      renderer(source, place, place.dataset['display'] === 'true');
      place.classList.add('drawn');
    } catch (error) {
      showSource(place, source, reasonOf(error));
    }
  }
  offerActions(place, source);
  if (place.classList.contains('drawn')) fitToColumn(place, source);
}

const unfitWords = {
  'too-long': () => l10n.t('The formula is longer than {0} characters', formatCount(longest)),
  'defines-macro': () => l10n.t('The formula defines its own command'),
  'too-deep': () => l10n.t('The formula nests more than {0} braces', deepest),
} as const;

/** KaTeX's message with the source in it would show that twice. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'rawMessage' in error ? String(error.rawMessage) : error.message;
}

/** Shows the source, and the reason why it is not drawn. */
function showSource(place: HTMLElement, source: string, reason: string): void {
  place.classList.add('formula-error');
  place.replaceChildren(
    element('code', {}, source),
    element('span', { class: 'formula-message', role: 'note' }, icon('warning'), reason),
  );
}
