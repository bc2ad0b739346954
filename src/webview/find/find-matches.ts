import { renderDeferred } from '../rendering/deferred';
import { expressionOf, matchesIn, MAX_MATCHES, type FindQuery, type Match } from './find-query';
import { RESTORE_EVENT, REVEAL_EVENT } from '../conversation/alternatives';
import { closestElement } from '../ui/selection';
import { rangeOf, searchTextOf, type SearchText } from './searchable-text';

/** The matches in a conversation, of which one is the current one. */
export interface Matches {
  readonly count: number;
  /** The index of the current match; -1 if there is none. */
  readonly current: number;
  /** Searches the conversation and goes to the first match that is visible or below. */
  search(query: FindQuery): void;
  /** Goes to the next or the previous match, and around at the end. */
  step(by: 1 | -1): void;
  /** Searches the changed turns again. */
  refresh(changed: ReadonlySet<Element>): void;
  clear(): void;
}

/** The matches in a turn. */
interface TurnMatches {
  readonly turn: Element;
  readonly text: SearchText;
  readonly matches: readonly Match[];
}

/** Maximum number of highlighted matches. */
const MAX_HIGHLIGHTED = 2000;
const MATCH_HIGHLIGHT = 'o1mini-find';
const CURRENT_HIGHLIGHT = 'o1mini-find-current';

export function createMatches(log: HTMLElement): Matches {
  let expression: RegExp | undefined;
  let found: readonly TurnMatches[] = [];
  let current = -1;
  /** The alternatives that are shown only because they contain a match. */
  const revealed = new Set<Element>();

  const count = (): number => total(found);

  const findInTurn = (turn: Element): TurnMatches => matchesInTurn(expression, turn);

  /** Renders the turn of the current match, opens collapsed parts around it, and scrolls to it. */
  function reveal(): void {
    const located = locate(found, current);
    CSS.highlights.delete(CURRENT_HIGHLIGHT);
    if (!located) return;
    const [{ turn }, indexInTurn] = located;
    renderDeferred(turn);
    const fresh = findInTurn(turn);
    found = found.map((entry) => (entry.turn === turn ? fresh : entry));
    const match = fresh.matches[Math.min(indexInTurn, fresh.matches.length - 1)];
    const range = match && rangeOf(fresh.text, ...match);
    if (!range) return;
    unfold(range);
    const alternative = closestElement(range.startContainer, HIDDEN_ALTERNATIVE);
    if (alternative) {
      alternative.dispatchEvent(new Event(REVEAL_EVENT));
      revealed.add(alternative);
    }
    highlightCurrent(range);
    highlightMatches(found);
    scrollToMatch(log, range);
  }

  return {
    get count() {
      return Math.min(count(), MAX_MATCHES);
    },
    get current() {
      return current;
    },
    search(query) {
      expression = expressionOf(query);
      found = [...log.querySelectorAll('.turn')].map(findInTurn);
      current = count() === 0 ? -1 : firstVisible(log, found);
      highlightMatches(found);
      reveal();
    },
    step(by) {
      const all = count();
      if (all === 0) return;
      current = (current + by + all) % all;
      reveal();
    },
    refresh(changed) {
      if (!expression) return;
      const known = new Map(found.map((entry) => [entry.turn, entry]));
      found = [...log.querySelectorAll('.turn')].map((turn) => {
        const entry = known.get(turn);
        return !entry || changed.has(turn) ? findInTurn(turn) : entry;
      });
      const all = count();
      current = all === 0 ? -1 : Math.min(Math.max(current, 0), all - 1);
      highlightMatches(found);
    },
    clear() {
      [expression, found, current] = [undefined, [], -1];
      for (const alternative of revealed) alternative.dispatchEvent(new Event(RESTORE_EVENT));
      revealed.clear();
      CSS.highlights.delete(MATCH_HIGHLIGHT);
      CSS.highlights.delete(CURRENT_HIGHLIGHT);
    },
  };
}

