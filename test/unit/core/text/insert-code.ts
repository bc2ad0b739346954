import type { IndentStyle } from '../../../../src/core/text/indent-inserted-code';
import { insertionAtCursor } from '../../../../src/core/text/insertion';

export const spaces = (tabSize: number): IndentStyle => ({ insertSpaces: true, tabSize });
export const tabs = { insertSpaces: false, tabSize: 4 };

interface InsertOptions {
  readonly style?: IndentStyle;
  readonly language?: string;
  readonly documentLanguage?: string;
}

/** A line after code was inserted at ‸. */
export function insert(
  code: string,
  line: string,
  { style = spaces(4), language = 'python', documentLanguage = '' }: InsertOptions = {},
): string {
  const [before = '', after = ''] = line.split('‸');
  const { text, replacedLength } = insertionAtCursor(
    { code, style, language, documentLanguage },
    { before, after },
  );
  return before + text + after.slice(replacedLength);
}
