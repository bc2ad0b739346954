import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as vscode from 'vscode';
import {
  createComparisonEditors,
  type ComparisonEditors,
} from '../../src/host/editor/comparison/comparison-editors';
import { replaceSelection } from '../../src/host/editor/insert';
import { openInNewFile } from '../../src/host/editor/new-file';
import { scratchFolder } from '../support/scratch-folder';
import { withDialogs } from './dialogs';

const scheme = 'o1mini-compare';

const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

async function editorWith(content: string, eol = vscode.EndOfLine.LF): Promise<vscode.TextEditor> {
  let document = await vscode.workspace.openTextDocument({ content });
  // VS Code may return a document with the same name that was just closed, with its old text.
  while (withLineFeeds(document.getText()) !== withLineFeeds(content)) {
    document = await vscode.workspace.openTextDocument({ content });
  }
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.options = { insertSpaces: true, tabSize: 4 };
  await editor.edit((builder) => builder.setEndOfLine(eol));
  return editor;
}

const select = (editor: vscode.TextEditor, ...numbers: [number, number, number, number]): void => {
  editor.selection = new vscode.Selection(...numbers);
};

const python = (code: string): { readonly code: string; readonly language: string } => ({
  code,
  language: 'python',
});

function closeEditors(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Document text and code with characters that are hard to insert. */
const arbitraryText = fc
  .array(
    fc.oneof(
      fc.constantFrom('$1', '${X}', '\\', '$0', '\t', '    ', '\n', '\n\n', 'def f():', '}', '🙂', 'é'),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join('').replace(/[\r\u2028\u2029\x85\0]/g, ''));
/** Where a selection starts and ends. */
const ends = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }));

