import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { trackActiveEditor, type ActiveEditor } from '../../src/host/editor/active-editor';
import { createComparisonEditors, type ComparisonEditors } from '../../src/host/editor/comparison-editors';
import { fileLabel } from '../../src/host/editor/file-label';
import { insertAtCursor, replaceSelection } from '../../src/host/editor/insert';
import { withDialogs, type Shown } from './dialogs';

const block = { code: 'x = 1\n', language: 'python' };
const folder = mkdtempSync(join(tmpdir(), 'o1mini-editors-'));

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

/** Waits for what VS Code tells its extensions a moment later. */
async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
}

const said = async (act: () => Promise<void>): Promise<readonly Shown[]> => {
  let all: readonly Shown[] = [];
  await withDialogs(
    () => undefined,
    async (shown) => {
      await act();
      all = shown;
    },
  );
  return all;
};
const activeTab = (): vscode.Tab | undefined => vscode.window.tabGroups.activeTabGroup.activeTab;

describe('Code goes into the editor that was used last', () => {
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

  const used = (uri: vscode.Uri): Promise<true> =>
    until(() => (editors.current?.document.uri.toString() === uri.toString() ? true : undefined));

  const isSeen = (uri: vscode.Uri): boolean =>
    vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());

  async function cover(viewColumn: vscode.ViewColumn): Promise<void> {
    panel = vscode.window.createWebviewPanel('test', 'Chat', viewColumn);
    await until(() => (activeTab()?.label === 'Chat' ? true : undefined));
  }

  it('though the chat covers it in its own group, and says into which file', async () => {
    const uri = file('covered.py', 'a\n\nb\n');
    await open(uri, vscode.ViewColumn.One, 1);
    await used(uri);
    await cover(vscode.ViewColumn.One);
    await until(() => (isSeen(uri) ? undefined : true));
    const shown = await said(() => insertAtCursor(editors.current, block));
    assert.match(shown[0]?.message ?? '', /inserted into covered\.py/);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), 'a\nx = 1\nb\n');
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await run('undo');
    assert.equal(document.getText(), 'a\n\nb\n');
  });

  it('and not into one that is only to be seen', async () => {
    const [seen, meant] = [file('seen.py', 'seen\n'), file('meant.py', 'meant\n')];
    await open(seen, vscode.ViewColumn.One);
    await open(meant, vscode.ViewColumn.Two, 1);
    await used(meant);
    await cover(vscode.ViewColumn.Two);
    await insertAtCursor(editors.current, block);
    assert.equal((await vscode.workspace.openTextDocument(meant)).getText(), 'meant\nx = 1');
    assert.equal((await vscode.workspace.openTextDocument(seen)).getText(), 'seen\n');
  });

  it('and into the one before it where that was closed', async () => {
    const [first, second] = [file('first.py', ''), file('second.py', '')];
    await open(first);
    await used(first);
    await open(second);
    await used(second);
    await run('workbench.action.closeActiveEditor');
    await used(first);
  });

  it('with the selection that it had, which is replaced', async () => {
    const uri = file('selected.py', 'one\ntwo\n');
    const editor = await open(uri);
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    await until(() => (editors.current?.selection.isEmpty === false ? true : undefined));
    await cover(vscode.ViewColumn.One);
    await replaceSelection(editors.current, block);
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), 'one\nx = 1\n');
  });

  it('and leaves the right side of a diff where it is', async () => {
    const [left, right] = [file('left.py', 'a\n'), file('right.py', 'b\n')];
    await vscode.commands.executeCommand('vscode.diff', left, right, 'Two files');
    await used(right);
    const shown = await said(() => insertAtCursor(editors.current, block));
    assert.deepEqual(shown, []);
    assert.equal((await vscode.workspace.openTextDocument(right)).getText(), 'x = 1\nb\n');
    assert.ok(activeTab()?.input instanceof vscode.TabInputTextDiff);
  });

  it('also where the chat covers such a diff', async () => {
    const [left, right] = [file('left2.py', 'a\n'), file('right2.py', 'b\n')];
    await vscode.commands.executeCommand('vscode.diff', left, right, 'Two files', { preview: false });
    await used(right);
    await cover(vscode.ViewColumn.One);
    await insertAtCursor(editors.current, block);
    assert.equal((await vscode.workspace.openTextDocument(right)).getText(), 'x = 1\nb\n');
    assert.ok(activeTab()?.input instanceof vscode.TabInputTextDiff);
  });

  it('and into a search editor, without a false word', async () => {
    await vscode.commands.executeCommand('search.action.openNewEditor', { query: 'x' });
    const search = await until(() => {
      const { current } = editors;
      return current?.document.uri.scheme === 'search-editor' ? current : undefined;
    });
    const before = search.document.getText();
    const shown = await said(() => insertAtCursor(editors.current, block));
    assert.deepEqual(shown, []);
    assert.ok(search.document.getText().includes('x = 1'));
    assert.notEqual(search.document.getText(), before);
    assert.ok(vscode.window.visibleTextEditors.some(({ document }) => document === search.document));
  });

  it('and into the cell of a notebook that was used last, which is named by its number', async () => {
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
    await used(second.uri);
    await until(() => (vscode.window.activeTextEditor?.document === second ? true : undefined));
    // In the cell itself, the user sees where the code goes.
    assert.deepEqual(await said(() => insertAtCursor(editors.current, block)), []);
    assert.match(textOf(1), /^(?:x = 1\nc2|c2\nx = 1\n?)$/);

    await cover(vscode.ViewColumn.One);
    const shown = await said(() => insertAtCursor(editors.current, { ...block, code: 'y = 2\n' }));
    assert.match(shown[0]?.message ?? '', /inserted into n\d*\.ipynb \(cell 2\)/);
    assert.match(textOf(1), /y = 2/);
    assert.equal(vscode.window.activeNotebookEditor?.notebook, notebook);
    assert.deepEqual([textOf(0), textOf(2)], ['c1', 'c3']);
  });

  it('but into none of several that were not used', async () => {
    await open(file('a.py', 'a\n'), vscode.ViewColumn.One);
    await open(file('b.py', 'b\n'), vscode.ViewColumn.Two);
    await cover(vscode.ViewColumn.Three);
    await until(() => (vscode.window.activeTextEditor === undefined ? true : undefined));
    const fresh = trackActiveEditor();
    const shown = await said(() => insertAtCursor(fresh.current, block));
    assert.match(shown[0]?.message ?? '', /Several editors are open/);
    fresh.dispose();
  });

  it('says of the left side of a diff which version it is', async () => {
    const scheme = 'test-version';
    const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: () => 'old\n',
    });
    const uri = file('versioned.py', 'new\n');
    await vscode.commands.executeCommand('vscode.diff', uri.with({ scheme }), uri, 'versioned.py');
    await run('workbench.action.compareEditor.focusSecondarySide');
    await until(() => (editors.current?.document.uri.scheme === scheme ? true : undefined));
    const shown = await said(() => insertAtCursor(editors.current, block));
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

  it('lives as long as one of its tabs', async () => {
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
