import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createComparisonEditors } from '../../src/host/editor/comparison/comparison-editors';
import { insertAtCursor, replaceSelection } from '../../src/host/editor/insert';
import { scratchFolder } from '../support/scratch-folder';
import { messagesDuring } from './dialogs';

/** The edit of another extension, which VS Code applies before the next one. */
function editFirst(editor: vscode.TextEditor): Thenable<boolean> {
  return editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'zero\n'));
}

describe('Code that is inserted while another extension edits the document', () => {
  const folder = scratchFolder();
  let files = 0;

  afterEach(async () => {
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  async function editorWith(
    content: string,
    ...[line, character, toCharacter]: [line: number, character: number, toCharacter: number]
  ): Promise<vscode.TextEditor> {
    const file = join(folder, `edited-${++files}.txt`);
    writeFileSync(file, content);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
    editor.selection = new vscode.Selection(line, character, line, toCharacter);
    return editor;
  }

  it('is inserted at the cursor, which has moved', async () => {
    const editor = await editorWith('one\n\ntwo\n', 1, 0, 0);
    const other = editFirst(editor);
    const messages = await messagesDuring(() => insertAtCursor(editor, { code: 'x\n', language: '' }));
    assert.ok(await other);
    assert.deepEqual(messages, []);
    assert.equal(editor.document.getText(), 'zero\none\nx\ntwo\n');
  });

  it('replaces the selection, which has moved', async () => {
    const editor = await editorWith('x = old + 1', 0, 4, 7);
    const other = editFirst(editor);
    const messages = await messagesDuring(() => replaceSelection(editor, { code: 'new\n', language: '' }));
    assert.ok(await other);
    assert.deepEqual(messages, []);
    assert.equal(editor.document.getText(), 'zero\nx = new + 1');
  });

  it('is not applied from a comparison that shows the earlier text', async () => {
    const comparisons = createComparisonEditors();
    const editor = await editorWith('one\ntwo', 1, 0, 3);
    await comparisons.open(editor, { code: '2\n', language: '' });
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.ok(activeTab?.input instanceof vscode.TabInputTextDiff);
    const { modified } = activeTab.input;
    const { window } = vscode;
    const show = window.showTextDocument;
    const showAndEdit = async (document: vscode.TextDocument): Promise<vscode.TextEditor> => {
      const shown = await show(document, { preview: false });
      void editFirst(shown);
      return shown;
    };
    try {
      Object.assign(window, { showTextDocument: showAndEdit });
      const [message] = await messagesDuring(() => comparisons.accept(modified));
      assert.match(
        message?.message ?? '',
        /has changed\. Nothing was applied; the comparison has been updated/,
      );
    } finally {
      Object.assign(window, { showTextDocument: show });
    }
    assert.equal(editor.document.getText(), 'zero\none\ntwo');
    await comparisons.accept(modified);
    assert.equal(editor.document.getText(), 'zero\none\n2');
    comparisons.dispose();
  });
});
