import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { insertAtCursor } from '../../src/host/editor/insert';
import { inserted, places, snippets, type Place } from '../unit/core/snippets';

/** Every so many snippets are taken, from another one on at each place, so that all of them are taken somewhere. */
const step = places.length;

async function editorAt({ document, style }: Place): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ content: document.replace('‸', '') }),
  );
  editor.options = style;
  return editor;
}

/** Makes the document what it was, with the cursor where it was. */
async function reset(editor: vscode.TextEditor, place: Place): Promise<void> {
  const { document } = editor;
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  await editor.edit((builder) => builder.replace(whole, place.document.replace('‸', '')));
  const cursor = document.positionAt(place.document.indexOf('‸'));
  editor.selection = new vscode.Selection(cursor, cursor);
}

describe('Insert at Cursor with the corpus of snippets', () => {
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  for (const [index, place] of places.entries()) {
    it(`gives an editor what the corpus says: ${place.name}`, async () => {
      const editor = await editorAt(place);
      const some = snippets.filter((_, at) => at % step === index);
      assert.ok(some.length > 8);
      for (const snippet of some) {
        await reset(editor, place);
        await insertAtCursor(editor, snippet);
        const expected = inserted(snippet, place, editor.document.languageId);
        assert.equal(editor.document.getText(), expected, `${snippet.language}: ${snippet.name}`);
      }
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  }
});
