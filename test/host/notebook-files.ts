import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { scratchFolder } from '../support/scratch-folder';

/** The source of a cell; one that begins with `#` and a space is a Markdown cell. */
export async function openNotebook(
  sources: readonly string[],
  name = 'orbits.ipynb',
): Promise<vscode.NotebookDocument> {
  const cells = sources.map((source) =>
    source.startsWith('# ')
      ? { cell_type: 'markdown', source, metadata: {} }
      : { cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null },
  );
  const metadata = { kernelspec: { name: 'python3', language: 'python', display_name: 'Python 3' } };
  const path = join(scratchFolder(), name);
  writeFileSync(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  return vscode.workspace.openNotebookDocument(vscode.Uri.file(path));
}

/** Shows a notebook with a cell selected, without a cursor in it. */
export async function selectCell(notebook: vscode.NotebookDocument, index: number): Promise<void> {
  const selections = [new vscode.NotebookRange(index, index + 1)];
  const editor = await vscode.window.showNotebookDocument(notebook, { selections });
  await vscode.commands.executeCommand('notebook.cell.quitEdit');
  editor.selection = new vscode.NotebookRange(index, index + 1);
  await until(vscode.window.onDidChangeNotebookEditorSelection, () =>
    vscode.window.activeNotebookEditor?.notebook === notebook &&
    vscode.window.activeNotebookEditor.selection.start === index
      ? true
      : undefined,
  );
}

/** Puts the cursor into a cell, and resolves with its editor. */
export async function editCell(notebook: vscode.NotebookDocument, index: number): Promise<vscode.TextEditor> {
  await selectCell(notebook, index);
  await vscode.commands.executeCommand('notebook.cell.edit');
  const { document } = notebook.cellAt(index);
  return until(vscode.window.onDidChangeActiveTextEditor, () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document === document ? editor : undefined;
  });
}

export async function closeNotebooks(): Promise<void> {
  await vscode.workspace.saveAll();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Resolves with what `find` returns, now or after one of the events. */
function until<T>(event: vscode.Event<unknown>, find: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const check = (): void => {
      const found = find();
      if (found === undefined) return;
      listener.dispose();
      resolve(found);
    };
    const listener = event(check);
    check();
  });
}

export function textsOf(notebook: vscode.NotebookDocument): readonly string[] {
  return notebook.getCells().map(({ document }) => document.getText());
}
