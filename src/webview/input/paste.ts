import { MAX_PASTE_LENGTH } from '../../protocol/from-webview';
import { post } from '../host';
import { UNDO_EVENT } from './edit-keys';

/** Lines and characters from which on a text from elsewhere is better off as an attachment. */
const manyLines = 20;
const manyCharacters = 4000;

/** Makes code that is pasted a chip, which undo turns back into text. */
export function attachPastedCode(box: HTMLTextAreaElement): void {
  let last: string | undefined;

  box.addEventListener('paste', (event) => {
    const { clipboardData } = event;
    if (!clipboardData) return;
    const text = clipboardData.getData('text/plain');
    const language = languageOf(clipboardData.getData('vscode-editor-data'));
    if (text.length > MAX_PASTE_LENGTH || !isCode(text, language)) return;
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

/** @param language undefined where it is not from an editor of VS Code */
function isCode(text: string, language: string | undefined): boolean {
  const lines = text.replace(/\r?\n$/, '').split('\n').length;
  if (language !== undefined && lines > 1) return true;
  return lines > manyLines || text.length > manyCharacters;
}

/** The data that VS Code's editors add to copied text. */
function languageOf(editorData: string): string | undefined {
  if (editorData === '') return undefined;
  try {
    const data = JSON.parse(editorData) as { readonly mode?: unknown } | null;
    return typeof data?.mode === 'string' ? data.mode.slice(0, 100) : '';
  } catch {
    return undefined;
  }
}
