import * as vscode from 'vscode';
import type { CodeContext } from '../../core/prompt/context';

export type SelectionReading =
  | { readonly kind: 'code'; readonly context: CodeContext }
  | { readonly kind: 'no-editor' | 'nothing-selected' | 'binary' };

/** Where the selection is; its text is not read, as it may be long. */
export function locateSelection(editor: vscode.TextEditor): Pick<CodeContext, 'file' | 'lines'> | undefined {
  const { document, selection } = editor;
  if (selection.isEmpty) return undefined;
  const { start, end } = selection;
  // A selection that ends before the first character of a line does not hold that line.
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { file: nameOf(document.uri), lines: [start.line + 1, lastLine + 1] };
}

/** The selected code, or why there is none to send. */
export function readSelection(editor: vscode.TextEditor | undefined): SelectionReading {
  if (!editor) return { kind: 'no-editor' };
  const location = locateSelection(editor);
  if (!location) return { kind: 'nothing-selected' };
  const code = editor.document.getText(editor.selection);
  // No text holds a NUL: it is a binary file, shown as if it were text.
  if (code.includes('\0')) return { kind: 'binary' };
  return { kind: 'code', context: { ...location, language: editor.document.languageId, code } };
}

/** The path in the workspace; elsewhere only the file's name, as the folders above tell who the user is. */
function nameOf(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return inWorkspace ? vscode.workspace.asRelativePath(uri) : (uri.path.split('/').pop() ?? uri.path);
}

/** Tells the user why no code goes with a question. */
export function sayWhyNothing(kind: Exclude<SelectionReading['kind'], 'code'>): void {
  void vscode.window.showWarningMessage(whyNothing(kind));
}

function whyNothing(kind: Exclude<SelectionReading['kind'], 'code'>): string {
  switch (kind) {
    case 'no-editor':
      return vscode.l10n.t('There is no text editor open to take code from.');
    case 'nothing-selected':
      return vscode.l10n.t('Select some code first.');
    case 'binary':
      return vscode.l10n.t('The selection is binary data, not text, so it was not sent.');
  }
}
