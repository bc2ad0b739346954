import { deferredPart, renderDeferred } from '../rendering/deferred';
import { cancelSearches, findInTexts } from './find-in-texts';
import { MAX_MATCHES, type FindQuery, type Match } from './find-query';
import { RESTORE_EVENT, REVEAL_EVENT } from '../conversation/choice-tabs';
import { reportError } from '../ui/error-reporting';
import { closestElement } from '../ui/selection';
import { scrollToRange, unfold } from './reveal-range';
import { inPageOrder, rangeOf, searchTextOf, type SearchText } from './searchable-text';

/** The matches in a conversation, of which one is the current one. */
export interface Matches {
  readonly count: number;
  /** The index of the current match; -1 if there is none. */
  readonly current: number;
  /** Whether the search took too long, so that there are no matches. */
  readonly tookTooLong: boolean;
  /** Searches the conversation and goes to the first match that is visible or below. */
  search(query: FindQuery): Promise<void>;
  /** Goes to the next or the previous match, and around at the end. */
  step(by: 1 | -1): Promise<void>;
  /** Searches the changed turns again. */
  refresh(changed: ReadonlySet<Element>): Promise<void>;
  clear(): void;
}

/** The matches in a turn. */
interface TurnMatches {
  readonly turn: Element;
  readonly text: SearchText;
  readonly matches: readonly Match[];
}

/** A match by its position, because the elements around it can be replaced and turns added before it. */
interface CurrentMatch {
  readonly turnId: string | null;
  /** The index of the match within the turn. */
  readonly index: number;
}

/** Maximum number of highlighted matches. */
const MAX_HIGHLIGHTED = 2000;
const MATCH_HIGHLIGHT = 'o1mini-find';
const CURRENT_HIGHLIGHT = 'o1mini-find-current';

export function createMatches(log: HTMLElement): Matches {
  let query: FindQuery | undefined;
  let searching: Promise<void> = Promise.resolve();
  let tookTooLong = false;
  let found: readonly TurnMatches[] = [];
  let current: CurrentMatch | undefined;
  const choiceTabs = createShownAlternatives();

  const turns = (): readonly Element[] => [...log.querySelectorAll('.turn')];

  /** Searches some turns; undefined if another search was started meanwhile, or if it took too long. */
  async function findIn(searched: readonly Element[]): Promise<readonly TurnMatches[] | undefined> {
    const searchedFor = query;
    if (!searchedFor) return undefined;
    const texts = searched.map(searchTextOf);
    const result = await findInTexts(
      searchedFor,
      texts.map(({ text }) => text),
    );
    if (query !== searchedFor) return undefined;
    if (!result) {
      reset();
      tookTooLong = true;
      return undefined;
    }
    return searched.flatMap((turn, at) => {
      const [text, matches] = [texts[at], result[at]];
      return text && matches ? [{ turn, text, matches: inPageOrder(text, matches) }] : [];
    });
  }

  function reset(): void {
    [query, found, current, tookTooLong] = [undefined, [], undefined, false];
    cancelSearches();
    highlight();
  }

  async function search(next: FindQuery): Promise<void> {
    reset();
    query = next;
    const all = await findIn(turns());
    if (!all) return;
    found = all;
    setCurrent(firstVisible(log, found));
    await reveal();
  }

  function setCurrent(index: number): void {
    const located = locate(found, index);
    current = located && { turnId: idOf(located[0].turn), index: located[1] };
  }

  const entryOfCurrent = (): TurnMatches | undefined =>
    found.find(({ turn }) => idOf(turn) === current?.turnId);

  /** The range of a match if it is the current one. Its turn is searched again, because its elements may be new. */
  async function rangeOfCurrent(match: CurrentMatch | undefined): Promise<Range | undefined> {
    const turn = match === current && entryOfCurrent()?.turn;
    const [fresh] = (turn && (await findIn([turn]))) || [];
    if (!fresh || !match || match !== current) return undefined;
    found = found.map((other) => (other.turn === turn ? fresh : other));
    return rangeAt(fresh, match.index);
  }

  function highlight(): void {
    highlightMatches(found);
    const entry = entryOfCurrent();
    highlightCurrent(entry && current && rangeAt(entry, current.index));
  }

  /** Renders the turn of the current match, opens collapsed parts around it, and scrolls to it. */
  async function reveal(): Promise<void> {
    const match = current;
    const entry = entryOfCurrent();
    if (entry) renderAll(entry.turn);
    const range = await rangeOfCurrent(match);
    if (range) {
      unfold(range);
      choiceTabs.show(range);
      scrollToRange(log, range);
    }
    highlight();
    // Parts that come near the viewport are rendered, which may move the match and replace its elements.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        scrollTo(match).catch((error: unknown) => reportError('Find', error));
      }),
    );
  }

  async function scrollTo(match: CurrentMatch | undefined): Promise<void> {
    const range = await rangeOfCurrent(match);
    if (range) scrollToRange(log, range);
  }

  return {
    get count() {
      return Math.min(total(found), MAX_MATCHES);
    },
    get current() {
      return indexOf(found, current);
    },
    get tookTooLong() {
      return tookTooLong;
    },
    search(next) {
      searching = search(next);
      return searching;
    },
    async step(by) {
      const all = total(found);
      if (all === 0) return;
      setCurrent((indexOf(found, current) + by + all) % all);
      await reveal();
    },
    async refresh(changed) {
      await searching;
      const known = new Set(found.map(({ turn }) => turn));
      const fresh = await findIn(turns().filter((turn) => changed.has(turn) || !known.has(turn)));
      if (!fresh) return;
      const before = indexOf(found, current);
      const entries = new Map([...found, ...fresh].map((entry) => [entry.turn, entry]));
      found = turns().flatMap((turn) => entries.get(turn) ?? []);
      // If the current match no longer exists, the match that is now in its place becomes the current one.
      if (indexOf(found, current) < 0) setCurrent(Math.min(Math.max(before, 0), total(found) - 1));
      highlight();
    },
    clear() {
      reset();
      choiceTabs.restore();
    },
  };
}

