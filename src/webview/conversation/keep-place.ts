import * as v from 'valibot';
import { savedState, saveState } from '../host';
import { followEnd } from './follow-end';
import { placeIn, scrollToPlace, type ReadingPlace } from './reading-place';

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
