import { post } from '../host';
import { textFieldOf } from './text-field';

/** Limits of the message to the host. */
const MAX_DROPPED_URIS = 100;
const MAX_URI_LENGTH = 8192;

/** A type of the data that is dragged out of the panel, by which the panel knows that it contains no files. */
const OWN_TYPE = 'application/vnd.o1mini.panel';

/** Attaches files from the Explorer and editor tabs that are dropped. VS Code passes them to a webview while Shift is held. */
export function acceptDroppedFiles(target: HTMLElement): void {
  /**
   * Number of elements under the pointer, counted by their enter and leave events, because each descendant has its
   * own.
   */
  let depth = 0;
  const show = (): void => void document.body.classList.toggle('dropping', depth > 0);

  target.addEventListener('dragstart', ({ dataTransfer }) => dataTransfer?.setData(OWN_TYPE, ''));
  target.addEventListener('dragenter', (event) => {
    if (!mayHaveFiles(event.dataTransfer)) return;
    depth++;
    show();
  });
  target.addEventListener('dragleave', (event) => {
    if (!mayHaveFiles(event.dataTransfer)) return;
    depth = Math.max(0, depth - 1);
    show();
  });
  target.addEventListener('dragover', (event) => {
    const { dataTransfer: data } = event;
    const hasFiles = mayHaveFiles(data);
    if (!data || (!hasFiles && !wouldReplacePage(data, event.target))) return;
    event.preventDefault();
    data.dropEffect = hasFiles ? 'copy' : 'none';
  });
  target.addEventListener('drop', (event) => {
    depth = 0;
    show();
    const { dataTransfer: data } = event;
    if (!data || !mayHaveFiles(data)) return;
    const uris = urisOf(data);
    // The address of a web page is inserted as text by the browser.
    if (textFieldOf(event.target) && uris.every((uri) => WEB_ADDRESS.test(uri))) return;
    event.preventDefault();
    if (uris.length > 0) attachFiles(uris);
  });
}

/** Attaches pasted files, and lets the host say that an image cannot be attached. Returns whether there is no text to paste. */
export function attachPastedFiles(data: DataTransfer): boolean {
  if (data.getData('text/plain') !== '') return false;
  const uris = urisOf(data);
  if (uris.length === 0 && data.files.length === 0) return false;
  attachFiles(uris);
  return true;
}

function attachFiles(uris: readonly string[]): void {
  const valid = uris.filter((uri) => uri.length <= MAX_URI_LENGTH);
  post({ type: 'drop', uris: valid.slice(0, MAX_DROPPED_URIS) });
}

const WEB_ADDRESS = /^(?:https?|mailto):/i;

/**
 * Whether the browser would open the dropped file or link and replace the panel. Files from the operating system
 * cannot be attached, because a webview does not get their paths.
 */
function wouldReplacePage({ types }: DataTransfer, target: EventTarget | null): boolean {
  return types.includes('Files') || (types.includes('text/uri-list') && !textFieldOf(target));
}

/** The media types of URI lists in VS Code and elsewhere, in order of preference. */
const URI_LIST_TYPES = ['application/vnd.code.uri-list', 'resourceurls', 'text/uri-list', 'codeeditors'];

function mayHaveFiles(data: DataTransfer | null): boolean {
  const types = data?.types ?? [];
  return !types.includes(OWN_TYPE) && types.some((type) => URI_LIST_TYPES.includes(type.toLowerCase()));
}

function urisOf(data: DataTransfer): readonly string[] {
  for (const type of URI_LIST_TYPES) {
    const text = data.getData(type);
    const uris = type.endsWith('uri-list') ? fromList(text) : fromJson(text);
    if (uris.length > 0) return [...new Set(uris)];
  }
  return [];
}

/** `text/uri-list` of RFC 2483: one URI per line, and comments. */
function fromList(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}

/** An array of URIs, or of editors with the URI of their resource. */
function fromJson(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.flatMap(uriOf) : [];
  } catch {
    return [];
  }
}

function uriOf(entry: unknown): readonly string[] {
  if (typeof entry === 'string') return [entry];
  const { resource } = (entry ?? {}) as { readonly resource?: unknown };
  return typeof resource === 'string' ? [resource] : [];
}