/** Renders a turn with its collapsed attachments and earlier answers. */
function renderAll(turn: Element): void {
  renderDeferred(turn);
  for (const collapsed of turn.querySelectorAll('.collapsed-content')) deferredPart(collapsed)?.render();
}

function idOf(turn: Element): string | null {
  return turn.getAttribute('data-turn');
}

function rangeAt({ text, matches }: TurnMatches, index: number): Range | undefined {
  const match = matches[index];
  return match && rangeOf(text, ...match);
}

function total(found: readonly TurnMatches[]): number {
  return found.reduce((sum, { matches }) => sum + matches.length, 0);
}

/** The turn of a match, and the index of the match within that turn. */
function locate(found: readonly TurnMatches[], index: number): readonly [TurnMatches, number] | undefined {
  let before = 0;
  if (index < 0) return undefined;
  for (const entry of found) {
    if (index < before + entry.matches.length) return [entry, index - before];
    before += entry.matches.length;
  }
  return undefined;
}

/** The index of a match in the conversation; -1 if it is not there any more. */
function indexOf(found: readonly TurnMatches[], match: CurrentMatch | undefined): number {
  let before = 0;
  for (const { turn, matches } of found) {
    if (idOf(turn) === match?.turnId) return match.index < matches.length ? before + match.index : -1;
    before += matches.length;
  }
  return -1;
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
  if (ranges.length > 0) CSS.highlights.set(MATCH_HIGHLIGHT, new Highlight(...ranges));
  else CSS.highlights.delete(MATCH_HIGHLIGHT);
}

function highlightCurrent(range: Range | undefined): void {
  if (!range) {
    CSS.highlights.delete(CURRENT_HIGHLIGHT);
    return;
  }
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

const HIDDEN_CHOICE = '[role="tabpanel"][hidden]';

/** The choices that are shown only because they contain a match. */
function createShownAlternatives(): { show(match: Range): void; restore(): void } {
  const shown = new Set<Element>();
  return {
    show({ startContainer }) {
      const choice = closestElement(startContainer, HIDDEN_CHOICE);
      if (!choice) return;
      choice.dispatchEvent(new Event(REVEAL_EVENT));
      shown.add(choice);
    },
    restore() {
      for (const choice of shown) choice.dispatchEvent(new Event(RESTORE_EVENT));
      shown.clear();
    },
  };
}

function isInHiddenAlternative({ startContainer }: Range): boolean {
  return closestElement(startContainer, HIDDEN_CHOICE) !== null;
}
