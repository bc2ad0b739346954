import { post, request } from '../host';

/** Names of one message, and of one page: an answer may have any number of them. */
const MAX_NAMES = 100;
const MAX_ASKED = 2000;

const asked = new Set<string>();
const found = new Set<string>();
let unasked: string[] = [];

/** Makes the names of files in a part of an answer links, as soon as the host has found the files. */
export function linkFiles(root: HTMLElement): void {
  for (const place of root.querySelectorAll<HTMLElement>('.file[data-file]')) {
    const name = place.dataset['file'] ?? '';
    if (found.has(name)) makeLink(place, name);
    else if (!asked.has(name) && asked.size < MAX_ASKED) {
      asked.add(name);
      if (unasked.length === 0) setTimeout(ask);
      unasked.push(name);
    }
  }
}

function ask(): void {
  for (let at = 0; at < unasked.length; at += MAX_NAMES) {
    const names = unasked.slice(at, at + MAX_NAMES);
    request({ type: 'findFiles', names }).then(showFoundFiles, () => undefined);
  }
  unasked = [];
}

function showFoundFiles(names: readonly string[]): void {
  for (const name of names) found.add(name);
  for (const place of document.querySelectorAll<HTMLElement>('.file[data-file]:not([role])')) {
    const name = place.dataset['file'] ?? '';
    if (found.has(name)) makeLink(place, name);
  }
}

function makeLink(place: HTMLElement, name: string): void {
  if (place.role === 'link') return;
  place.role = 'link';
  place.tabIndex = 0;
  place.title = name;
  const open = (): void => post({ type: 'openFile', name });
  place.addEventListener('click', open);
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    open();
  });
}
