import type { TurnView } from '../../protocol/messages';
import type { RenderedAnswer } from './answer-view';
import { createRenderChunks } from '../rendering/render-chunks';
import { element } from '../ui/dom';
import type { Edits } from './question-editor';
import { reportError } from '../ui/error-reporting';
import { renderPlainTurn, renderTurn, type RenderedTurn } from './turn-view';
import type { OnApproachViewport } from '../rendering/viewport';
import { runInTimeSlices } from '../rendering/scheduler';

/** The turns of a conversation. The last ones are rendered first. */
export interface TurnList {
  readonly element: HTMLElement;
  /** Replaces all turns. `remaining` turns before these follow in `showEarlier`. */
  show(views: readonly TurnView[], remaining: number): void;
  /** Adds turns before the others. `remaining` more follow. */
  showEarlier(views: readonly TurnView[], remaining: number): void;
  /** Adds a turn at the end, or replaces the one with the same ID. */
  put(view: TurnView): void;
  /** Removes all but the first `length` turns. */
  cut(length: number): void;
  turn(id: string): RenderedTurn | undefined;
  /** The answer of a turn, or the text of a summary with this ID. */
  answer(id: string): RenderedAnswer | undefined;
  has(id: string): boolean;
  /** While an answer is in progress, no question can be edited. */
  setRunning(running: boolean): void;
}

/**
 * Length of the turns at the end that are rendered without waiting until they approach the viewport, in UTF-16 code
 * units: more than a window on a large screen shows.
 */
const IMMEDIATE_LENGTH = 8000;

/** @param onRendered called when all turns have an element */
export function createTurnList(edits: Edits, onRendered: () => void): TurnList {
  const list = element('div', { class: 'turns' });
  const chunks = createRenderChunks(list);
  const turns = new Map<string, RenderedTurn>();
  /** The turns that have no element yet, which are before the others. */
  let queued: TurnView[] = [];
  /** Whether the host has not sent all turns yet. */
  let isPartial = false;
  /** Length of the turns that have an element, without later changes. */
  let renderedLength = 0;
  let running = false;

  function render(view: TurnView, mode: 'complete' | OnApproachViewport): HTMLElement {
    const rendered = renderSafely(view, mode, edits);
    rendered.setRunning(running);
    turns.set(view.id, rendered);
    return rendered.element;
  }

  function renderNext(): boolean {
    const view = queued.pop();
    if (view) {
      const { element, onApproachViewport } = chunks.at('beginning');
      element.prepend(render(view, renderedLength < IMMEDIATE_LENGTH ? 'complete' : onApproachViewport));
      renderedLength += lengthOf(view);
    }
    if (queued.length === 0 && !isPartial) onRendered();
    return queued.length > 0;
  }

  const isQueued = (id: string): boolean => queued.some((view) => view.id === id);

  function find(id: string): RenderedTurn | undefined {
    if (isQueued(id)) while (!turns.has(id) && renderNext());
    return turns.get(id);
  }

  return {
    element: list,
    show(views, remaining) {
      turns.clear();
      renderedLength = 0;
      for (const turn of list.querySelectorAll('.turn')) turn.remove();
      chunks.removeEmpty();
      queued = [...views];
      isPartial = remaining > 0;
      // This renders at least the last turn; the others follow in later tasks.
      runInTimeSlices(renderNext);
    },
    showEarlier(views, remaining) {
      queued = [...views, ...queued];
      isPartial = remaining > 0;
      runInTimeSlices(renderNext);
    },
    put(view) {
      const old = find(view.id);
      const rendered = render(view, 'complete');
      if (old) old.element.replaceWith(rendered);
      else chunks.at('end').element.append(rendered);
    },
    cut(length) {
      const rendered = Math.max(0, length - queued.length);
      queued.splice(length);
      for (const surplus of [...list.querySelectorAll('.turn')].slice(rendered)) {
        surplus.remove();
        turns.delete(surplus.getAttribute('data-turn') ?? '');
      }
      chunks.removeEmpty();
    },
    turn: find,
    answer: (id) =>
      find(id)?.answer ?? [...turns.values()].find(({ summary }) => summary?.id === id)?.summary?.answer,
    has: (id) => turns.has(id) || isQueued(id),
    setRunning(next) {
      if (running === next) return;
      running = next;
      for (const turn of turns.values()) turn.setRunning(next);
    },
  };
}

function lengthOf({ question, answer }: TurnView): number {
  return answer.choices.reduce((length, { text }) => length + text.length, question.length);
}

/** If rendering a turn fails, its text is shown without formatting. */
function renderSafely(view: TurnView, mode: 'complete' | OnApproachViewport, edits: Edits): RenderedTurn {
  try {
    return renderTurn(view, mode, edits);
  } catch (error) {
    reportError('Rendering a turn', error);
    return renderPlainTurn(view);
  }
}
