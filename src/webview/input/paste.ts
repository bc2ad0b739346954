import { MAX_PASTED_ATTACHMENT_LENGTH } from '../../protocol/paste-limit';
import { post } from '../host';
import { attachPastedFiles } from './drop';
import { UNDO_EVENT } from './edit-keys';

/** Text that is not from an editor becomes an attachment above these sizes. */
const MAX_INLINE_LINES = 20;
const MAX_INLINE_LENGTH = 4000;

/** Attaches code that is pasted, instead of inserting it. Undo turns the attachment into text. */
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

/** @param language undefined if the text is not from an editor of VS Code */
function isCode(text: string, language: string | undefined): boolean {
  const lines = text.replace(/\r?\n$/, '').split('\n').length;
  if (language !== undefined && lines > 1) return true;
  return lines > MAX_INLINE_LINES || text.length > MAX_INLINE_LENGTH;
}

/** The language in the data that editors of VS Code add to copied text. */
function languageOf(editorData: string): string | undefined {
  if (editorData === '') return undefined;
  try {
    const data = JSON.parse(editorData) as { readonly mode?: unknown } | null;
    return typeof data?.mode === 'string' ? data.mode.slice(0, 100) : '';
  } catch {
    return undefined;
  }
}
