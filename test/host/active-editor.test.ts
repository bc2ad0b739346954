import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { trackActiveEditor, type ActiveEditor } from '../../src/host/editor/active-editor';
import {
  createComparisonEditors,
  type ComparisonEditors,
} from '../../src/host/editor/comparison/comparison-editors';
import { fileLabel } from '../../src/host/editor/file-label';
import { insertAtCursor, replaceSelection } from '../../src/host/editor/insert';
import { scratchFolder } from '../support/scratch-folder';
import { messagesDuring } from './dialogs';

const block = { code: 'x = 1\n', language: 'python' };
const folder = scratchFolder();

function file(name: string, content: string): vscode.Uri {
  writeFileSync(join(folder, name), content);
  return vscode.Uri.file(join(folder, name));
}

function run(command: string): Thenable<unknown> {
  return vscode.commands.executeCommand(command);
}

async function open(
  uri: vscode.Uri,
  viewColumn = vscode.ViewColumn.One,
  line = 0,
): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri, { viewColumn, preview: false });
  editor.options = { insertSpaces: true, tabSize: 4 };
  editor.selection = new vscode.Selection(line, 0, line, 0);
  return editor;
}

/** Waits for a state that VS Code reports to extensions with a delay. */
async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
}

const activeTab = (): vscode.Tab | undefined => vscode.window.tabGroups.activeTabGroup.activeTab;

