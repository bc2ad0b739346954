import * as vscode from 'vscode';
import type { CodeBlock } from '../../core/text/fence';
import type { IndentStyle } from '../../core/text/indent';
import { insertionAtCursor, insertionInSelection, type InsertedCode } from '../../core/text/insertion';
import { languageNamed } from '../../protocol/languages';

/** A text and the range whose place it takes. */
export interface Replacement {
  readonly range: vscode.Range;
  readonly text: string;
}

/** Code that fits where it goes. */
export interface FittedCode extends Replacement {
  /** Whether it takes the place of a selection. */
  readonly replacesSelection: boolean;
  /** The line that its first line is then, counted from 0. */
  readonly line: number;
}

/** Code at a cursor or in place of a selection, whose last line break stays where it is one of whole lines. */
export function fitted(
  document: vscode.TextDocument,
  selection: vscode.Range,
  block: CodeBlock,
  style: IndentStyle,
): FittedCode {
  const inserted: InsertedCode = {
    code: block.code,
    style,
    language: languageNamed(block.language)?.id ?? block.language,
    documentLanguage: document.languageId,
  };
  // A selection that VS Code has not heard of a change of its document yet may be beyond its end.
  const range = withoutLastBreak(document, document.validateRange(selection));
  const { start, end } = range;
  const line = document.lineAt(start.line).text;
  if (!range.isEmpty) {
    const text = insertionInSelection(inserted, line, start.character);
    return { range, text, replacesSelection: true, line: start.line };
  }
  const { text, replaces } = insertionAtCursor(inserted, {
    before: line.slice(0, start.character),
    after: line.slice(start.character),
  });
  return {
    range: range.with(start, end.translate(0, replaces)),
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
 * Puts texts in place of others, in one step of undo. Resolves with false where the editor is closed meanwhile, or its
 * document has changed; of one that the user may not write in VS Code says true, and changes nothing.
 */
export async function replaceTexts(
  editor: vscode.TextEditor,
  replacements: readonly Replacement[],
): Promise<boolean> {
  return editor
    .edit((builder) => {
      for (const { range, text } of replacements) builder.replace(range, text);
    })
    .then(undefined, () => false);
}
