import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { insertAtCursor } from '../../src/host/editor/insert';

const cursors = 100;
/** At each cursor. */
const lines = 10;

describe('Inserting 1,000 lines at 100 cursors', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('indents them at each cursor, and one undo removes all of them', async () => {
    const content = 'if a:\n    \n'.repeat(cursors);
    const document = await vscode.workspace.openTextDocument({ content });
    const editor = await vscode.window.showTextDocument(document);
    editor.options = { insertSpaces: true, tabSize: 4 };
    const places = Array.from({ length: cursors }, (_, index) => new vscode.Position(2 * index + 1, 4));
    editor.selections = places.map((place) => new vscode.Selection(place, place));
    const block = { code: 'x = call(1)\n'.repeat(lines), language: 'python' };
    assert.equal(await insertAtCursor(editor, block), true);
    assert.equal(document.lineCount, 2 * cursors + 1 + cursors * (lines - 1));
    assert.equal(document.lineAt(lines).text, '    x = call(1)');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), content);
  });
});
