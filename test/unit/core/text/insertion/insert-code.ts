import type { IndentStyle } from '../../../../../src/core/text/insertion/indent-inserted-code';
import { insertionAtCursor, insertionInSelection } from '../../../../../src/core/text/insertion/insertion';

export const spaces = (tabSize: number): IndentStyle => ({ insertSpaces: true, tabSize });
export const tabs = { insertSpaces: false, tabSize: 4 };

interface InsertOptions {
  readonly style?: IndentStyle;
  readonly language?: string;
  readonly documentLanguage?: string;
}

/** A document after code was inserted at ‸. */
export function insert(
  code: string,
  document: string,
  { style = spaces(4), language = 'python', documentLanguage = '' }: InsertOptions = {},
): string {
  const [head = '', tail = ''] = document.split('‸');
  const above = head.split('\n');
  const before = above.pop() ?? '';
  const [after = '', ...others] = tail.split('\n');
  const { text, offset, replacedLength } = insertionAtCursor(
    { code, style, language, documentLanguage },
    { above, before, after, below: others.find((line) => line.trim() !== '') ?? '' },
  );
  return head + tail.slice(0, offset) + text + tail.slice(offset + replacedLength);
}

/** Lines after code has replaced ⟦ what is selected ⟧, which begins in the first and ends in the last of them. */
export function replace(
  code: string,
  document: string,
  { style = spaces(4), language = 'python', documentLanguage = '' }: InsertOptions = {},
): string {
  const [head = '', selected = '', tail = ''] = document.split(/[⟦⟧]/);
  const lines = (head + selected + tail).split('\n');
  const end = (head + selected).split('\n').at(-1)?.length ?? 0;
  const inserted = { code, style, language, documentLanguage };
  const { text, start } = insertionInSelection(inserted, { lines, start: head.length, end });
  return head.slice(0, start) + text + tail;
}
