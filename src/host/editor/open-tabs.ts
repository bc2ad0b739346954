import * as vscode from 'vscode';
import { isCell } from './notebooks/notebook-cells';

/** The tab of a text editor, preferably one that is visible. Undefined for a search editor. */
export function tabOf({ document, viewColumn }: vscode.TextEditor): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => holds(input, document.uri));
  const here = tabs.filter(({ group }) => group.viewColumn === viewColumn);
  return [...here, ...tabs].sort((one, other) => Number(other.isActive) - Number(one.isActive))[0];
}

/** True if the editor is visible or its tab is still open. */
export function isOpen(editor: vscode.TextEditor): boolean {
  const { document } = editor;
  if (document.isClosed) return false;
  return vscode.window.visibleTextEditors.includes(editor) || tabOf(editor) !== undefined;
}

/** True if the tab shows the document or contains it. */
function holds(input: unknown, uri: vscode.Uri): boolean {
  return urisOf(input).some(({ scheme, path }) =>
    // The URI of a cell has the path of its notebook.
    isCell(uri) ? path === uri.path : scheme === uri.scheme && path === uri.path,
  );
}

function urisOf(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) return [input.uri];
  const isDiff = input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff;
  return isDiff ? [input.original, input.modified] : [];
}
