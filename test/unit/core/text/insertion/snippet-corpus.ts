import { readdirSync, readFileSync } from 'node:fs';
import { insertionAtCursor } from '../../../../../src/core/text/insertion/insertion';
import type { IndentStyle } from '../../../../../src/core/text/insertion/indent-inserted-code';
import { inRepository } from '../../../../support/paths';

/** A code block of an answer. Its code ends with a line break. */
export interface Snippet {
  readonly language: string;
  readonly name: string;
  readonly code: string;
}

const folder = inRepository('test/fixtures/snippets');

/** The snippets of all files. There is one file per language, with a line `%%% name` before each snippet. */
export const snippets: readonly Snippet[] = readdirSync(folder).flatMap((file) => {
  const language = file.replace('.txt', '');
  const parts = readFileSync(`${folder}/${file}`, 'utf8')
    .split(/^%%% (.*)\n/m)
    .slice(1);
  return parts.flatMap((name, index) =>
    index % 2 === 0 ? [{ language, name, code: parts[index + 1] ?? '' }] : [],
  );
});

/** A document with a cursor, which is written as ‸. */
export interface Place {
  readonly name: string;
  readonly document: string;
  readonly style: IndentStyle;
}

const spaces = { insertSpaces: true, tabSize: 4 };
const tabs = { insertSpaces: false, tabSize: 4 };

export const places: readonly Place[] = [
  { name: 'in an empty document', document: '‸', style: spaces },
  { name: 'at column 0', document: 'a\n‸\nb\n', style: spaces },
  { name: 'in an empty line that is indented', document: 'a:\n    ‸\nb\n', style: spaces },
  {
    name: 'in a line that is indented by two spaces',
    document: 'a:\n  ‸\nb\n',
    style: { insertSpaces: true, tabSize: 2 },
  },
  { name: 'within an indented line', document: 'a:\n    one two‸ three\n', style: spaces },
  { name: 'after text', document: 'a:\n    one two‸\nb\n', style: spaces },
  { name: 'before text', document: 'a:\n    ‸one\n', style: spaces },
  { name: 'before the indentation of text', document: 'a:\n‸    one\n', style: spaces },
  { name: 'at the end of a file without a line break', document: 'one\ntwo‸', style: spaces },
  { name: 'in a line that is indented by tabs', document: 'a:\n\t\t‸\nb\n', style: tabs },
  { name: 'before text that is indented by tabs', document: 'a:\n\t‸one\n', style: tabs },
  { name: 'at column 0 of a file with tabs', document: '\tb\n‸\n', style: tabs },
  { name: 'in a file with CRLF', document: 'a:\r\n    ‸\r\nb\r\n', style: spaces },
];

/** The document after the snippet was inserted, with the line ends of the document. */
export function inserted(
  { language, code }: Snippet,
  { document, style }: Place,
  documentLanguage = '',
): string {
  const [head = '', tail = ''] = document.split('‸');
  const above = head.split(/\r?\n/);
  const before = above.pop() ?? '';
  const [after = '', ...others] = tail.split(/\r?\n/);
  const below = others.find((line) => line.trim() !== '') ?? '';
  const { text, offset, replacedLength } = insertionAtCursor(
    { code, style, language, documentLanguage },
    { above, before, after, below },
  );
  const eol = document.includes('\r\n') ? '\r\n' : '\n';
  return head + tail.slice(0, offset) + text.replaceAll('\n', eol) + tail.slice(offset + replacedLength);
}
