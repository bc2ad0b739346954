import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Question } from '../../src/core/chat/conversation';
import type { Attachment } from '../../src/core/prompt/attachment';
import type { AttachmentEntry } from '../../src/host/attachments/attachment-entry';
import {
  askAboutCode,
  composeAboutCode,
  type CommandTarget,
} from '../../src/host/commands/selection-commands';
import { trackActiveEditor, type ActiveEditor } from '../../src/host/editor/active-editor';
import { createAnchoredRanges, type AnchoredRanges } from '../../src/host/editor/anchors/anchored-ranges';
import { anchorsOf, type Anchor } from '../../src/host/editor/anchors/question-anchors';
import {
  createComparisonEditors,
  type ComparisonEditors,
} from '../../src/host/editor/comparison/comparison-editors';
import { insertCell } from '../../src/host/editor/notebooks/insert-cell';
import { replaceAnchored } from '../../src/host/editor/anchors/replace-anchored';
import { messagesDuring } from './dialogs';
import { closeNotebooks, editCell, openNotebook, selectCell, textsOf } from './notebook-files';

const sources = ['# Orbits', 'import math', 'def period(r):\n    return 2 * math.pi * r', 'period(1)'];

describe('In a notebook', () => {
  let notebook: vscode.NotebookDocument;
  let editor: ActiveEditor;
  let anchors: AnchoredRanges;
  let comparisons: ComparisonEditors;

  beforeEach(async () => {
    editor = trackActiveEditor();
    anchors = createAnchoredRanges();
    comparisons = createComparisonEditors();
    notebook = await openNotebook(sources);
  });
  afterEach(async () => {
    for (const each of [editor, anchors, comparisons]) each.dispose();
    await closeNotebooks();
  });

  async function attachmentsOf(target?: CommandTarget): Promise<readonly Attachment[]> {
    const questions: Question[] = [];
    const ask = (question: Question): Promise<void> => Promise.resolve(void questions.push(question));
    const compose = (): Promise<void> => Promise.resolve();
    await askAboutCode('explain', target, { editor, ask, compose, attachments: { add: () => undefined } });
    return questions[0]?.attachments ?? [];
  }

  async function anchorOfCell(index: number): Promise<Anchor> {
    await selectCell(notebook, index);
    const [anchor] = anchorsOf({ text: '', attachments: await attachmentsOf() }, (text) => text);
    assert.ok(anchor);
    anchors.track(anchor);
    return anchor;
  }

  const summary = (attachments: readonly Attachment[]): readonly unknown[] =>
    attachments.map(({ kind, label, language, content }) => [kind, label, language, content]);

  const others = (...indexes: readonly number[]): string =>
    indexes.map((at) => `cell ${at + 1} (${at === 0 ? 'Markdown' : 'Python'}):\n${sources[at]}`).join('\n\n');

  it('a command asks about the whole selected cell, by its number and kind, with the cells around it', async () => {
    await selectCell(notebook, 2);
    assert.deepEqual(summary(await attachmentsOf()), [
      ['symbol', 'orbits.ipynb, cell 3 (Python)', 'python', sources[2]],
      ['surroundings', 'orbits.ipynb (other cells)', '', others(0, 1, 3)],
    ]);
    await selectCell(notebook, 0);
    assert.deepEqual(summary(await attachmentsOf())[0], [
      'symbol',
      'orbits.ipynb, cell 1 (Markdown)',
      'markdown',
      '# Orbits',
    ]);
  });

  it('a command asks about the selection in a cell, with its lines and the rest of the cell', async () => {
    const cell = await editCell(notebook, 2);
    cell.selection = new vscode.Selection(1, 4, 1, 10);
    assert.deepEqual(summary(await attachmentsOf()), [
      ['selection', 'orbits.ipynb, cell 3 (Python):2', 'python', 'return'],
      ['surroundings', 'orbits.ipynb (other cells)', '', others(0, 1, 2, 3)],
    ]);
  });

  it('a command of the toolbar of a cell asks about that cell, although another one is selected', async () => {
    await selectCell(notebook, 1);
    const [first] = await attachmentsOf(notebook.cellAt(3));
    assert.deepEqual([first?.label, first?.content], ['orbits.ipynb, cell 4 (Python)', 'period(1)']);
  });

  it('a command does not ask about the file that was used before', async () => {
    const file = await vscode.workspace.openTextDocument({ content: 'something else' });
    const other = await vscode.window.showTextDocument(file);
    other.selection = new vscode.Selection(0, 0, 0, 9);
    await selectCell(notebook, 1);
    assert.equal((await attachmentsOf())[0]?.content, 'import math');
    await vscode.window.showTextDocument(file);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('a command says that a cell is empty', async () => {
    notebook = await openNotebook([''], 'empty.ipynb');
    await selectCell(notebook, 0);
    const [warning] = await messagesDuring(async () => assert.deepEqual(await attachmentsOf(), []));
    assert.equal(warning?.message, 'The cell is empty.');
  });

  it('only the nearest cells are sent if there are many, and only the beginning of long ones', async () => {
    const many = Array.from(
      { length: 200 },
      (_, at) => `value_${at} = ${'1 + '.repeat(at === 99 ? 2000 : 20)}1`,
    );
    notebook = await openNotebook(many, 'many.ipynb');
    await selectCell(notebook, 100);
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
      editor,
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
    await selectCell(notebook, 2);
    assert.deepEqual(await attachedByAsk(), ['orbits.ipynb, cell 3 (Python)', sources[2]]);
  });

  it('Ask in the toolbar of a cell attaches that cell, although another one is selected', async () => {
    const edited = await editCell(notebook, 1);
    edited.selection = new vscode.Selection(0, 0, 0, 6);
    assert.deepEqual(await attachedByAsk(notebook.cellAt(3)), ['orbits.ipynb, cell 4 (Python)', 'period(1)']);
  });

  it('code becomes a new cell below the selected one, and Markdown a Markdown cell; each is one undo step', async () => {
    await selectCell(notebook, 1);
    await insertCell({ code: 'x = 1\n', language: 'py' });
    assert.deepEqual(textsOf(notebook), [sources[0], sources[1], 'x = 1', sources[2], sources[3]]);
    assert.equal(notebook.cellAt(2).document.languageId, 'python');
    await insertCell({ code: '## Title\n', language: 'md' });
    assert.equal(textsOf(notebook)[3], '## Title');
    assert.equal(notebook.cellAt(3).kind, vscode.NotebookCellKind.Markup);
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.deepEqual(textsOf(notebook), sources);
  });

  it('code without a known language has that of the cells around it', async () => {
    await selectCell(notebook, 0);
    await insertCell({ code: 'x', language: 'constructor' });
    assert.equal(notebook.cellAt(1).document.languageId, 'python');
  });

  it('code becomes a cell below the one that was asked about, wherever that is now, also after the notebook was closed', async () => {
    const anchor = await anchorOfCell(3);
    await selectCell(notebook, 0);
    await insertCell({ code: 'first', language: 'python' });
    await selectCell(notebook, 0);
    await insertCell({ code: 'second', language: 'python' }, { anchor, anchors });
    const expected = [sources[0], 'first', ...sources.slice(1), 'second'];
    assert.deepEqual(textsOf(notebook), expected);
    await closeNotebooks();
    await insertCell({ code: 'third', language: 'python' }, { anchor, anchors });
    const reopened = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(reopened);
    assert.deepEqual(textsOf(reopened), [...expected.slice(0, -1), 'third', 'second']);
  });

  /** Asks about the last cell, closes the notebook, changes its file, and inserts a cell; resolves with the notebook then. */
  async function insertAfter(change: (edit: vscode.WorkspaceEdit) => void) {
    const anchor = await anchorOfCell(3);
    await closeNotebooks();
    const edit = new vscode.WorkspaceEdit();
    change(edit);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await insertCell({ code: 'x', language: 'python' }, { anchor, anchors });
    const shown = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(shown);
    return { uri: shown.uri.toString(), texts: textsOf(shown) };
  }

  it('code becomes a cell of the notebook that was asked about, also after that was renamed', async () => {
    const newUri = vscode.Uri.joinPath(notebook.uri, '../renamed.ipynb');
    const shown = await insertAfter((edit) => edit.renameFile(notebook.uri, newUri));
    assert.deepEqual(shown, { uri: newUri.toString(), texts: [...sources, 'x'] });
  });

  it('code becomes a cell of the notebook that was asked about, as VS Code still has it, after its file was deleted', async () => {
    const shown = await insertAfter((edit) => edit.deleteFile(notebook.uri));
    assert.deepEqual(shown, { uri: notebook.uri.toString(), texts: [...sources, 'x'] });
  });

  it('code is offered in a new file if no notebook is open', async () => {
    await closeNotebooks();
    const [warning] = await messagesDuring(() => insertCell({ code: 'x', language: 'python' }));
    assert.match(warning?.message ?? '', /No notebook is open/);
    assert.deepEqual(warning?.buttons, ['Open in New File']);
  });

  describe('S6 Hidden characters', () => {
    it('are in a new cell only if the user agrees', async () => {
      await selectCell(notebook, 1);
      const insert = (): Promise<void> => insertCell({ code: 'x = "\u202eabc"', language: 'python' });
      const [dialog] = await messagesDuring(insert);
      assert.match(dialog?.detail ?? '', /Right-to-Left Override/);
      assert.deepEqual(textsOf(notebook), sources);
      await messagesDuring(insert, 'Insert Without Them');
      assert.equal(textsOf(notebook)[2], 'x = "abc"');
    });
  });

  const block = { code: 'def period(r):\n    return math.tau * r\n', language: 'python' };
  const replaced = (): Promise<Anchor> => anchorOfCell(2);

  it('Replace Selection replaces the cell that was asked about, although another one is selected', async () => {
    const anchor = await replaced();
    await selectCell(notebook, 0);
    await replaceAnchored(anchor, anchors, block, comparisons);
    assert.deepEqual(textsOf(notebook), sources.with(2, block.code.trimEnd()));
  });

  it('Replace Selection finds the cell again after the notebook was closed, and opens it', async () => {
    const anchor = await replaced();
    await selectCell(notebook, 0);
    await insertCell({ code: 'above', language: 'python' });
    await closeNotebooks();
    await replaceAnchored(anchor, anchors, block, comparisons);
    const reopened = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(reopened);
    assert.equal(textsOf(reopened)[3], block.code.trimEnd());
  });

  it('Replace Selection prefers the cell that is the code to one that contains it, and compares it', async () => {
    const code = 'period(1)';
    notebook = await openNotebook([`print(${code})`, '# Title', code], 'contained.ipynb');
    const asked = await anchorOfCell(2);
    // After a restart, the cell has another number in its URI.
    const fragment = asked.uri.fragment.replace(/^[^s]+/, 'X99');
    assert.notEqual(fragment, asked.uri.fragment);
    const anchor = { ...asked, attachment: { ...asked.attachment }, uri: asked.uri.with({ fragment }) };
    const [information] = await messagesDuring(() => replaceAnchored(anchor, anchors, block, comparisons));
    assert.match(
      information?.message ?? '',
      /^contained\.ipynb contains the code of the question several times/,
    );
    await comparisons.accept();
    assert.deepEqual(textsOf(notebook), [`print(${code})`, '# Title', block.code.trimEnd()]);
  });

  it('Replace Selection finds the cell by its code if another one has its number after a restart', async () => {
    const asked = await anchorOfCell(2);
    const uri = notebook.cellAt(1).document.uri;
    await replaceAnchored(
      { ...asked, attachment: { ...asked.attachment }, uri },
      anchors,
      block,
      comparisons,
    );
    assert.deepEqual(textsOf(notebook), sources.with(2, block.code.trimEnd()));
  });

  it('Replace Selection says that the cell was deleted, and offers a new file', async () => {
    const anchor = await replaced();
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(2, 3))]);
    await vscode.workspace.applyEdit(edit);
    const [warning] = await messagesDuring(() => replaceAnchored(anchor, anchors, block, comparisons));
    assert.equal(
      warning?.message,
      'Nothing was replaced because orbits.ipynb, cell 3 (Python) no longer exists.',
    );
    assert.deepEqual(warning.buttons, ['Open in New File']);
  });

  it('Replace Selection shows a comparison if the cell was edited since, and says why', async () => {
    const anchor = await replaced();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(notebook.cellAt(2).document.uri, new vscode.Range(1, 4, 1, 10), 'yield');
    await vscode.workspace.applyEdit(edit);
    const [information] = await messagesDuring(() => replaceAnchored(anchor, anchors, block, comparisons));
    assert.match(information?.message ?? '', /has changed since the question/);
    assert.match(textsOf(notebook)[2] ?? '', /yield/);
    assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
    await comparisons.accept();
    assert.equal(textsOf(notebook)[2], block.code.trimEnd());
  });
});
