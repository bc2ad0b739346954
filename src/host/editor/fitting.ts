import * as vscode from 'vscode';
import { reindent, type IndentStyle } from '../../core/text/indent';

/** What takes the place of what. */
export interface Replacement {
  readonly range: vscode.Range;
  readonly text: string;
}

/**
 * Code in place of a selection, fitted to the indentation there. Of whole lines the last line break stays, and what
 * begins within the indentation of its line keeps it.
 */
export function fitted(
  document: vscode.TextDocument,
  selection: vscode.Range,
  code: string,
  style: IndentStyle,
): Replacement {
  // A selection that VS Code has not heard of a change of its document yet may be beyond its end.
  const range = withoutLastBreak(document, document.validateRange(selection));
  const line = document.lineAt(range.start.line).text;
  const before = line.slice(0, range.start.character);
  const indentation = /^[ \t]*/.exec(line)?.[0] ?? '';
  // At a cursor, what is before it says where the code belongs: the rest of its line stays.
  const rest = range.isEmpty || before.trim() !== '' ? '' : indentation.slice(before.length);
  return { range, text: rest + reindent(code, before + rest, style) };
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
