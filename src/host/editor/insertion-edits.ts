import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import type { IndentStyle } from '../../core/text/indent-inserted-code';
import { insertionAtCursor, insertionInSelection, type InsertedCode } from '../../core/text/insertion';
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

/** Adapts code to each cursor or selection, so that no range of the result overlaps another. */
export function insertionEdits(
  document: vscode.TextDocument,
  selections: readonly vscode.Selection[],
  block: CodeBlock,
  style: IndentStyle,
): readonly InsertionEdit[] {
  const inOrder = [...selections].sort((one, other) => one.start.compareTo(other.start));
  return inOrder.map((selection, index) => {
    const edit = fitCode(document, selection, block, style);
    const next = inOrder[index + 1]?.start;
    // The white space that is replaced after a cursor may contain the next cursor.
    return next?.isBefore(edit.range.end) ? { ...edit, range: edit.range.with(undefined, next) } : edit;
  });
}

/** Adapts code to a cursor or a selection. If whole lines are selected, their last line break is not replaced. */
function fitCode(
  document: vscode.TextDocument,
  selection: vscode.Range,
  block: CodeBlock,
  style: IndentStyle,
): InsertionEdit {
  const inserted: InsertedCode = {
    code: block.code,
    style,
    language: isShellSession(block.language)
      ? 'plaintext'
      : (languageNamed(block.language)?.id ?? block.language),
    documentLanguage: document.languageId,
  };
  // The selection may be beyond the end of a document that has just changed.
  const range = withoutLastBreak(document, document.validateRange(selection));
  const { start, end } = range;
  const line = document.lineAt(start.line).text;
  if (!range.isEmpty) {
    const text = insertionInSelection(inserted, line, start.character);
    return { range, text, replacesSelection: true, line: start.line };
  }
  const { text, replacedLength } = insertionAtCursor(inserted, {
    before: line.slice(0, start.character),
    after: line.slice(start.character),
  });
  return {
    range: range.with(start, end.translate(0, replacedLength)),
    text,
    replacesSelection: false,
    line: start.line + (text.startsWith('\n') ? 1 : 0),
  };
}

export function indentStyleOf({ insertSpaces, tabSize }: vscode.TextEditorOptions): IndentStyle {
  return {
    insertSpaces: insertSpaces !== false,
    tabSize: typeof tabSize === 'number' ? tabSize : 4,
  };
}

function withoutLastBreak(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
  if (end.character > 0 || end.line === start.line) return new vscode.Range(start, end);
  return new vscode.Range(start, document.lineAt(end.line - 1).range.end);
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
