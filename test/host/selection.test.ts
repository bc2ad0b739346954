import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { attachedCodeOf } from '../../src/host/editor/tracked-code/attached-code';
import { summarizeSelection, readSelection } from '../../src/host/editor/selection';

async function editorOf(
  document: vscode.TextDocument,
  ...lines: readonly [number, number]
): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(document);
  const [from, to] = lines;
  editor.selection = new vscode.Selection(from, 0, to, document.lineAt(to).text.length);
  return editor;
}

async function untitled(content: string, language = 'plaintext'): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ content, language });
}

describe('A selection in an editor', () => {
  it('is read with its file, lines and language', async () => {
    const [file] = await vscode.workspace.findFiles('orbits.py');
    assert.ok(file);
    const selection = readSelection(await editorOf(await vscode.workspace.openTextDocument(file), 20, 21));
    assert.ok(selection.kind === 'code');
    const [attachment] = selection.attachments;
    assert.deepEqual(
      [attachment?.label, attachment?.language, attachment?.source?.lines],
      ['orbits.py:21-22', 'python', [21, 22]],
    );
  });

  it('does not include the last line if it ends before its first character', async () => {
    const editor = await editorOf(await untitled('a\nb\nc'), 0, 1);
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    const selection = readSelection(editor);
    assert.ok(selection.kind === 'code');
    assert.deepEqual(selection.attachments[0]?.source?.lines, [1, 2]);
  });

  it('includes all of several selections with their lines, in the order of the document', async () => {
    const editor = await editorOf(await untitled('one\ntwo\nthree\nfour\nfive'), 0, 0);
    editor.selections = [
      new vscode.Selection(3, 0, 4, 4),
      new vscode.Selection(2, 2, 2, 2),
      new vscode.Selection(0, 1, 0, 3),
    ];
    const selection = readSelection(editor);
    assert.ok(selection.kind === 'code');
    assert.deepEqual(
      selection.attachments.map(({ content, source }) => [content, source?.lines]),
      [
        ['ne', [1, 1]],
        ['four\nfive', [4, 5]],
      ],
    );
    assert.match(summarizeSelection(editor)?.label ?? '', /:1, 4-5$/);
    assert.equal(summarizeSelection(editor)?.lineCount, 3);
  });

  it('is one part without a place if there are very many selections, without the text between them', async () => {
    const editor = await editorOf(await untitled('word rest\n'.repeat(500)), 0, 0);
    editor.selections = Array.from({ length: 500 }, (_, line) => new vscode.Selection(line, 0, line, 4));
    const selection = readSelection(editor);
    assert.ok(selection.kind === 'code');
    assert.deepEqual(
      selection.attachments.map(({ content, source }) => [content, source?.lines]),
      [[Array.from({ length: 500 }, () => 'word').join('\n'), undefined]],
    );
    // Replace Selection is then for what is selected.
    assert.deepEqual(
      attachedCodeOf({ text: 'Why?', attachments: selection.attachments }, (text) => text),
      [],
    );
  });

  it('is absent if nothing is selected or there is no editor', async () => {
    const editor = await editorOf(await untitled('a'), 0, 0);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    assert.deepEqual(readSelection(editor), { kind: 'nothing-selected' });
    assert.deepEqual(readSelection(undefined), { kind: 'no-editor' });
  });

  it('of binary data is refused', async () => {
    assert.deepEqual(readSelection(await editorOf(await untitled('GIF89a\0\0'), 0, 0)), { kind: 'binary' });
  });

  it('of a virtual document is read like any other', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('invented', {
      provideTextDocumentContent: () => 'let x = 1',
    });
    try {
      const document = await vscode.workspace.openTextDocument(
        vscode.Uri.parse('invented:/home/ada/secret/a.js'),
      );
      const selection = readSelection(await editorOf(document, 0, 0));
      assert.ok(selection.kind === 'code');
      assert.deepEqual(
        selection.attachments.map(({ label, content }) => [label, content]),
        [['a.js:1', 'let x = 1']],
      );
    } finally {
      provider.dispose();
    }
  });
});
