import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AttachedCode } from '../../src/host/editor/tracked-code/attached-code';
import { replaceAttachedCode } from '../../src/host/editor/tracked-code/replace-attached-code';
import { insertCell } from '../../src/host/editor/notebooks/insert-cell';
import { messagesDuring } from './dialogs';
import { closeNotebooks, openNotebook, selectCell, textsOf } from './notebook-files';
import { createNotebookContext, sources } from './notebook-test-context';

describe('Replace Selection in a notebook', () => {
  const context = createNotebookContext();
  const { attachedCodeOfCell } = context;

  const block = { code: 'def period(r):\n    return math.tau * r\n', language: 'python' };
  const replaced = (): Promise<AttachedCode> => attachedCodeOfCell(2);

  it('replaces the cell that was asked about, although another one is selected', async () => {
    const attachedCode = await replaced();
    await selectCell(context.notebook, 0);
    await replaceAttachedCode(attachedCode, context.codeTracker, block, context.comparisons);
    assert.deepEqual(textsOf(context.notebook), sources.with(2, block.code.trimEnd()));
  });

  it('finds the cell again after the notebook was closed, and opens it', async () => {
    const attachedCode = await replaced();
    await selectCell(context.notebook, 0);
    await insertCell({ code: 'above', language: 'python' });
    await closeNotebooks();
    await replaceAttachedCode(attachedCode, context.codeTracker, block, context.comparisons);
    const reopened = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(reopened);
    assert.equal(textsOf(reopened)[3], block.code.trimEnd());
  });

  it('prefers the cell that is the code to one that contains it, and compares it', async () => {
    const code = 'period(1)';
    context.notebook = await openNotebook([`print(${code})`, '# Title', code], 'contained.ipynb');
    const asked = await attachedCodeOfCell(2);
    // After a restart, the cell has another number in its URI.
    const fragment = asked.uri.fragment.replace(/^[^s]+/, 'X99');
    assert.notEqual(fragment, asked.uri.fragment);
    const attachedCode = { ...asked, attachment: { ...asked.attachment }, uri: asked.uri.with({ fragment }) };
    const [information] = await messagesDuring(() =>
      replaceAttachedCode(attachedCode, context.codeTracker, block, context.comparisons),
    );
    assert.match(
      information?.message ?? '',
      /^contained\.ipynb contains the code of the question several times/,
    );
    await context.comparisons.accept();
    assert.deepEqual(textsOf(context.notebook), [`print(${code})`, '# Title', block.code.trimEnd()]);
  });

  it('finds the cell by its code if another one has its number after a restart', async () => {
    const asked = await attachedCodeOfCell(2);
    const uri = context.notebook.cellAt(1).document.uri;
    await replaceAttachedCode(
      { ...asked, attachment: { ...asked.attachment }, uri },
      context.codeTracker,
      block,
      context.comparisons,
    );
    assert.deepEqual(textsOf(context.notebook), sources.with(2, block.code.trimEnd()));
  });

  it('says that the cell was deleted, and offers a new file', async () => {
    const attachedCode = await replaced();
    const edit = new vscode.WorkspaceEdit();
    edit.set(context.notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(2, 3))]);
    await vscode.workspace.applyEdit(edit);
    const [warning] = await messagesDuring(() =>
      replaceAttachedCode(attachedCode, context.codeTracker, block, context.comparisons),
    );
    assert.equal(
      warning?.message,
      'Nothing was replaced because orbits.ipynb, cell 3 (Python) no longer exists.',
    );
    assert.deepEqual(warning.buttons, ['Open in New File']);
  });

  it('shows a comparison if the cell was edited since, and says why', async () => {
    const attachedCode = await replaced();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(context.notebook.cellAt(2).document.uri, new vscode.Range(1, 4, 1, 10), 'yield');
    await vscode.workspace.applyEdit(edit);
    const [information] = await messagesDuring(() =>
      replaceAttachedCode(attachedCode, context.codeTracker, block, context.comparisons),
    );
    assert.match(information?.message ?? '', /has changed since the question/);
    assert.match(textsOf(context.notebook)[2] ?? '', /yield/);
    assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
    await context.comparisons.accept();
    assert.equal(textsOf(context.notebook)[2], block.code.trimEnd());
  });
});
