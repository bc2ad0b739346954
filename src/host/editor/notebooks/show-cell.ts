import * as vscode from 'vscode';
import { whenVisible } from '../reveal';

/** Selects a cell in its notebook, which is opened if it is not visible. */
export async function showCell(cell: vscode.NotebookCell): Promise<void> {
  const { notebook, index } = cell;
  const visible = vscode.window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  const column = visible?.viewColumn;
  const selections = [new vscode.NotebookRange(index, index + 1)];
  await vscode.window.showNotebookDocument(notebook, {
    selections,
    ...(column !== undefined && { viewColumn: column }),
  });
}

/** Shows the text editor of a cell, which a Markdown cell has only while it is edited. */
export async function editCell(cell: vscode.NotebookCell): Promise<vscode.TextEditor | undefined> {
  await showCell(cell);
  await vscode.commands.executeCommand('notebook.cell.edit');
  return whenVisible(cell.document);
}
