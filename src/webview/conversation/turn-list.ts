import type { TurnView } from '../../protocol/messages';
import { createChunks } from '../rendering/chunks';
import { element } from '../ui/dom';
import type { Edits } from './question-editor';
import { reportError } from '../ui/error-reporting';
import { drawPlainTurn, drawTurn, type DrawnTurn } from './turn-view';
import type { OnApproachViewport } from '../rendering/viewport';
import { runInTimeSlices } from '../rendering/scheduler';

/** The turns on the page, the last ones first. */
export interface TurnList {
  readonly element: HTMLElement;
  /** Draws these in place of what was there. `remaining` turns before them follow. */
  show(views: readonly TurnView[], remaining: number): void;
  /** Draws these before the others. `remaining` more follow. */
  showEarlier(views: readonly TurnView[], remaining: number): void;
  /** A new one at the end, or one anew. */
  put(view: TurnView): void;
  /** Takes away all but the first ones. */
  cut(length: number): void;
  turn(id: string): DrawnTurn | undefined;
  has(id: string): boolean;
  /** While an answer is on its way, no question can be edited. */
  setRunning(running: boolean): void;
}

/** Turns at the end that are drawn whole as soon as they are shown. */
const drawnAtOnce = 10;

/** @param whole called when the last of those that were to be shown is drawn */
export function createTurnList(edits: Edits, whole: () => void): TurnList {
  const list = element('div', { class: 'turns' });
  const chunks = createChunks(list);
  const turns = new Map<string, DrawnTurn>();
  /** Those before the ones that are on the page. */
  let earlier: TurnView[] = [];
  /** Whether there are others before these, which have not arrived. */
  let isPartial = false;
  let running = false;

  function draw(view: TurnView, drawing: 'whole' | OnApproachViewport): HTMLElement {
    const drawn = drawSafely(view, drawing, edits);
    drawn.question.setRunning(running);
    turns.set(view.id, drawn);
    return drawn.element;
  }

  function putEarlier(): boolean {
    const view = earlier.pop();
    if (view) {
      const { element, onApproachViewport } = chunks.at('beginning');
      element.prepend(draw(view, turns.size < drawnAtOnce ? 'whole' : onApproachViewport));
    }
    if (earlier.length === 0 && !isPartial) whole();
    return earlier.length > 0;
  }

  const isEarlier = (id: string): boolean => earlier.some((view) => view.id === id);

  function find(id: string): DrawnTurn | undefined {
    if (isEarlier(id)) while (!turns.has(id) && putEarlier());
    return turns.get(id);
  }

  return {
    element: list,
    show(views, remaining) {
      turns.clear();
      for (const turn of list.querySelectorAll('.turn')) turn.remove();
      chunks.removeEmpty();
      earlier = [...views];
      isPartial = remaining > 0;
      // The last one is there with this, and the others before it soon.
      runInTimeSlices(putEarlier);
    },
    showEarlier(views, remaining) {
      earlier = [...views, ...earlier];
      isPartial = remaining > 0;
      runInTimeSlices(putEarlier);
    },
    put(view) {
      const old = find(view.id);
      const drawn = draw(view, 'whole');
      if (old) old.element.replaceWith(drawn);
      else chunks.at('end').element.append(drawn);
    },
    cut(length) {
      const drawn = Math.max(0, length - earlier.length);
      earlier.splice(length);
      for (const surplus of [...list.querySelectorAll('.turn')].slice(drawn)) {
        surplus.remove();
        turns.delete(surplus.getAttribute('data-turn') ?? '');
      }
      chunks.removeEmpty();
    },
    turn: find,
    has: (id) => turns.has(id) || isEarlier(id),
    setRunning(next) {
      if (running === next) return;
      running = next;
      for (const { question } of turns.values()) question.setRunning(next);
    },
  };
}

/** A turn that cannot be drawn as it is shows its text plainly. */
function drawSafely(view: TurnView, drawing: 'whole' | OnApproachViewport, edits: Edits): DrawnTurn {
  try {
    return drawTurn(view, drawing, edits);
  } catch (error) {
    reportError('Drawing a turn', error);
    return drawPlainTurn(view);
  }
}
