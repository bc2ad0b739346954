import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { insertAtCursor } from '../../src/host/editor/insert';
import { inserted, places, snippets, type Place } from '../unit/core/text/insertion/snippet-corpus';

/** Each place uses every nth snippet with an offset of its own, so that every snippet is used at one place. */
const step = places.length;

async function editorAt({ document, style }: Place): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ content: document.replace('‸', '') }),
  );
  editor.options = style;
  return editor;
}

/** Restores the text and the cursor of the place. */
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
    it(`inserts the expected text: ${place.name}`, async () => {
      const editor = await editorAt(place);
      const selected = snippets.filter((_, at) => at % step === index);
      assert.ok(selected.length > 8);
      for (const snippet of selected) {
        await reset(editor, place);
        await insertAtCursor(editor, snippet);
        const { languageId } = editor.document;
        const language = languageId === 'plaintext' ? snippet.language : languageId;
        const expected = inserted(snippet, place, language);
        assert.equal(editor.document.getText(), expected, `${snippet.language}: ${snippet.name}`);
      }
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  }
});