function matchesInTurn(expression: RegExp | undefined, turn: Element): TurnMatches {
  const text = searchTextOf(turn);
  return { turn, text, matches: expression ? matchesIn(text.text, expression, MAX_MATCHES) : [] };
}

function total(found: readonly TurnMatches[]): number {
  return found.reduce((sum, { matches }) => sum + matches.length, 0);
}

/** The turn of a match, and the index of the match within that turn. */
function locate(found: readonly TurnMatches[], index: number): readonly [TurnMatches, number] | undefined {
  let before = 0;
  for (const entry of found) {
    if (index < before + entry.matches.length) return [entry, index - before];
    before += entry.matches.length;
  }
  return undefined;
}

function highlightMatches(found: readonly TurnMatches[]): void {
  const ranges: Range[] = [];
  for (const { text, matches } of found) {
    for (const [start, end] of matches) {
      if (ranges.length >= MAX_HIGHLIGHTED) break;
      const range = rangeOf(text, start, end);
      if (range) ranges.push(range);
    }
  }
  CSS.highlights.set(MATCH_HIGHLIGHT, new Highlight(...ranges));
}

function highlightCurrent(range: Range): void {
  const highlight = new Highlight(range);
  highlight.priority = 1;
  CSS.highlights.set(CURRENT_HIGHLIGHT, highlight);
}

/** The first match that is visible or below the visible part; the first of all if there is none. */
function firstVisible(log: HTMLElement, found: readonly TurnMatches[]): number {
  const { top } = log.getBoundingClientRect();
  const isAbove = (element: Element): boolean => element.getBoundingClientRect().bottom <= top;
  // Measuring a turn in a chunk that the browser skips would lay out all of the chunk.
  const above = new Set([...log.querySelectorAll('.chunk')].filter(isAbove));
  let before = 0;
  for (const { turn, text, matches } of found) {
    const isSkipped = above.has(turn.closest('.chunk') ?? turn);
    if (matches.length > 0 && !isSkipped && !isAbove(turn)) {
      const indexInTurn = matches.findIndex(([start, end]) => {
        const range = rangeOf(text, start, end);
        if (!range) return false;
        const { height, bottom } = range.getBoundingClientRect();
        // A match in a collapsed part has no height.
        return height === 0 ? !isInHiddenAlternative(range) : bottom > top;
      });
      if (indexInTurn >= 0) return before + indexInTurn;
    }
    before += matches.length;
  }
  return 0;
}

const HIDDEN_ALTERNATIVE = '[role="tabpanel"][hidden]';

function isInHiddenAlternative({ startContainer }: Range): boolean {
  return closestElement(startContainer, HIDDEN_ALTERNATIVE) !== null;
}

/** Opens the collapsed parts around a range: long code, reasoning, attachments. */
function unfold({ startContainer: start }: Range): void {
  closestElement(start, '.folded')?.querySelector<HTMLElement>('.code-fold')?.click();
  for (
    let details = closestElement(start, 'details');
    details instanceof HTMLDetailsElement;
    details = details.parentElement?.closest('details') ?? null
  ) {
    details.open = true;
  }
}

/** Scrolls to a range, and again after the parts that came near the viewport were rendered, which may have moved it. */
function scrollToMatch(log: HTMLElement, range: Range): void {
  scrollTo(log, range);
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(log, range)));
}

/** Scrolls a range into the upper third of the conversation, unless it is visible. */
function scrollTo(log: HTMLElement, range: Range): void {
  const view = log.getBoundingClientRect();
  const rect = range.getBoundingClientRect();
  if (rect.top < view.top + 40 || rect.bottom > view.bottom - 20) {
    log.scrollTop += rect.top - view.top - log.clientHeight / 3;
  }
  // Long lines of code are scrolled horizontally.
  const pre = closestElement(range.startContainer, 'pre');
  if (!pre) return;
  const frame = pre.getBoundingClientRect();
  const now = range.getBoundingClientRect();
  if (now.left < frame.left || now.right > frame.right) pre.scrollLeft += now.left - frame.left - 40;
}
