import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { insertAtCursor } from '../../src/host/editor/insert';

async function editorWith(
  content: string,
  options: vscode.TextEditorOptions = {},
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content });
  const editor = await vscode.window.showTextDocument(document);
  editor.options = { insertSpaces: true, tabSize: 4, ...options };
  return editor;
}

const caret = (line: number, character: number): vscode.Selection =>
  new vscode.Selection(line, character, line, character);

describe('Inserting at the cursor', () => {
  it('indents the code for each of two cursors', async () => {
    const editor = await editorWith('a:\n\t\nb:\n\t\t\n', { insertSpaces: false });
    editor.selections = [caret(1, 1), caret(3, 2)];
    await insertAtCursor(editor, { code: 'if x:\n    y\n', language: 'python' });
    assert.equal(editor.document.getText(), 'a:\n\tif x:\n\t\ty\nb:\n\t\tif x:\n\t\t\ty\n');
  });

  it('inserts the code at cursors that are separated only by white space', async () => {
    const editor = await editorWith('one    two');
    editor.selections = [caret(0, 6), caret(0, 3), caret(0, 4)];
    await insertAtCursor(editor, { code: 'x\n', language: '' });
    assert.deepEqual(
      editor.document
        .getText()
        .split('\n')
        .map((line) => line.trim()),
      ['one', 'x', '', 'x', '', 'x', 'two'],
    );
  });

  it('replaces the selection', async () => {
    const editor = await editorWith('x = old + 1');
    editor.selection = new vscode.Selection(0, 4, 0, 7);
    await insertAtCursor(editor, { code: 'new\n', language: '' });
    assert.equal(editor.document.getText(), 'x = new + 1');
  });

  it('is one undo step', async () => {
    const editor = await editorWith('start\n');
    editor.selection = caret(1, 0);
    await insertAtCursor(editor, { code: 'a\nb\nc\n', language: '' });
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'start\n');
  });

  describe('S7 What is shown', () => {
    it('is inserted exactly, character for character', async () => {
      const editor = await editorWith('');
      const piece = fc.oneof(
        fc.string(),
        fc.constantFrom('$1', '${X}', '\\', '$0', '${1:a}', '\\$', '}', '\t'),
      );
      const line = fc
        .array(piece, { maxLength: 5 })
        .map((pieces) => `|${pieces.join('').replace(/[\r\n\u2028\u2029\x85]/g, '')}`);
      await fc.assert(
        fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 4 }), async (lines) => {
          const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
          editor.selection = new vscode.Selection(all.start, editor.document.validateRange(all).end);
          await insertAtCursor(editor, { code: `${lines.join('\n')}\n`, language: '' });
          assert.equal(editor.document.getText(), lines.join('\n'));
        }),
        { numRuns: 100 },
      );
    });
  });
});
