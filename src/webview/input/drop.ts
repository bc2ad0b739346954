import { post } from '../host';

/** Limits of the message to the host. */
const MAX_DROPPED_URIS = 100;
const MAX_URI_LENGTH = 8192;

/** Attaches files from the Explorer and editor tabs that are dropped. VS Code passes them to a webview while Shift is held. */
export function acceptDroppedFiles(target: HTMLElement): void {
  /** Number of elements that were entered and not left, because each descendant has its own events. */
  let depth = 0;
  const show = (): void => void document.body.classList.toggle('dropping', depth > 0);

  target.addEventListener('dragenter', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    depth++;
    show();
  });
  target.addEventListener('dragleave', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    depth = Math.max(0, depth - 1);
    show();
  });
  target.addEventListener('dragover', (event) => {
    if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  target.addEventListener('drop', (event) => {
    depth = 0;
    show();
    if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    const uris = urisOf(event.dataTransfer).filter((uri) => uri.length <= MAX_URI_LENGTH);
    if (uris.length > 0) post({ type: 'drop', uris: uris.slice(0, MAX_DROPPED_URIS) });
  });
}

/** The media types of URI lists in VS Code and elsewhere, in order of preference. */
const URI_LIST_TYPES = ['application/vnd.code.uri-list', 'resourceurls', 'text/uri-list', 'codeeditors'];

function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.some((type) => URI_LIST_TYPES.includes(type.toLowerCase())) === true;
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
