import { drawDeferred } from '../rendering/deferred';
import { expressionOf, matchesIn, MAX_MATCHES, type FindQuery, type Match } from './find-query';
import { rangeOf, searchTextOf, type SearchText } from './searchable-text';

/** The matches in a conversation, of which one is the current one. */
export interface Matches {
  readonly count: number;
  /** The index of the current match; -1 if there is none. */
  readonly current: number;
  /** Looks for something, from what is seen on. */
  search(query: FindQuery): void;
  /** Goes to the next match or the one before, round about. */
  step(by: 1 | -1): void;
  /** Looks again in the turns that have changed. */
  refresh(changed: ReadonlySet<Element>): void;
  clear(): void;
}

/** What was found in a turn. */
interface Found {
  readonly turn: Element;
  readonly text: SearchText;
  readonly matches: readonly Match[];
}

/** Matches that are marked on the page: those beyond them are marked when one near them is the current one. */
const MAX_MARKED = 2000;
const MARK = 'o1mini-find';
const CURRENT = 'o1mini-find-current';

export function createMatches(log: HTMLElement): Matches {
  let expression: RegExp | undefined;
  let found: readonly Found[] = [];
  let current = -1;

  const count = (): number => total(found);

  const lookIn = (turn: Element): Found => lookFor(expression, turn);

  /** Draws the turn of the current match, unfolds what it is in, and scrolls to it. */
  function reveal(): void {
    const located = locate(found, current);
    CSS.highlights.delete(CURRENT);
    if (!located) return;
    const [{ turn }, nth] = located;
    drawDeferred(turn);
    const fresh = lookIn(turn);
    found = found.map((entry) => (entry.turn === turn ? fresh : entry));
    const match = fresh.matches[Math.min(nth, fresh.matches.length - 1)];
    const range = match && rangeOf(fresh.text, ...match);
    if (!range) return;
    unfold(range);
    markCurrent(range);
    mark(found);
    scrollThere(log, range);
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
      found = [...log.querySelectorAll('.turn')].map(lookIn);
      current = count() === 0 ? -1 : firstSeen(log, found);
      mark(found);
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
        return !entry || changed.has(turn) ? lookIn(turn) : entry;
      });
      const all = count();
      current = all === 0 ? -1 : Math.min(Math.max(current, 0), all - 1);
      mark(found);
    },
    clear() {
      [expression, found, current] = [undefined, [], -1];
      CSS.highlights.delete(MARK);
      CSS.highlights.delete(CURRENT);
    },
  };
}

function lookFor(expression: RegExp | undefined, turn: Element): Found {
  const text = searchTextOf(turn);
  return { turn, text, matches: expression ? matchesIn(text.text, expression, MAX_MATCHES) : [] };
}

function total(found: readonly Found[]): number {
  return found.reduce((sum, { matches }) => sum + matches.length, 0);
}

/** The turn of a match, and which one it is in that. */
function locate(found: readonly Found[], index: number): readonly [Found, number] | undefined {
  let before = 0;
  for (const entry of found) {
    if (index < before + entry.matches.length) return [entry, index - before];
    before += entry.matches.length;
  }
  return undefined;
}

function mark(found: readonly Found[]): void {
  const ranges: Range[] = [];
  for (const { text, matches } of found) {
    for (const [start, end] of matches) {
      if (ranges.length >= MAX_MARKED) break;
      const range = rangeOf(text, start, end);
      if (range) ranges.push(range);
    }
  }
  CSS.highlights.set(MARK, new Highlight(...ranges));
}

function markCurrent(range: Range): void {
  const marked = new Highlight(range);
  marked.priority = 1;
  CSS.highlights.set(CURRENT, marked);
}

/** The first match that is visible or below the visible part; the first of all if there is none. */
function firstSeen(log: HTMLElement, found: readonly Found[]): number {
  const { top } = log.getBoundingClientRect();
  const isAbove = (element: Element): boolean => element.getBoundingClientRect().bottom <= top;
  // Measuring a turn in a chunk that the browser skips would lay out all of the chunk.
  const above = new Set([...log.querySelectorAll('.chunk')].filter(isAbove));
  let before = 0;
  for (const { turn, text, matches } of found) {
    const isSkipped = above.has(turn.closest('.chunk') ?? turn);
    if (matches.length > 0 && !isSkipped && !isAbove(turn)) {
      const nth = matches.findIndex(([start, end]) => {
        const rect = rangeOf(text, start, end)?.getBoundingClientRect();
        return rect !== undefined && (rect.height === 0 || rect.bottom > top);
      });
      if (nth >= 0) return before + nth;
    }
    before += matches.length;
  }
  return 0;
}

/** Opens what hides a place: long code, thoughts, attachments, another alternative. */
function unfold(range: Range): void {
  const { startContainer: start } = range;
  const inside = start instanceof Element ? start : start.parentElement;
  inside?.closest('.folded')?.querySelector<HTMLElement>('.code-fold')?.click();
  for (
    let details = inside?.closest('details');
    details;
    details = details.parentElement?.closest('details')
  ) {
    details.open = true;
  }
  const panel = inside?.closest('[role="tabpanel"][hidden]');
  const tab = panel?.getAttribute('aria-labelledby');
  if (tab) document.getElementById(tab)?.click();
}

/** Scrolls to a place, and once more when what has come near is laid out and may have moved it. */
function scrollThere(log: HTMLElement, range: Range): void {
  scrollTo(log, range);
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(log, range)));
}

/** Puts a place into the middle, unless it can be seen already. */
function scrollTo(log: HTMLElement, range: Range): void {
  const view = log.getBoundingClientRect();
  const place = range.getBoundingClientRect();
  if (place.top < view.top + 40 || place.bottom > view.bottom - 20) {
    log.scrollTop += place.top - view.top - log.clientHeight / 3;
  }
  // Long lines of code are scrolled aside.
  const { startContainer: start } = range;
  const pre = (start instanceof Element ? start : start.parentElement)?.closest('pre');
  if (!pre) return;
  const frame = pre.getBoundingClientRect();
  const now = range.getBoundingClientRect();
  if (now.left < frame.left || now.right > frame.right) pre.scrollLeft += now.left - frame.left - 40;
}
