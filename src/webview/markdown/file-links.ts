import { post, request } from '../host';

/** Limits of the names in one message, and in this webview, because an answer may contain any number. */
const MAX_NAMES_PER_REQUEST = 100;
const MAX_REQUESTED_NAMES = 2000;

const requested = new Set<string>();
const found = new Set<string>();
let queued: string[] = [];

/** Makes file names in a part of an answer links, once the host has found the files in the workspace. */
export function linkFiles(root: HTMLElement): void {
  for (const element of root.querySelectorAll<HTMLElement>('.file[data-file]')) {
    const name = element.dataset['file'] ?? '';
    if (found.has(name)) makeLink(element, name);
    else if (!requested.has(name) && requested.size < MAX_REQUESTED_NAMES) {
      requested.add(name);
      if (queued.length === 0) setTimeout(requestQueued);
      queued.push(name);
    }
  }
}

function requestQueued(): void {
  for (let at = 0; at < queued.length; at += MAX_NAMES_PER_REQUEST) {
    const names = queued.slice(at, at + MAX_NAMES_PER_REQUEST);
    request({ type: 'findFiles', names }).then(showFoundFiles, () => undefined);
  }
  queued = [];
}

function showFoundFiles(names: readonly string[]): void {
  for (const name of names) found.add(name);
  for (const element of document.querySelectorAll<HTMLElement>('.file[data-file]:not([role])')) {
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
  element.addEventListener('click', open);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    open();
  });
}
