import * as vscode from 'vscode';
import { tabOf } from './open-tabs';

/**
 * Shows a text editor whose tab is behind another one, such as the chat in an editor tab.
 *
 * @returns the editor as it is shown now, with the selections that it had; undefined if it cannot be shown
 */
export async function revealEditor(editor: vscode.TextEditor): Promise<vscode.TextEditor | undefined> {
  if (isVisible(editor)) return editor;
  const tab = tabOf(editor);
  if (!tab) return undefined;
  const shown = await show(editor, tab);
  if (shown) shown.selections = editor.selections;
  return shown;
}

/** Focuses a visible editor without replacing it: it may be a side of a diff, a notebook cell or a search editor. */
export async function focus(editor: vscode.TextEditor): Promise<void> {
  const tab = tabOf(editor);
  if (tab?.input instanceof vscode.TabInputText) {
    await vscode.window.showTextDocument(editor.document, options(tab));
    return;
  }
  const column = tab?.group.viewColumn ?? editor.viewColumn;
  const command = column && GROUPS[column - 1];
  if (command) await vscode.commands.executeCommand(`workbench.action.focus${command}EditorGroup`);
}

const GROUPS = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth'] as const;

function options({ group, isPreview }: vscode.Tab): vscode.TextDocumentShowOptions {
  return { viewColumn: group.viewColumn, preview: isPreview };
}

/** VS Code counts the cells of a notebook among the visible editors also while another tab covers them. */
export function isVisible(editor: vscode.TextEditor): boolean {
  if (!vscode.window.visibleTextEditors.includes(editor)) return false;
  const notebook = notebookWith(editor.document);
  return !notebook || vscode.window.visibleNotebookEditors.some((shown) => shown.notebook === notebook);
}

function notebookWith(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  return vscode.workspace.notebookDocuments.find((notebook) => cellIndex(notebook, document) !== -1);
}

function cellIndex(notebook: vscode.NotebookDocument, document: vscode.TextDocument): number {
  return notebook.getCells().findIndex((cell) => cell.document === document);
}

async function show(
  { document }: vscode.TextEditor,
  tab: vscode.Tab,
): Promise<vscode.TextEditor | undefined> {
  const { input, label } = tab;
  if (input instanceof vscode.TabInputText) return vscode.window.showTextDocument(document, options(tab));
  if (input instanceof vscode.TabInputTextDiff) {
    const { original, modified } = input;
    await vscode.commands.executeCommand('vscode.diff', original, modified, label, options(tab));
    return whenVisible(document);
  }
  const notebook = notebookWith(document);
  if (!notebook) return undefined;
  const index = cellIndex(notebook, document);
  const selections = [new vscode.NotebookRange(index, index + 1)];
  await vscode.window.showNotebookDocument(notebook, { ...options(tab), selections });
  return whenVisible(document);
}

/** Longest wait for an editor that VS Code was asked to show, in ms. */
const SHOW_TIMEOUT_MS = 3000;

/** Resolves with the editor of a document once it is visible: a diff and a notebook are shown before their editors are. */
export function whenVisible(document: vscode.TextDocument): Promise<vscode.TextEditor | undefined> {
  const find = (): vscode.TextEditor | undefined =>
    vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve(find());
    };
    const timer = setTimeout(settle, SHOW_TIMEOUT_MS);
    const listener = vscode.window.onDidChangeVisibleTextEditors(() => {
      if (find()) settle();
    });
    if (find()) settle();
  });
}
