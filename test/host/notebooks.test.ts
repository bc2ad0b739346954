import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/core/prompt/attachment';
import type { AttachmentEntry } from '../../src/host/attachments/attachment-entry';
import { composeAboutCode } from '../../src/host/commands/selection-commands';
import { insertCell } from '../../src/host/editor/notebooks/insert-cell';
import { messagesDuring } from './dialogs';
import { closeNotebooks, editCell, openNotebook, selectCell, textsOf } from './notebook-files';
import { createNotebookContext, sources } from './notebook-test-context';

describe('In a notebook', () => {
  const context = createNotebookContext();
  const { attachmentsOf, attachedCodeOfCell } = context;

  const summary = (attachments: readonly Attachment[]): readonly unknown[] =>
    attachments.map(({ kind, label, language, content }) => [kind, label, language, content]);

  const others = (...indexes: readonly number[]): string =>
    indexes.map((at) => `cell ${at + 1} (${at === 0 ? 'Markdown' : 'Python'}):\n${sources[at]}`).join('\n\n');

  it('a command asks about the whole selected cell, by its number and kind, with the cells around it', async () => {
    await selectCell(context.notebook, 2);
    assert.deepEqual(summary(await attachmentsOf()), [
      ['symbol', 'orbits.ipynb, cell 3 (Python)', 'python', sources[2]],
      ['surroundings', 'orbits.ipynb (other cells)', '', others(0, 1, 3)],
    ]);
    await selectCell(context.notebook, 0);
    assert.deepEqual(summary(await attachmentsOf())[0], [
      'symbol',
      'orbits.ipynb, cell 1 (Markdown)',
      'markdown',
      '# Orbits',
    ]);
  });

  it('a command asks about the selection in a cell, with its lines and the rest of the cell', async () => {
    const cell = await editCell(context.notebook, 2);
    cell.selection = new vscode.Selection(1, 4, 1, 10);
    assert.deepEqual(summary(await attachmentsOf()), [
      ['selection', 'orbits.ipynb, cell 3 (Python):2', 'python', 'return'],
      ['surroundings', 'orbits.ipynb (other cells)', '', others(0, 1, 2, 3)],
    ]);
  });

  it('a command of the toolbar of a cell asks about that cell, although another one is selected', async () => {
    await selectCell(context.notebook, 1);
    const [first] = await attachmentsOf(context.notebook.cellAt(3));
    assert.deepEqual([first?.label, first?.content], ['orbits.ipynb, cell 4 (Python)', 'period(1)']);
  });

  it('a command does not ask about the file that was used before', async () => {
    const file = await vscode.workspace.openTextDocument({ content: 'something else' });
    const other = await vscode.window.showTextDocument(file);
    other.selection = new vscode.Selection(0, 0, 0, 9);
    await selectCell(context.notebook, 1);
    assert.equal((await attachmentsOf())[0]?.content, 'import math');
    await vscode.window.showTextDocument(file);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('a command says that a cell is empty', async () => {
    context.notebook = await openNotebook([''], 'empty.ipynb');
    await selectCell(context.notebook, 0);
    const [warning] = await messagesDuring(async () => assert.deepEqual(await attachmentsOf(), []));
    assert.equal(warning?.message, 'The cell is empty.');
  });

  it('only the nearest cells are sent if there are many, and only the beginning of long ones', async () => {
    const many = Array.from(
      { length: 200 },
      (_, at) => `value_${at} = ${'1 + '.repeat(at === 99 ? 2000 : 20)}1`,
    );
    context.notebook = await openNotebook(many, 'many.ipynb');
    await selectCell(context.notebook, 100);
    const content = (await attachmentsOf())[1]?.content ?? '';
    assert.ok(content.length < 6500);
    assert.match(content, /cell 100 \(Python\):\nvalue_99 = .* …\n\ncell 102 \(Python\):\nvalue_101/s);
    assert.doesNotMatch(content, /value_100\b|value_0\b|value_199\b/);
  });

  /** The name and the content of the cell that Ask attaches. */
  async function attachedByAsk(cell?: vscode.NotebookCell): Promise<readonly unknown[]> {
    const added: AttachmentEntry[] = [];
    const composed: object[] = [];
    const services = {
      editor: context.editor,
      ask: () => Promise.resolve(),
      attachments: { add: (entries: readonly AttachmentEntry[]) => void added.push(...entries) },
      compose: (options: object) => Promise.resolve(void composed.push(options)),
    };
    await composeAboutCode(services, cell);
    assert.deepEqual(composed, [{ withSelection: false }]);
    const [entry] = added;
    assert.ok(entry?.kind === 'snapshot');
    return [entry.attachment.label, entry.attachment.content];
  }

  it('Ask attaches the selected cell to the question that is being written', async () => {
    await selectCell(context.notebook, 2);
    assert.deepEqual(await attachedByAsk(), ['orbits.ipynb, cell 3 (Python)', sources[2]]);
  });

  it('Ask in the toolbar of a cell attaches that cell, although another one is selected', async () => {
    const edited = await editCell(context.notebook, 1);
    edited.selection = new vscode.Selection(0, 0, 0, 6);
    assert.deepEqual(await attachedByAsk(context.notebook.cellAt(3)), [
      'orbits.ipynb, cell 4 (Python)',
      'period(1)',
    ]);
  });

  it('code becomes a new cell below the selected one, and Markdown a Markdown cell; each is one undo step', async () => {
    await selectCell(context.notebook, 1);
    await insertCell({ code: 'x = 1\n', language: 'py' });
    assert.deepEqual(textsOf(context.notebook), [sources[0], sources[1], 'x = 1', sources[2], sources[3]]);
    assert.equal(context.notebook.cellAt(2).document.languageId, 'python');
    await insertCell({ code: '## Title\n', language: 'md' });
    assert.equal(textsOf(context.notebook)[3], '## Title');
    assert.equal(context.notebook.cellAt(3).kind, vscode.NotebookCellKind.Markup);
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.deepEqual(textsOf(context.notebook), sources);
  });

  it('code without a known language has that of the cells around it', async () => {
    await selectCell(context.notebook, 0);
    await insertCell({ code: 'x', language: 'constructor' });
    assert.equal(context.notebook.cellAt(1).document.languageId, 'python');
  });

  it('code becomes a cell below the one that was asked about, wherever that is now, also after the notebook was closed', async () => {
    const attachedCode = await attachedCodeOfCell(3);
    await selectCell(context.notebook, 0);
    await insertCell({ code: 'first', language: 'python' });
    await selectCell(context.notebook, 0);
    await insertCell(
      { code: 'second', language: 'python' },
      { attachedCode, codeTracker: context.codeTracker },
    );
    const expected = [sources[0], 'first', ...sources.slice(1), 'second'];
    assert.deepEqual(textsOf(context.notebook), expected);
    await closeNotebooks();
    await insertCell(
      { code: 'third', language: 'python' },
      { attachedCode, codeTracker: context.codeTracker },
    );
    const reopened = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(reopened);
    assert.deepEqual(textsOf(reopened), [...expected.slice(0, -1), 'third', 'second']);
  });

  /** Asks about the last cell, closes the notebook, changes its file, and inserts a cell; resolves with the notebook then. */
  async function insertAfter(change: (edit: vscode.WorkspaceEdit) => void) {
    const attachedCode = await attachedCodeOfCell(3);
    await closeNotebooks();
    const edit = new vscode.WorkspaceEdit();
    change(edit);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await insertCell({ code: 'x', language: 'python' }, { attachedCode, codeTracker: context.codeTracker });
    const shown = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(shown);
    return { uri: shown.uri.toString(), texts: textsOf(shown) };
  }

  it('code becomes a cell of the notebook that was asked about, also after that was renamed', async () => {
    const newUri = vscode.Uri.joinPath(context.notebook.uri, '../renamed.ipynb');
    const shown = await insertAfter((edit) => edit.renameFile(context.notebook.uri, newUri));
    assert.deepEqual(shown, { uri: newUri.toString(), texts: [...sources, 'x'] });
  });

  it('code becomes a cell of the notebook that was asked about, as VS Code still has it, after its file was deleted', async () => {
    const shown = await insertAfter((edit) => edit.deleteFile(context.notebook.uri));
    assert.deepEqual(shown, { uri: context.notebook.uri.toString(), texts: [...sources, 'x'] });
  });

  it('code is offered in a new file if no notebook is open', async () => {
    await closeNotebooks();
    const [warning] = await messagesDuring(() => insertCell({ code: 'x', language: 'python' }));
    assert.match(warning?.message ?? '', /No notebook is open/);
    assert.deepEqual(warning?.buttons, ['Open in New File']);
  });

  describe('S6 Hidden characters', () => {
    it('are in a new cell only if the user agrees', async () => {
      await selectCell(context.notebook, 1);
      const insert = (): Promise<void> => insertCell({ code: 'x = "\u202eabc"', language: 'python' });
      const [dialog] = await messagesDuring(insert);
      assert.match(dialog?.detail ?? '', /Right-to-Left Override/);
      assert.deepEqual(textsOf(context.notebook), sources);
      await messagesDuring(insert, 'Clean Up and Insert');
      assert.equal(textsOf(context.notebook)[2], 'x = "abc"');
    });
  });
});
