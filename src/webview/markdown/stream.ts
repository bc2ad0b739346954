import { element as create } from '../dom';
import type { WhenNear } from '../near';
import { inSlices } from '../slices';
import { createBlockReader } from './block-reader';
import { createBlocks } from './blocks';

/** A Markdown text drawn while it grows. */
export interface MarkdownStream {
  readonly element: HTMLElement;
  /** Also goes on with a text that was whole. */
  append(text: string): void;
  /** With this the text is whole: draws what was waiting for its end, once. */
  finish(text?: string): void;
  /** Draws a whole text when it comes near to what is seen; until then its source is shown. */
  finishWhenNear(text: string, whenNear: WhenNear): void;
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

  function read(): boolean {
    const next = waiting.slice(0, piece);
    waiting = waiting.slice(piece);
    const update = whole && waiting === '' ? reader.finish(next) : reader.append(next);
    blocks.draw(update, waiting.length > muchLeft ? 'near' : 'now');
    showSource(update.unread + waiting.slice(0, shownAhead));
    if (waiting === '') element.removeAttribute('aria-busy');
    return waiting !== '';
  }

  function showSource(text: string): void {
    source.textContent = text;
    if (text === '') source.remove();
    else if (!source.parentElement) element.append(source);
  }

  function add(text: string, ends: boolean): void {
    waiting += text;
    whole = ends;
    inSlices(read);
    if (waiting !== '') element.setAttribute('aria-busy', 'true');
  }

  return {
    element,
    append(text) {
      if (text !== '') add(text, false);
    },
    finish(text = '') {
      if (!whole || text !== '') add(text, true);
    },
    finishWhenNear(text, whenNear) {
      if (text === '') return;
      waiting += text;
      whole = true;
      showSource(waiting.slice(0, shownAhead));
      whenNear(element, () => inSlices(read));
    },
  };
}
