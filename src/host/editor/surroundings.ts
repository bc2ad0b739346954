import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { fileLabel } from './file-label';
import { symbolsAround, type CodeSymbol } from './document-symbols';

/** Lines at the beginning of a file that are searched for imports. */
const MAX_HEADER_LINES = 400;
/** Lines of the declaration of one symbol. */
const MAX_DECLARATION_LINES = 6;
/** Length of the whole, in characters, so that it takes little of the context window. */
const MAX_LENGTH = 4000;

/** The words with which lines begin that import code, in about thirty languages. */
const IMPORT =
  /^\s*(?:import|from|#\s*include|#\s*import|@import|using|use|require|require_relative|package|module|namespace|open|library|source|extern crate|export\s.*\sfrom|(?:const|let|var|local)\s.*=\s*(?:await import|require)\b|\\usepackage|-include)\b/;

/** Lines of one import. */
const MAX_IMPORT_LINES = 60;

/** A namespace or module whose members follow in braces, unlike the names of an import. */
const OPENS_BODY = /^\s*(?:package|module|namespace|library)\b.*\{\s*$/;

/** A line that ends the head of a declaration, because its body begins here or on the next line. */
const END_OF_DECLARATION = /(?:[{:;]|=>|=|\b(?:then|do|begin|is|where))\s*$/;

/**
 * The imports of a file and the declarations around a part of it, with which a model can understand that part.
 *
 * @returns undefined if there are none outside of the ranges
 */
export function surroundingsOf(
  document: vscode.TextDocument,
  ranges: readonly [vscode.Range, ...vscode.Range[]],
  symbols: readonly CodeSymbol[],
): Attachment | undefined {
  const around = symbolsAround(
    symbols,
    ranges.reduce((whole, range) => whole.union(range)),
  );
  const isOutside = (line: number): boolean =>
    !ranges.some(({ start, end }) => start.line <= line && line <= end.line);
  const declarations = around.flatMap(({ range }) => declarationLines(document, range)).filter(isOutside);
  const imports = importLines(document).filter((line) => isOutside(line) && !declarations.includes(line));
  const lines = [...imports, ...new Set(declarations)].map((line) => document.lineAt(line).text);
  const content = limited(imports.length > 0 ? lines.toSpliced(imports.length, 0, '') : lines).trim();
  if (content === '' || content.includes('\0')) return undefined;
  return {
    kind: 'surroundings',
    label: vscode.l10n.t('{0} (imports and enclosing code)', fileLabel(document.uri)),
    language: document.languageId,
    content,
    source: { uri: document.uri.toString() },
  };
}

function importLines(document: vscode.TextDocument): readonly number[] {
  const found: number[] = [];
  const last = Math.min(document.lineCount, MAX_HEADER_LINES);
  for (let line = 0; line < last; line++) {
    if (!IMPORT.test(document.lineAt(line).text)) continue;
    const end = endOfImport(document, line);
    for (; line < end; line++) found.push(line);
    found.push(end);
  }
  return found;
}

/** The last line of an import, which may have a list in parentheses or braces. */
function endOfImport(document: vscode.TextDocument, first: number): number {
  let open = 0;
  for (let line = first; line < Math.min(document.lineCount, first + MAX_IMPORT_LINES); line++) {
    const { text } = document.lineAt(line);
    if (OPENS_BODY.test(text)) return first;
    open += (text.match(/[({]/g)?.length ?? 0) - (text.match(/[)}]/g)?.length ?? 0);
    if (open <= 0) return line;
  }
  return first;
}

function declarationLines(document: vscode.TextDocument, { start, end }: vscode.Range): readonly number[] {
  const lines: number[] = [];
  for (let line = start.line; line <= end.line && lines.length < MAX_DECLARATION_LINES; line++) {
    lines.push(line);
    if (END_OF_DECLARATION.test(document.lineAt(line).text)) break;
  }
  return lines;
}

/** The first lines that together do not exceed the maximum length. No line is cut. */
function limited(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length > MAX_LENGTH) break;
    text += `${line}\n`;
  }
  return text;
}
