import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { insertAtCursor } from '../../src/host/editor/insert';

async function editorWith(
  content: string,
  options: vscode.TextEditorOptions = {},
  language = 'plaintext',
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
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

  for (const [range, content, code, expected] of [
    [
      'begins and ends behind the indentation of lines',
      '    ⟦a = 1\n    ⟧b = 2',
      'a = 2',
      '    a = 2\n    b = 2',
    ],
    ['ends within the indentation of a line', '⟦    a = 1\n  ⟧  b = 2', 'a = 2', '    a = 2\n    b = 2'],
    ['begins at the end of a line', 'if x:⟦\n    a\n    b⟧\nc', 'd\ne', 'if x:\n    d\n    e\nc'],
    ['is from the end of a line to another', 'if x:⟦\n    a\n⟧c', 'd', 'if x:\n    d\nc'],
    ['is the space between two lines', 'if x:⟦\n    ⟧b', 'a', 'if x:\n    a\n    b'],
    ['is a blank line with its break', 'a\n⟦\n⟧b', 'c', 'a\nc\nb'],
    ['begins and ends within text', 'a = ⟦1\nb = ⟧2', '3 +', 'a = 3 +2'],
  ] as const) {
    it(`replaces whole lines if the selection ${range}`, async () => {
      const [head = '', selected = '', tail = ''] = content.split(/[⟦⟧]/);
      const editor = await editorWith(head + selected + tail, {}, 'python');
      const position = (offset: number): vscode.Position => editor.document.positionAt(offset);
      const end = head.length + selected.length;
      editor.selection = new vscode.Selection(position(head.length), position(end));
      await insertAtCursor(editor, { code: `${code}\n`, language: 'python' });
      assert.equal(editor.document.getText(), expected);
    });
  }

  it('replaces a selection next to a cursor within the indentation of its line', async () => {
    const editor = await editorWith('    old\n', {}, 'python');
    editor.selections = [caret(0, 2), new vscode.Selection(0, 4, 0, 7)];
    await insertAtCursor(editor, { code: 'new\n', language: 'python' });
    assert.deepEqual(editor.document.getText().trim().split(/\s+/), ['new', 'new']);
  });

  it('reads the lines above, so that code after a string of several lines is on a line of its own', async () => {
    const editor = await editorWith('def f():\n    """Doc.\n    """\n', {}, 'python');
    editor.selection = caret(2, 7);
    await insertAtCursor(editor, { code: 'x = 1\n', language: 'python' });
    assert.equal(editor.document.getText(), 'def f():\n    """Doc.\n    """\n    x = 1\n');
  });

  it('takes code without a language for that of the document', async () => {
    const editor = await editorWith('def f():\n    x = 1\n', {}, 'python');
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    await insertAtCursor(editor, { code: '    x = 2\n    y = 3\n', language: '' });
    assert.equal(editor.document.getText(), 'def f():\n    x = 2\n    y = 3\n');
  });

  it('takes an untitled document without a language for one in that of the code', async () => {
    const editor = await editorWith('    if x:');
    editor.selection = caret(0, 9);
    await insertAtCursor(editor, { code: 'y\n', language: 'python' });
    assert.equal(editor.document.getText(), '    if x:\n        y');
  });

  it('indents by the width of a step, which may be less than that of a tab', async () => {
    const editor = await editorWith('function a() {', { tabSize: 8, indentSize: 2 }, 'javascript');
    editor.selection = caret(0, 14);
    await insertAtCursor(editor, { code: 'b();\n', language: 'javascript' });
    assert.equal(editor.document.getText(), 'function a() {\n  b();');
  });

  it('leaves a comment behind the cursor in its line, with a cursor in that comment', async () => {
    const editor = await editorWith('a();  // why so\n', {}, 'javascript');
    editor.selections = [caret(0, 4), caret(0, 12)];
    await insertAtCursor(editor, { code: 'b();\n', language: 'javascript' });
    const words = editor.document.getText().split(/\s+/);
    assert.deepEqual(words.filter((word) => word === 'b();').length, 2);
    assert.deepEqual(
      words
        .filter((word) => word !== 'b();')
        .join(' ')
        .trim(),
      'a(); // why so',
    );
  });

  it('keeps code that was inserted before it in place of the selections', async () => {
    const editor = await editorWith('x\nold\nz old\n');
    editor.selections = [new vscode.Selection(1, 0, 1, 3), new vscode.Selection(2, 2, 2, 5)];
    await insertAtCursor(editor, { code: 'first', language: '' });
    await insertAtCursor(editor, { code: '2', language: '' });
    assert.equal(editor.document.getText(), 'x\nfirst2\nz first2\n');
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
