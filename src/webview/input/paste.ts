import { MAX_PASTED_ATTACHMENT_LENGTH } from '../../protocol/paste-limit';
import { post } from '../host';
import { attachPastedFiles } from './drop';
import { UNDO_EVENT } from './edit-keys';

/**
 * Limits above which any pasted text becomes an attachment, so that long prose and logs do not fill the question box.
 */
const MAX_INLINE_LINES = 20;
const MAX_INLINE_LENGTH = 4000;

/**
 * Attaches pasted code and long text instead of inserting it. Text that was copied from an editor counts as code if
 * it has more than one line; all other text is attached only if it is long. Undo turns the attachment into text.
 */
export function attachPastedCode(box: HTMLTextAreaElement): void {
  let last: string | undefined;

  box.addEventListener('paste', (event) => {
    const { clipboardData } = event;
    if (!clipboardData) return;
    if (attachPastedFiles(clipboardData)) {
      event.preventDefault();
      return;
    }
    const text = clipboardData.getData('text/plain');
    const language = languageOf(clipboardData.getData('vscode-editor-data'));
    if (text.length > MAX_PASTED_ATTACHMENT_LENGTH || !isCode(text, language)) return;
    event.preventDefault();
    last = crypto.randomUUID();
    post({ type: 'paste', id: last, text, language: language ?? '' });
  });
  box.addEventListener('input', () => (last = undefined));
  box.addEventListener(UNDO_EVENT, (event) => {
    if (last === undefined) return;
    event.preventDefault();
    post({ type: 'pasteAsText', id: last });
    last = undefined;
  });
}

/**
 * @param language empty if the text is from an editor of VS Code but its language is not known; undefined if the text
 *  is from elsewhere
 */
function isCode(text: string, language: string | undefined): boolean {
  const lines = text.replace(/\r?\n$/, '').split('\n').length;
  if (language !== undefined && lines > 1) return true;
  return lines > MAX_INLINE_LINES || text.length > MAX_INLINE_LENGTH;
}

/**
 * The language in the data that editors of VS Code add to copied text: empty if the data names none, undefined if the
 * text is not from an editor or the data cannot be read.
 */
function languageOf(editorData: string): string | undefined {
  if (editorData === '') return undefined;
  try {
    const data = JSON.parse(editorData) as { readonly mode?: unknown } | null;
    return typeof data?.mode === 'string' ? data.mode.slice(0, 100) : '';
  } catch {
    return undefined;
  }
}
