import { element as create } from '../ui/dom';
import { guard } from '../ui/error-reporting';
import type { OnApproachViewport } from '../rendering/viewport';
import { defer, settle } from '../rendering/deferred';
import { runInTimeSlices } from '../rendering/scheduler';
import { createBlockReader } from './block-reader';
import { createBlocks } from './blocks';

/** A Markdown text drawn while it grows. */
export interface MarkdownStream {
  readonly element: HTMLElement;
  /** Its source. */
  readonly text: string;
  /** Also goes on with a text that was whole. */
  append(text: string): void;
  /** With this the text is whole: draws what was waiting for its end, once. */
  finish(text?: string): void;
  /** Draws a whole text when it comes near to what is seen; until then its source is shown. */
  finishOnApproach(text: string, onApproachViewport: OnApproachViewport): void;
}

/** Characters that are read in one go; more of them in slices, so that a long text is no long task. */
const piece = 2048;
/** Characters that are left of a text when what is read of it may be far from its end, which is seen first. */
const muchLeft = 4 * piece;
/** Characters shown of a source that is yet to be drawn. */
const shownAhead = 10_000;

/** Draws into an element; a block that has not changed keeps the element it has. */
export function createMarkdownStream(element: HTMLElement): MarkdownStream {
  const reader = createBlockReader();
  const blocks = createBlocks(element);
  const source = create('div', { class: 'unread' });
  let waiting = '';
  let whole = false;
  /** All of it. */
  let text = '';
  /** Whether drawing has failed, and the source is shown in its place. */
  let failed = false;

  function read(): boolean {
    const next = waiting.slice(0, piece);
    waiting = waiting.slice(piece);
    const update = whole && waiting === '' ? reader.finish(next) : reader.append(next);
    blocks.draw(update, waiting.length > muchLeft ? 'near' : 'now');
    showSource(element, source, update.unread + waiting.slice(0, shownAhead));
    if (waiting !== '') return true;
    element.removeAttribute('aria-busy');
    settle(element);
    return false;
  }

  function showPlainly(): void {
    failed = true;
    waiting = '';
    settle(element);
    element.removeAttribute('aria-busy');
    element.replaceChildren(source);
    source.textContent = text;
  }

  function readAll(): void {
    while (waiting !== '' && read());
    settle(element);
  }

  function add(more: string, ends: boolean): void {
    text += more;
    if (failed) return showPlainly();
    waiting += more;
    whole = ends;
    runInTimeSlices(read, showPlainly);
    if (waiting !== '') element.setAttribute('aria-busy', 'true');
  }

  return {
    element,
    get text() {
      return text;
    },
    append(more) {
      if (more !== '') add(more, false);
    },
    finish(more = '') {
      if (!whole || more !== '') add(more, true);
    },
    finishOnApproach(more, onApproachViewport) {
      if (more === '') return;
      text = waiting = more;
      whole = true;
      showSource(element, source, waiting.slice(0, shownAhead));
      defer(element, { text: () => text, draw: () => guard('Drawing', readAll, showPlainly) });
      onApproachViewport(element, () => runInTimeSlices(read, showPlainly));
    },
  };
}

/** Shows a source that is not read yet behind what is drawn. */
function showSource(element: HTMLElement, source: HTMLElement, text: string): void {
  source.textContent = text;
  if (text === '') source.remove();
  else if (!source.parentElement) element.append(source);
}
