import { element as create } from '../ui/dom';
import { guard } from '../ui/error-reporting';
import type { OnApproachViewport } from '../rendering/viewport';
import { defer, markRendered } from '../rendering/deferred';
import { runInTimeSlices } from '../rendering/scheduler';
import { createBlockReader } from './block-reader';
import { createBlocks } from './blocks';
import type { AvailableActions } from './code/code-blocks';

/** An element that shows a growing Markdown text. */
export interface MarkdownStream {
  readonly element: HTMLElement;
  /** The Markdown source. */
  readonly text: string;
  /** Adds text, also after `finish`. */
  append(text: string): void;
  /** Ends the text, optionally with more text, and renders what depends on its end. */
  finish(text?: string): void;
  /** Renders a complete text when it approaches the viewport; until then its source is shown. */
  finishOnApproach(text: string, onApproachViewport: OnApproachViewport): void;
}

/** Characters parsed before the page can handle input again. */
const SLICE_LENGTH = 2048;
/** With more unread text than this, new blocks are far above the end, which is visible first. In characters. */
const FAR_FROM_END_LENGTH = 4 * SLICE_LENGTH;
/** Maximum length of the source that is shown until it is rendered, in characters. */
const MAX_SOURCE_LENGTH_SHOWN = 10_000;

/**
 * Renders into an element. A block that has not changed keeps its element.
 *
 * @param codeActions the actions that code blocks have
 */
export function createMarkdownStream(
  element: HTMLElement,
  codeActions: AvailableActions = 'all',
): MarkdownStream {
  const reader = createBlockReader();
  const blocks = createBlocks(element, codeActions);
  const source = create('div', { class: 'markdown-source' });
  let unread = '';
  let isComplete = false;
  let text = '';
  /** Whether rendering has failed and the source is shown instead. */
  let hasFailed = false;

  function read(): boolean {
    const next = unread.slice(0, SLICE_LENGTH);
    unread = unread.slice(SLICE_LENGTH);
    const update = isComplete && unread === '' ? reader.finish(next) : reader.append(next);
    blocks.render(update, unread.length > FAR_FROM_END_LENGTH ? 'onApproach' : 'now');
    showSource(element, source, update.unread + unread.slice(0, MAX_SOURCE_LENGTH_SHOWN));
    if (unread !== '') return true;
    endReading();
    return false;
  }

  function endReading(): void {
    element.removeAttribute('aria-busy');
    element.classList.toggle('streaming', !isComplete);
    markRendered(element);
  }

  function showSourceOnly(): void {
    hasFailed = true;
    unread = '';
    endReading();
    element.replaceChildren(source);
    source.textContent = text;
  }

  function readAll(): void {
    while (unread !== '' && read());
    markRendered(element);
  }

  function add(more: string, ends: boolean): void {
    text += more;
    if (hasFailed) return showSourceOnly();
    unread += more;
    isComplete = ends;
    if (!runInTimeSlices(read, showSourceOnly)) element.setAttribute('aria-busy', 'true');
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
      if (!isComplete || more !== '') add(more, true);
    },
    finishOnApproach(more, onApproachViewport) {
      if (more === '') return;
      text = unread = more;
      isComplete = true;
      showSource(element, source, unread.slice(0, MAX_SOURCE_LENGTH_SHOWN));
      defer(element, { text: () => text, render: () => guard('Rendering', readAll, showSourceOnly) });
      onApproachViewport(element, () => runInTimeSlices(read, showSourceOnly));
    },
  };
}

/** Shows the source that is not rendered yet below the rendered blocks. */
function showSource(element: HTMLElement, source: HTMLElement, text: string): void {
  source.textContent = text;
  if (text === '') source.remove();
  else if (!source.parentElement) element.append(source);
}
