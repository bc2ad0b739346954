import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  createComparisonEditors,
  type ComparisonEditors,
} from '../../src/host/editor/comparison/comparison-editors';
import { messagesDuring } from './dialogs';
import { comparisons } from './open-comparisons';

const originalText = ['one', 'two', 'three', 'four', 'five'].join('\n');
/** Line 2 is changed, line 4 is removed, and a line is added at the end. */
const proposedText = ['one', '2', 'three', 'five', 'six'].join('\n');

describe('A comparison', () => {
  let editors: ComparisonEditors;
  let folder: string;
  let files = 0;

  before(() => {
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no folder is open');
  });
  beforeEach(() => {
    editors = createComparisonEditors();
  });
  afterEach(async () => {
    editors.dispose();
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Compares a new file with its proposed text. */
  async function compare(original = originalText, proposed = proposedText): Promise<Compared> {
    const name = `selected-${++files}.txt`;
    const uri = vscode.Uri.file(join(folder, name));
    writeFileSync(uri.fsPath, original);
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    const { length } = original.split('\n');
    editor.selection = new vscode.Selection(0, 0, length - 1, original.length);
    await editors.open(editor, { code: proposed, language: 'plaintext' });
    const shown = (await comparisons()).get(name)?.uri ?? assert.fail('nothing is compared');
    return { name, target: uri, shown };
  }

  const textOf = async (uri: vscode.Uri): Promise<string> =>
    (await vscode.workspace.openTextDocument(uri)).getText();

  it('applies the selected change in one undo step, and stays open with the others', async () => {
    const { name, target, shown } = await compare();
    await select(shown, 1, 1);
    await editors.acceptSelected();
    assert.equal(await textOf(target), 'one\n2\nthree\nfour\nfive');
    assert.deepEqual([...(await comparisons()).keys()], [name]);
    assert.equal(await textOf(shown), proposedText);
    await editors.accept();
    await comparisons(0);
    assert.equal(await textOf(target), proposedText);
    for (const text of ['one\n2\nthree\nfour\nfive', originalText]) {
      await vscode.commands.executeCommand('undo');
      assert.equal(await textOf(target), text);
    }
  });

  it('applies all changes that a selection touches, and closes when none is left', async () => {
    const { target, shown } = await compare();
    await select(shown, 2, 4);
    await editors.acceptSelected(shown);
    assert.equal(await textOf(target), 'one\ntwo\nthree\nfive\nsix');
    await select(shown, 1, 1);
    await editors.acceptSelected(shown);
    await comparisons(0);
    assert.equal(await textOf(target), proposedText);
  });

  it('applies the change at the cursor on the side of the file', async () => {
    const { target } = await compare();
    await select(target, 3, 3);
    await editors.acceptSelected();
    assert.equal(await textOf(target), 'one\ntwo\nthree\nfive');
  });

  it('says that nothing is selected if the cursor is not at a change', async () => {
    const { target, shown } = await compare();
    await select(shown, 0, 0);
    const [message] = await messagesDuring(() => editors.acceptSelected());
    assert.match(message?.message ?? '', /^No change is selected\./);
    assert.equal(await textOf(target), originalText);
    await comparisons(1);
  });

  it('applies nothing if its file was changed meanwhile, and is compared with the new text', async () => {
    const { target, shown } = await compare();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(target, new vscode.Position(0, 0), 'zero\n');
    await vscode.workspace.applyEdit(edit);
    await select(shown, 1, 1);
    const [message] = await messagesDuring(() => editors.acceptSelected());
    assert.match(message?.message ?? '', /has changed\. Nothing was applied/);
    assert.equal(await textOf(target), `zero\n${originalText}`);
    while ((await textOf(shown)) !== `zero\n${proposedText}`) await new Promise(setImmediate);
  });

  it('applies its changes to the open document if the file was deleted or renamed on disk', async () => {
    for (const remove of [rmSync, (path: string): void => renameSync(path, `${path}.moved`)]) {
      const { target, shown } = await compare();
      remove(target.fsPath);
      await untilGone(target);
      await select(shown, 1, 1);
      await editors.acceptSelected();
      assert.equal(await textOf(target), 'one\n2\nthree\nfour\nfive');
      await editors.accept(shown);
      await comparisons(0);
      assert.equal(await textOf(target), proposedText);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), target.toString());
    }
  });

  it('applies what it shows after a change across its border was undone', async () => {
    const { target } = await compare('aaa\nbbb\nccc\n', 'aaa\nBBB\nccc\n');
    const change = new vscode.WorkspaceEdit();
    change.delete(target, new vscode.Range(0, 1, 1, 1));
    await vscode.workspace.applyEdit(change);
    const back = new vscode.WorkspaceEdit();
    back.insert(target, new vscode.Position(0, 1), 'aa\nb');
    await vscode.workspace.applyEdit(back);
    await editors.accept();
    await comparisons(0);
    assert.equal(await textOf(target), 'aaa\nBBB\nccc\n');
  });

  it('shows and applies a change again that was accepted and undone', async () => {
    const { target, shown } = await compare();
    await select(shown, 1, 1);
    await editors.acceptSelected(shown);
    await comparisons();
    await vscode.window.showTextDocument(target, { preview: false });
    await vscode.commands.executeCommand('undo');
    assert.equal(await textOf(target), originalText);
    await editors.accept(shown);
    await comparisons(0);
    assert.equal(await textOf(target), proposedText);
  });

  it('applies indentation that VS Code hides together with the last change that it shows', async () => {
    const { target, shown } = await compare('if a:\n  b\n  c\nd = 1', 'if a:\n    b\n    c\nd = 2');
    await select(shown, 3, 3);
    await editors.acceptSelected();
    await comparisons(0);
    assert.equal(await textOf(target), 'if a:\n    b\n    c\nd = 2');
  });

  it('applies its own selection although another editor of the file is active', async () => {
    const { target, shown } = await compare();
    await select(shown, 1, 1);
    const other = await vscode.window.showTextDocument(target, { viewColumn: vscode.ViewColumn.Beside });
    other.selection = new vscode.Selection(3, 0, 3, 0);
    await editors.acceptSelected(shown);
    assert.equal(await textOf(target), 'one\n2\nthree\nfour\nfive');
  });

  it('changes no file on disk before the user saves it', async () => {
    const { target, shown } = await compare();
    await select(shown, 1, 1);
    await editors.acceptSelected(shown);
    assert.equal(readFileSync(target.fsPath, 'utf8'), originalText);
  });
});

interface Compared {
  readonly name: string;
  readonly target: vscode.Uri;
  readonly shown: vscode.Uri;
}

/** Selects lines on the side of the comparison with this document, and waits until that side is active. */
async function select(uri: vscode.Uri, first: number, last: number): Promise<void> {
  const isSide = ({ document }: vscode.TextEditor): boolean => document.uri.toString() === uri.toString();
  const side = vscode.window.visibleTextEditors.find(isSide) ?? assert.fail(`${uri.path} is not visible`);
  const active = vscode.window.activeTextEditor;
  side.selection = new vscode.Selection(first, 0, last, 0);
  if (!active || !isSide(active)) {
    await vscode.commands.executeCommand('workbench.action.compareEditor.focusOtherSide');
    while (!vscode.window.activeTextEditor || !isSide(vscode.window.activeTextEditor))
      await new Promise(setImmediate);
  }
  side.selection = new vscode.Selection(first, 0, last, first === last ? 0 : 1);
}

async function untilGone(uri: vscode.Uri): Promise<void> {
  const exists = async (): Promise<boolean> => {
    try {
      await vscode.workspace.fs.stat(uri);
      return true;
    } catch {
      return false;
    }
  };
  while (await exists()) await new Promise(setImmediate);
}
