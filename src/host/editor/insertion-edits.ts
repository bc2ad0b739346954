import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fences/fence';
import type { IndentStyle } from '../../core/text/insertion/indent-inserted-code';
import {
  insertionAtCursor,
  insertionInSelection,
  type InsertedCode,
} from '../../core/text/insertion/insertion';
import { isShellSession, languageNamed } from '../../protocol/languages';

/** A text and the range that it replaces. */
export interface TextReplacement {
  readonly range: vscode.Range;
  readonly text: string;
}

/** Code that was adapted to the document into which it is inserted. */
export interface InsertionEdit extends TextReplacement {
  /** True if it replaces a selection. */
  readonly replacesSelection: boolean;
  /** The line of the document on which the code begins, from 0. */
  readonly line: number;
}

/** Largest number of lines that are read above a cursor or within a selection. */
const MAX_LINES = 1000;
/** Longest text above a cursor that is read, in UTF-16 units. */
const MAX_LENGTH_ABOVE = 100_000;

/** Adapts code to each cursor or selection, so that no range of the result overlaps another. */
export function insertionEdits(
  document: vscode.TextDocument,
  selections: readonly vscode.Selection[],
  block: CodeBlock,
  style: IndentStyle,
): readonly InsertionEdit[] {
  const inOrder = [...selections].sort((one, other) => one.start.compareTo(other.start));
  const edits: InsertionEdit[] = [];
  for (const [index, selection] of inOrder.entries()) {
    const edit = fitCode(document, selection, block, style);
    // The white space beside a selection is replaced, and may contain another selection.
    const [before, next] = [edits.at(-1)?.range.end, inOrder[index + 1]?.start];
    const { start, end } = edit.range;
    const from = before?.isAfter(start) && before.isBeforeOrEqual(end) ? before : start;
    const to = next?.isBefore(end) && next.isAfterOrEqual(from) ? next : end;
    edits.push({ ...edit, range: new vscode.Range(from, to) });
  }
  return edits;
}

/** Adapts code to a cursor or a selection. */
function fitCode(
  document: vscode.TextDocument,
  selection: vscode.Range,
  block: CodeBlock,
  style: IndentStyle,
): InsertionEdit {
  const inserted = insertedCode(document, block, style);
  // The selection may be beyond the end of a document that has just changed.
  const range = wholeLines(document, document.validateRange(selection));
  const { start, end } = range;
  if (!range.isEmpty) {
    const replacement = insertionInSelection(inserted, {
      lines: linesBetween(document, start.line, Math.min(end.line, start.line + MAX_LINES)),
      start: start.character,
      end: end.character,
    });
    return {
      range: range.with(start.with(undefined, replacement.start)),
      text: replacement.text,
      replacesSelection: true,
      line: start.line,
    };
  }
  const line = document.lineAt(start.line).text;
  const { text, offset, replacedLength } = insertionAtCursor(inserted, {
    above: linesAbove(document, start.line),
    before: line.slice(0, start.character),
    after: line.slice(start.character),
    below: lineBelow(document, start.line),
  });
  const from = start.translate(0, offset);
  return {
    range: new vscode.Range(from, from.translate(0, replacedLength)),
    text,
    replacesSelection: false,
    line: start.line + (text.startsWith('\n') ? 1 : 0),
  };
}

/** A block without a language gets the language of the document, and a document without one gets that of the block. */
function insertedCode(document: vscode.TextDocument, block: CodeBlock, style: IndentStyle): InsertedCode {
  const named = isShellSession(block.language)
    ? 'plaintext'
    : (languageNamed(block.language)?.id ?? block.language);
  const hasNoLanguage = document.isUntitled && document.languageId === 'plaintext';
  return {
    code: block.code,
    style,
    language: named === '' ? document.languageId : named,
    documentLanguage: hasNoLanguage && named !== '' ? named : document.languageId,
  };
}

function linesAbove(document: vscode.TextDocument, line: number): readonly string[] {
  const lines: string[] = [];
  let length = 0;
  while (lines.length < Math.min(line, MAX_LINES)) {
    const { text } = document.lineAt(line - lines.length - 1);
    length += text.length;
    if (length > MAX_LENGTH_ABOVE) break;
    lines.push(text);
  }
  return lines.toReversed();
}

/** The next line with text. */
function lineBelow(document: vscode.TextDocument, line: number): string {
  const last = Math.min(document.lineCount - 1, line + MAX_LINES);
  for (let at = line + 1; at <= last; at++)
    if (!document.lineAt(at).isEmptyOrWhitespace) return document.lineAt(at).text;
  return '';
}

function linesBetween(document: vscode.TextDocument, first: number, last: number): readonly string[] {
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => document.lineAt(first + index).text,
  );
}

export function indentStyleOf({
  insertSpaces,
  tabSize,
  indentSize = tabSize,
}: vscode.TextEditorOptions): IndentStyle {
  const width = typeof indentSize === 'number' ? indentSize : tabSize;
  return { insertSpaces: insertSpaces !== false, tabSize: typeof width === 'number' ? width : 4 };
}

/**
 * A selection without the line breaks at its ends, where it begins after the text of a line or ends within the
 * indentation of another.
 */
function wholeLines(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  if (range.isSingleLine) return range;
  const { start, end } = range;
  const firstLine = document.lineAt(start.line);
  const isBehindText = !firstLine.isEmptyOrWhitespace && start.isEqual(firstLine.range.end);
  const from = isBehindText ? new vscode.Position(start.line + 1, 0) : start;
  const isInIndentation = end.character <= document.lineAt(end.line).firstNonWhitespaceCharacterIndex;
  const to = isInIndentation ? document.lineAt(end.line - 1).range.end : end;
  // Only the space between two lines is selected.
  return to.isBefore(from) ? new vscode.Range(start, start) : new vscode.Range(from, to);
}

/**
 * Replaces ranges with texts in one undo step. Resolves with false if the editor was closed or its document has changed
 * in the meantime. For a read-only document, VS Code returns true and changes nothing.
 */
export async function replaceTexts(
  editor: vscode.TextEditor,
  replacements: readonly TextReplacement[],
): Promise<boolean> {
  return editor
    .edit((builder) => {
      for (const { range, text } of replacements) builder.replace(range, text);
    })
    .then(undefined, () => false);
}
