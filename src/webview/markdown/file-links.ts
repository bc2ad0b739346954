import { isSymbolName } from '../../core/text/symbol-name';
import { post, request } from '../host';

/** Limits of the names in one message, and of those that are not requested again, because an answer may contain any number. */
const MAX_NAMES_PER_REQUEST = 100;
const MAX_REQUESTED_NAMES = 2000;

/** Names of one or two letters are usually variables, which are not symbols of the workspace. */
const THREE_LETTERS = /^[\p{L}\d_$]{3}/u;
/** Other names are symbols, which take longer to find. */
const PATH = /[/\\]|:\d|#L/;

/** Longest distance between press and release that still counts as a click, in pixels. */
const MAX_CLICK_DISTANCE_PX = 4;

const requested = new Set<string>();
const found = new Set<string>();
let queued: string[] = [];
let isStreaming = false;

/**
 * Symbols are looked for when no answer is in progress. Names that were not found are requested again with the next
 * answer, because the file may have been created or a language extension started.
 */
export function setStreaming(streaming: boolean): void {
  if (streaming && !isStreaming) for (const name of requested) if (!found.has(name)) requested.delete(name);
  isStreaming = streaming;
  requestQueued();
}

/** Makes names in a part of an answer links, once the host has found the files and symbols in the workspace. */
export function linkFiles(root: HTMLElement): void {
  for (const code of root.querySelectorAll<HTMLElement>(':not(pre, .file) > code')) {
    const name = code.textContent;
    if (THREE_LETTERS.test(name) && isSymbolName(name) && !code.closest('a')) code.dataset['file'] = name;
  }
  for (const element of root.querySelectorAll<HTMLElement>('[data-file]')) {
    const name = element.dataset['file'] ?? '';
    if (found.has(name)) makeLink(element, name);
    else if (!requested.has(name) && requested.size < MAX_REQUESTED_NAMES) {
      requested.add(name);
      if (queued.push(name) === 1 || PATH.test(name)) setTimeout(requestQueued);
    }
  }
}

function requestQueued(): void {
  const symbols = queued.filter((name) => !PATH.test(name));
  requestNames(queued.filter((name) => PATH.test(name)));
  queued = isStreaming ? symbols : [];
  if (!isStreaming) requestNames(symbols);
}

function requestNames(all: readonly string[]): void {
  for (let at = 0; at < all.length; at += MAX_NAMES_PER_REQUEST) {
    const names = all.slice(at, at + MAX_NAMES_PER_REQUEST);
    request({ type: 'findFiles', names }).then(showFoundFiles, () => undefined);
  }
}

function showFoundFiles(names: readonly string[]): void {
  for (const name of names) found.add(name);
  for (const element of document.querySelectorAll<HTMLElement>('[data-file]:not([role])')) {
    const name = element.dataset['file'] ?? '';
    if (found.has(name)) makeLink(element, name);
  }
}

function makeLink(element: HTMLElement, name: string): void {
  if (element.role === 'link') return;
  element.role = 'link';
  element.tabIndex = 0;
  element.title = name;
  const open = (): void => post({ type: 'openFile', name });
  let pressedAt = { clientX: 0, clientY: 0 };
  element.addEventListener('pointerdown', (event) => (pressedAt = event));
  element.addEventListener('click', ({ detail, clientX, clientY }) => {
    // A drag or a second click selects a part of the name. A screen reader clicks without a pointer.
    const distance = Math.hypot(clientX - pressedAt.clientX, clientY - pressedAt.clientY);
    if (detail === 0 || (detail === 1 && distance <= MAX_CLICK_DISTANCE_PX)) open();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    open();
  });
}
