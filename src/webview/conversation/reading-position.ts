import * as v from 'valibot';
import { savedState, saveState } from '../host';
import { followEnd } from './follow-end';

/** Keeps the part of the conversation in view that the user is reading: the end, or a position further up. */
export interface ReadingPositionKeeper {
  /** "Scroll to End". */
  readonly button: HTMLElement;
  /** The ID of the turn that `keep` would return to; undefined if that is the end. */
  readonly turn: string | undefined;
  /** Scrolls to the end and follows it. */
  follow(): void;
  /** Keeps the scroll position although text is added. */
  stopFollowing(): void;
  /**
   * Renders all turns again and scrolls to the position from before, also after the webview was hidden.
   *
   * @param render returns whether the turn with this ID is among them
   */
  keep(render: (turn: string | undefined) => boolean): void;
}

/** Delay after scrolling before the position is saved, in ms. */
const DEBOUNCE_MS = 100;

const positionSchema = v.object({
  turn: v.string(),
  group: v.number(),
  block: v.number(),
  offset: v.number(),
});
/** The state that the webview saves. Earlier versions wrote the same keys. */
const stateSchema = v.object({ place: v.optional(positionSchema) });

export function keepReadingPosition(log: HTMLElement, list: HTMLElement): ReadingPositionKeeper {
  /** The position to keep until the user scrolls, although parts of the page above it are still being rendered. */
  let restored: ReadingPosition | undefined;
  let timer: number | undefined;
  const end = followEnd(log, list, () => {
    clearTimeout(timer);
    timer = window.setTimeout(save, DEBOUNCE_MS);
  });

  function save(): void {
    const position = end.following ? undefined : (restored ?? positionIn(log));
    saveState(position ? { place: position } : {});
  }

  function release(): void {
    restored = undefined;
  }

  const userActions = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;
  for (const action of userActions) addEventListener(action, release, { capture: true, passive: true });
  const resized = new ResizeObserver(() => {
    if (restored) scrollToPosition(log, restored);
  });
  resized.observe(list);

  function current(): ReadingPosition | undefined {
    const isShown = log.querySelector('.turn') !== null;
    if (!isShown) return savedPosition();
    return end.following ? undefined : (restored ?? positionIn(log));
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
    stopFollowing() {
      release();
      end.stop();
    },
    keep(render) {
      const position = current();
      if (!render(position?.turn) || !position) {
        release();
        end.follow();
        return;
      }
      restored = position;
      end.stop();
      scrollToPosition(log, position);
    },
  };
}

function savedPosition(): ReadingPosition | undefined {
  const { success, output } = v.safeParse(stateSchema, savedState());
  return success ? output.place : undefined;
}

/** The block at the upper edge of the conversation. It identifies the position also after a change of the layout. */
interface ReadingPosition {
  readonly turn: string;
  /** The index of the group of blocks within the turn; -1 above the first one. */
  readonly group: number;
  /** The index of the block within its group; -1 if the group is not rendered yet. */
  readonly block: number;
  /** Distance from the upper edge of the conversation down to the block, in pixels. */
  readonly offset: number;
}

/** Distances below the upper edge at which a block is looked for, in pixels, because there are gaps between blocks. */
const PROBES_PX = [2, 14, 30, 60, 120];

/** The current reading position; undefined in an empty conversation. */
function positionIn(log: HTMLElement): ReadingPosition | undefined {
  const { left, top, width } = log.getBoundingClientRect();
  for (const probe of PROBES_PX) {
    for (const part of [0.5, 0.1, 0.9]) {
      const found = document.elementFromPoint(left + width * part, top + probe);
      const turn = found?.closest<HTMLElement>('.turn');
      if (found && turn && log.contains(turn)) return positionOf(turn, found, top, probe);
    }
  }
  return undefined;
}

/** @param probe distance from `top`, the upper edge of the conversation, at which the element was found, in pixels */
function positionOf(turn: HTMLElement, found: Element, top: number, probe: number): ReadingPosition {
  const id = turn.dataset['turn'] ?? '';
  const group = found.closest('.blocks');
  // In a gap between two blocks, the position is that of the block below it.
  const block = group
    ? [...group.children].findIndex((child) => child.getBoundingClientRect().bottom > top + probe)
    : -1;
  const index = group ? groupsOf(turn).indexOf(group) : -1;
  const anchor = anchorOf(turn, index, block);
  return { turn: id, group: index, block, offset: anchor.getBoundingClientRect().top - top };
}

function scrollToPosition(log: HTMLElement, { turn: id, group, block, offset }: ReadingPosition): void {
  const turn = log.querySelector(`[data-turn="${CSS.escape(id)}"]`);
  if (!turn) return;
  const { top } = anchorOf(turn, group, block).getBoundingClientRect();
  log.scrollTop += top - log.getBoundingClientRect().top - offset;
}

function anchorOf(turn: Element, group: number, block: number): Element {
  const groupElement = groupsOf(turn)[group];
  return groupElement?.children[block] ?? groupElement ?? turn;
}

/** The groups of blocks of an answer. Its reasoning is left out, because it is collapsed when the webview is opened again. */
function groupsOf(turn: Element): readonly Element[] {
  return [...turn.querySelectorAll('.answer .blocks')].filter((group) => !group.closest('.reasoning'));
}