describe('Inserted code goes into the editor that was used last', () => {
  let editors: ActiveEditor;
  let panel: vscode.WebviewPanel | undefined;

  before(() => run('workbench.action.closeAllEditors'));
  beforeEach(() => {
    editors = trackActiveEditor();
  });
  afterEach(async () => {
    editors.dispose();
    panel?.dispose();
    panel = undefined;
    await run('workbench.action.revertAndCloseActiveEditor');
    await run('workbench.action.closeAllEditors');
  });

  const whenUsed = (uri: vscode.Uri): Promise<true> =>
    until(() => (editors.current?.document.uri.toString() === uri.toString() ? true : undefined));

  const isVisible = (uri: vscode.Uri): boolean =>
    vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());

  async function coverWithChat(viewColumn: vscode.ViewColumn): Promise<void> {
    panel = vscode.window.createWebviewPanel('test', 'Chat', viewColumn);
    await until(() => (activeTab()?.label === 'Chat' ? true : undefined));
  }

  it('even if the chat covers it, and a message names the file', async () => {
    const uri = file('covered.py', 'a\n\nb\n');
    await open(uri, vscode.ViewColumn.One, 1);
    await whenUsed(uri);
    await coverWithChat(vscode.ViewColumn.One);
    await until(() => (isVisible(uri) ? undefined : true));
    const shown = await messagesDuring(() => insertAtCursor(editors.current, block));
    assert.match(shown[0]?.message ?? '', /inserted into covered\.py/);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), 'a\nx = 1\nb\n');
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await run('undo');
    assert.equal(document.getText(), 'a\n\nb\n');
  });

  it('and not into one that is merely visible', async () => {
    const [visible, lastUsed] = [file('visible.py', 'visible\n'), file('used.py', 'used\n')];
    await open(visible, vscode.ViewColumn.One);
    await open(lastUsed, vscode.ViewColumn.Two, 1);
    await whenUsed(lastUsed);
    await coverWithChat(vscode.ViewColumn.Two);
    await insertAtCursor(editors.current, block);
    assert.equal((await vscode.workspace.openTextDocument(lastUsed)).getText(), 'used\nx = 1');
    assert.equal((await vscode.workspace.openTextDocument(visible)).getText(), 'visible\n');
  });

  it('and into the one before it if that editor was closed', async () => {
    const [first, second] = [file('first.py', ''), file('second.py', '')];
    await open(first);
    await whenUsed(first);
    await open(second);
    await whenUsed(second);
    await run('workbench.action.closeActiveEditor');
    await whenUsed(first);
  });

  it('in place of its selection', async () => {
    const uri = file('selected.py', 'one\ntwo\n');
    const editor = await open(uri);
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    await until(() => (editors.current?.selection.isEmpty === false ? true : undefined));
    await coverWithChat(vscode.ViewColumn.One);
    await replaceSelection(editors.current, block);
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), 'one\nx = 1\n');
  });

  it('and into the right side of a diff, which stays open', async () => {
    const [left, right] = [file('left.py', 'a\n'), file('right.py', 'b\n')];
    await vscode.commands.executeCommand('vscode.diff', left, right, 'Two files');
    await whenUsed(right);
    const shown = await messagesDuring(() => insertAtCursor(editors.current, block));
    assert.deepEqual(shown, []);
    assert.equal((await vscode.workspace.openTextDocument(right)).getText(), 'x = 1\nb\n');
    assert.ok(activeTab()?.input instanceof vscode.TabInputTextDiff);
  });

  it('even if the chat covers such a diff', async () => {
    const [left, right] = [file('left2.py', 'a\n'), file('right2.py', 'b\n')];
    await vscode.commands.executeCommand('vscode.diff', left, right, 'Two files', { preview: false });
    await whenUsed(right);
    await coverWithChat(vscode.ViewColumn.One);
    await insertAtCursor(editors.current, block);
    assert.equal((await vscode.workspace.openTextDocument(right)).getText(), 'x = 1\nb\n');
    assert.ok(activeTab()?.input instanceof vscode.TabInputTextDiff);
  });

  it('and into a search editor, without a message', async () => {
    await vscode.commands.executeCommand('search.action.openNewEditor', { query: 'x' });
    const search = await until(() => {
      const { current } = editors;
      return current?.document.uri.scheme === 'search-editor' ? current : undefined;
    });
    const before = search.document.getText();
    const shown = await messagesDuring(() => insertAtCursor(editors.current, block));
    assert.deepEqual(shown, []);
    assert.ok(search.document.getText().includes('x = 1'));
    assert.notEqual(search.document.getText(), before);
    assert.ok(vscode.window.visibleTextEditors.some(({ document }) => document === search.document));
  });

  it('and into the notebook cell that was used last, which is named by its number', async () => {
    const cells = [1, 2, 3].map((n) => ({
      cell_type: 'code',
      source: [`c${n}`],
      metadata: {},
      outputs: [],
      execution_count: null,
    }));
    const uri = file(
      `n${Date.now()}.ipynb`,
      JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    );
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    const textOf = (index: number): string => notebook.cellAt(index).document.getText();
    const second = notebook.cellAt(1).document;
    await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(1, 2)] });
    await run('notebook.cell.edit');
    await whenUsed(second.uri);
    await until(() => (vscode.window.activeTextEditor?.document === second ? true : undefined));
    // No message is needed here, because the user sees the cell.
    assert.deepEqual(await messagesDuring(() => insertAtCursor(editors.current, block)), []);
    assert.match(textOf(1), /^(?:x = 1\nc2|c2\nx = 1\n?)$/);

    await coverWithChat(vscode.ViewColumn.One);
    const shown = await messagesDuring(() => insertAtCursor(editors.current, { ...block, code: 'y = 2\n' }));
    assert.match(shown[0]?.message ?? '', /inserted into n\d*\.ipynb, cell 2 \(Python\)/);
    assert.match(textOf(1), /y = 2/);
    assert.equal(vscode.window.activeNotebookEditor?.notebook, notebook);
    assert.deepEqual([textOf(0), textOf(2)], ['c1', 'c3']);
  });

  it('but into none of several editors if none of them was used', async () => {
    await open(file('a.py', 'a\n'), vscode.ViewColumn.One);
    await open(file('b.py', 'b\n'), vscode.ViewColumn.Two);
    await coverWithChat(vscode.ViewColumn.Three);
    await until(() => (vscode.window.activeTextEditor === undefined ? true : undefined));
    const fresh = trackActiveEditor();
    const shown = await messagesDuring(() => insertAtCursor(fresh.current, block));
    assert.match(shown[0]?.message ?? '', /Several editors are open/);
    fresh.dispose();
  });

  it('but not into the left side of a diff, whose version is named', async () => {
    const scheme = 'test-version';
    const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: () => 'old\n',
    });
    const uri = file('versioned.py', 'new\n');
    await vscode.commands.executeCommand('vscode.diff', uri.with({ scheme }), uri, 'versioned.py');
    await run('workbench.action.compareEditor.focusSecondarySide');
    await until(() => (editors.current?.document.uri.scheme === scheme ? true : undefined));
    const shown = await messagesDuring(() => insertAtCursor(editors.current, block));
    assert.match(shown[0]?.message ?? '', /versioned\.py is the read-only left side of a comparison/);
    provider.dispose();
    const git = (ref: string): vscode.Uri =>
      uri.with({ scheme: 'git', query: JSON.stringify({ path: uri.path, ref }) });
    assert.equal(fileLabel(git('HEAD')), 'versioned.py (HEAD)');
    assert.equal(fileLabel(git('~')), 'versioned.py (index)');
    assert.equal(fileLabel(uri.with({ scheme: 'git', query: 'damaged' })), 'versioned.py (earlier version)');
  });
});

describe('A comparison that is split', () => {
  let comparisons: ComparisonEditors;

  before(() => (comparisons = createComparisonEditors()));
  afterEach(() => run('workbench.action.closeAllEditors'));
  after(() => comparisons.dispose());

  it('stays open as long as one of its tabs', async () => {
    const editor = await open(file('split.py', 'one\n'), vscode.ViewColumn.One, 1);
    await comparisons.open(editor, block);
    await until(() => (activeTab()?.input instanceof vscode.TabInputTextDiff ? true : undefined));
    await run('workbench.action.splitEditor');
    const diffs = (): readonly vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputTextDiff);
    await until(() => (diffs().length === 2 ? true : undefined));
    await run('workbench.action.closeActiveEditor');
    await until(() => (diffs().length === 1 ? true : undefined));
    const { input } = diffs()[0] ?? {};
    assert.ok(input instanceof vscode.TabInputTextDiff);
    await comparisons.accept(input.modified);
    assert.equal(editor.document.getText(), 'one\nx = 1');
    assert.equal(diffs().length, 0);
  });
});
