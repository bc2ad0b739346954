import * as v from 'valibot';
import { savedState, saveState } from '../host';
import { followEnd } from './follow-end';

/** Keeps what is being read in view: the end, or a place further up. */
export interface PlaceKeeper {
  /** "Scroll to End". */
  readonly button: HTMLElement;
  /** The id of the turn that `keep` would return to; undefined where that is the end. */
  readonly turn: string | undefined;
  /** Goes to the end and stays there. */
  follow(): void;
  /** Stays where it is, though more is added. */
  stay(): void;
  /**
   * Draws all turns anew and leads back to the place that was being read, before the page was hidden too.
   *
   * @param draw says whether the turn with this id is among them
   */
  keep(draw: (turn: string | undefined) => boolean): void;
}

/** How long a place must have been looked at to be saved, in ms. */
const DEBOUNCE_MS = 100;

const placeSchema = v.object({ turn: v.string(), group: v.number(), block: v.number(), offset: v.number() });
const stateSchema = v.object({ place: v.optional(placeSchema) });

export function keepReadingPlace(log: HTMLElement, list: HTMLElement): PlaceKeeper {
  /** The place to return to until the user moves: what is drawn after it has been found moves it. */
  let held: ReadingPlace | undefined;
  let timer: number | undefined;
  const end = followEnd(log, list, () => {
    clearTimeout(timer);
    timer = window.setTimeout(save, DEBOUNCE_MS);
  });

  function save(): void {
    const place = end.following ? undefined : (held ?? placeIn(log));
    saveState(place ? { place } : {});
  }

  function release(): void {
    held = undefined;
  }

  const userActions = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;
  for (const action of userActions) addEventListener(action, release, { capture: true, passive: true });
  const resized = new ResizeObserver(() => {
    if (held) scrollToPlace(log, held);
  });
  resized.observe(list);

  function current(): ReadingPlace | undefined {
    const isShown = log.querySelector('.turn') !== null;
    if (!isShown) return savedPlace();
    return end.following ? undefined : (held ?? placeIn(log));
  }

  return {
    button: end.button,
    get turn() {
      return current()?.turn;
    },
    follow() {
      release();
      end.follow();
    },
    stay() {
      release();
      end.stop();
    },
    keep(draw) {
      const place = current();
      if (!draw(place?.turn) || !place) {
        release();
        end.follow();
        return;
      }
      held = place;
      end.stop();
      scrollToPlace(log, place);
    },
  };
}

function savedPlace(): ReadingPlace | undefined {
  const { success, output } = v.safeParse(stateSchema, savedState());
  return success ? output.place : undefined;
}

/** What stands at the upper edge of the conversation, by which the place is found again in another layout. */
interface ReadingPlace {
  readonly turn: string;
  /** The index of the group of blocks within the turn; -1 above the first one. */
  readonly group: number;
  /** The index of the block within its group; -1 where the group is not drawn yet. */
  readonly block: number;
  /** Pixels from the upper edge of the conversation down to that of the block. */
  readonly offset: number;
}

/** Pixels below the upper edge at which a part of the conversation is looked for: between parts there is none. */
const PROBES = [2, 14, 30, 60, 120];

/** The place that is being read; undefined in an empty conversation. */
function placeIn(log: HTMLElement): ReadingPlace | undefined {
  const { left, top, width } = log.getBoundingClientRect();
  for (const probe of PROBES) {
    for (const part of [0.5, 0.1, 0.9]) {
      const found = document.elementFromPoint(left + width * part, top + probe);
      const turn = found?.closest<HTMLElement>('.turn');
      if (found && turn && log.contains(turn)) return placeOf(turn, found, top);
    }
  }
  return undefined;
}

function placeOf(turn: HTMLElement, found: Element, top: number): ReadingPlace {
  const id = turn.dataset['turn'] ?? '';
  const group = found.closest('.blocks');
  const block = group ? [...group.children].findIndex((child) => child.contains(found)) : -1;
  const index = group ? groupsOf(turn).indexOf(group) : -1;
  const anchor = anchorOf(turn, index, block);
  return { turn: id, group: index, block, offset: anchor.getBoundingClientRect().top - top };
}

/** Scrolls to a place; whether its turn is there. */
function scrollToPlace(log: HTMLElement, { turn: id, group, block, offset }: ReadingPlace): boolean {
  const turn = log.querySelector(`[data-turn="${CSS.escape(id)}"]`);
  if (!turn) return false;
  const { top } = anchorOf(turn, group, block).getBoundingClientRect();
  log.scrollTop += top - log.getBoundingClientRect().top - offset;
  return true;
}

function anchorOf(turn: Element, group: number, block: number): Element {
  const there = groupsOf(turn)[group];
  return there?.children[block] ?? there ?? turn;
}

function groupsOf(turn: Element): readonly Element[] {
  return [...turn.querySelectorAll('.answer .blocks')];
}
