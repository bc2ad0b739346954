import { post } from '../host';

/** As many as the host takes. */
const most = 100;
const longest = 8192;

/** Takes files of the explorer and tabs of editors. VS Code lets a page have them while Shift is held. */
export function takeDroppedFiles(target: HTMLElement): void {
  /** Elements entered and not left: each child of the page tells of its own. */
  let inside = 0;
  const show = (): void => void document.body.classList.toggle('dropping', inside > 0);

  target.addEventListener('dragenter', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    inside++;
    show();
  });
  target.addEventListener('dragleave', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    inside = Math.max(0, inside - 1);
    show();
  });
  target.addEventListener('dragover', (event) => {
    if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  target.addEventListener('drop', (event) => {
    inside = 0;
    show();
    if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    const uris = urisOf(event.dataTransfer).filter((uri) => uri.length <= longest);
    if (uris.length > 0) post({ type: 'drop', uris: uris.slice(0, most) });
  });
}

/** The media types of address lists in VS Code and elsewhere, the best one first. */
const types = ['application/vnd.code.uri-list', 'resourceurls', 'text/uri-list', 'codeeditors'];

function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.some((type) => types.includes(type.toLowerCase())) === true;
}

function urisOf(data: DataTransfer): readonly string[] {
  for (const type of types) {
    const text = data.getData(type);
    const uris = type.endsWith('uri-list') ? fromList(text) : fromJson(text);
    if (uris.length > 0) return [...new Set(uris)];
  }
  return [];
}

/** RFC 2483: an address a line, and remarks. */
function fromList(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}

/** Addresses, or editors each with the address of its resource. */
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