describe('Replace Selection', () => {
  after(closeEditors);

  it('replaces whole lines, keeping their indentation and last line break', async () => {
    const editor = await editorWith('class A:\n    def f(self):\n        pass\n    x = 1\n');
    select(editor, 1, 0, 3, 0);
    await replaceSelection(editor, python('def g(self):\n  return 1\n'));
    assert.equal(editor.document.getText(), 'class A:\n    def g(self):\n      return 1\n    x = 1\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'class A:\n    def f(self):\n        pass\n    x = 1\n');
  });

  it('keeps the text before a selection within a line, and the line endings of the file', async () => {
    const editor = await editorWith('x = old + 1\ny\n', vscode.EndOfLine.CRLF);
    select(editor, 0, 4, 0, 7);
    await replaceSelection(editor, python('a(\n    b)\n'));
    assert.equal(editor.document.getText(), 'x = a(\r\n    b) + 1\r\ny\r\n');
  });

  it('changes nothing if nothing is selected, says so, and offers to insert', async () => {
    const editor = await editorWith('a\n');
    await withDialogs(
      () => undefined,
      async (shown) => {
        await replaceSelection(editor, python('b\n'));
        assert.match(shown[0]?.message ?? '', /nothing is selected/);
        assert.deepEqual(shown[0]?.buttons, ['Insert at Cursor']);
      },
    );
    assert.equal(editor.document.getText(), 'a\n');
  });

  it('offers a new document if there is no editor', async () => {
    await withDialogs(
      () => undefined,
      async (shown) => {
        await replaceSelection(undefined, python('b\n'));
        assert.deepEqual(shown[0]?.buttons, ['Open in New File']);
      },
    );
  });
});

describe('Open in New File', () => {
  after(closeEditors);

  for (const [language, id] of [
    ['py', 'python'],
    ['ts', 'typescript'],
    ['sh', 'shellscript'],
    ['c++', 'cpp'],
    ['', 'plaintext'],
    ['no such language', 'plaintext'],
  ] as const) {
    it(`opens an untitled document with exactly the code, as ${id} for ${language || 'no language'}`, async () => {
      // VS Code reports the active editor with a delay, so the document is found among all of them.
      const before = new Set(vscode.workspace.textDocuments);
      await openInNewFile({ code: '$1 ${X}\n', language });
      const document = vscode.workspace.textDocuments.find((each) => !before.has(each));
      assert.equal(document?.getText(), '$1 ${X}\n');
      assert.equal(document.isUntitled, true);
      assert.equal(document.languageId, id);
    });
  }
});

describe('Compare', () => {
  let comparisons: ComparisonEditors;

  before(() => (comparisons = createComparisonEditors()));
  afterEach(closeEditors);
  after(() => comparisons.dispose());

  /** The input of the active tab if it is a comparison. */
  function diff(): vscode.TabInputTextDiff | undefined {
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    return input instanceof vscode.TabInputTextDiff ? input : undefined;
  }

  async function shownText(): Promise<string> {
    const input = diff();
    assert.equal(input?.modified.scheme, scheme);
    return (await vscode.workspace.openTextDocument(input.modified)).getText();
  }

  it('shows the document as it is and as it would be, and changes nothing until it is accepted', async () => {
    const editor = await editorWith('def f():\n    pass\n', vscode.EndOfLine.CRLF);
    select(editor, 1, 4, 1, 8);
    await comparisons.open(editor, python('return 1\n'));
    assert.equal(diff()?.original.toString(), editor.document.uri.toString());
    assert.match(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '', /Proposed/);
    assert.equal(await shownText(), 'def f():\r\n    return 1\r\n');
    assert.equal(editor.document.getText(), 'def f():\r\n    pass\r\n');
    await comparisons.accept();
    assert.equal(editor.document.getText(), 'def f():\r\n    return 1\r\n');
    assert.equal(diff(), undefined);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'def f():\r\n    pass\r\n');
  });

  it('is applied once, however often Accept is pressed', async () => {
    const editor = await editorWith('a\nb');
    select(editor, 1, 0, 1, 0);
    await comparisons.open(editor, python('x\n'));
    await withDialogs(
      () => undefined,
      async (shown) => {
        await Promise.all([comparisons.accept(), comparisons.accept()]);
        assert.deepEqual(shown, []);
      },
    );
    assert.equal(editor.document.getText(), 'a\nx\nb');
  });

  it('changes nothing if it is discarded', async () => {
    const editor = await editorWith('a');
    await comparisons.open(editor, python('b\n'));
    await comparisons.discard(diff()?.modified);
    assert.equal(diff(), undefined);
    assert.equal(editor.document.getText(), 'a');
  });

  it('is updated, and says so, if the document has changed in the meantime', async () => {
    const editor = await editorWith('one\ntwo');
    select(editor, 1, 0, 1, 3);
    await comparisons.open(editor, python('2\n'));
    const { document } = editor;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'zero\n');
    await vscode.workspace.applyEdit(edit);
    await withDialogs(
      () => undefined,
      async (shown) => {
        await comparisons.accept();
        assert.match(shown[0]?.message ?? '', /has changed\. Nothing was applied/);
        assert.equal(document.getText(), 'zero\none\ntwo');
        await comparisons.accept();
        assert.equal(shown.length, 1);
      },
    );
    assert.equal(document.getText(), 'zero\none\n2');
  });

  it('is not applied to a read-only document, and stays open', async () => {
    const file = join(scratchFolder(), 'locked.py');
    writeFileSync(file, 'one\ntwo\n');
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    select(editor, 1, 0, 1, 3);
    await comparisons.open(editor, python('2\n'));
    const modified = diff()?.modified;
    await withDialogs(
      () => undefined,
      async (shown) => {
        await comparisons.accept(modified);
        assert.match(shown[0]?.message ?? '', /locked\.py is read-only/);
      },
    );
    assert.equal(editor.document.getText(), 'one\ntwo\n');
    const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ input }) => input);
    assert.ok(open.some((input) => input instanceof vscode.TabInputTextDiff));
    await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
  });

  it('reports that there is no editor', async () => {
    await withDialogs(
      () => undefined,
      async (shown) => {
        await comparisons.open(undefined, python('b\n'));
        assert.deepEqual(shown[0]?.buttons, ['Open in New File']);
      },
    );
  });

  describe('S7 What is shown', () => {
    it('is applied exactly, character for character', async function () {
      this.timeout(120_000);
      await fc.assert(
        fc.asyncProperty(
          arbitraryText,
          arbitraryText,
          ends,
          fc.boolean(),
          async (content, code, [from, to], crlf) => {
            const eol = crlf ? vscode.EndOfLine.CRLF : vscode.EndOfLine.LF;
            const editor = await editorWith(content, eol);
            const { document } = editor;
            // A user cannot select half of a surrogate pair.
            const characters = Array.from(document.getText());
            const positionOf = (index: number) =>
              document.positionAt(characters.slice(0, index).join('').length);
            editor.selection = new vscode.Selection(positionOf(from), positionOf(to));
            await comparisons.open(editor, python(code));
            const shown = await shownText();
            await comparisons.accept();
            assert.equal(document.getText(), shown);
          },
        ),
        { numRuns: 10 },
      );
    });
  });
});
