import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createCodeTracker, type CodeTracker } from '../../src/host/editor/tracked-code/code-tracker';
import {
  createComparisonEditors,
  type ComparisonEditors,
} from '../../src/host/editor/comparison/comparison-editors';
import { attachedCodeOf, type AttachedCode } from '../../src/host/editor/tracked-code/attached-code';
import { replaceAttachedCode } from '../../src/host/editor/tracked-code/replace-attached-code';
import { readSelection } from '../../src/host/editor/selection';
import { scratchFolder } from '../support/scratch-folder';
import { messagesDuring } from './dialogs';

type Numbers = [line: number, character: number, toLine: number, toCharacter: number];

describe('The place of the code that was asked about', () => {
  const folder = scratchFolder();
  let codeTracker: CodeTracker;
  let comparisons: ComparisonEditors;
  let document: vscode.TextDocument;
  let files = 0;

  beforeEach(() => {
    codeTracker = createCodeTracker();
    comparisons = createComparisonEditors();
  });
  afterEach(async () => {
    codeTracker.dispose();
    comparisons.dispose();
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Opens a file and asks about a range of it. VS Code would keep a document open that its API has opened. */
  async function ask(content: string, ...range: Numbers): Promise<AttachedCode> {
    const uri = vscode.Uri.file(join(folder, `place-${++files}.txt`));
    writeFileSync(uri.fsPath, content);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
    return askIn(await editorOf(uri), ...range);
  }

  function askIn(
    editor: vscode.TextEditor,
    ...[line, character, toLine, toCharacter]: Numbers
  ): AttachedCode {
    document = editor.document;
    editor.selection = new vscode.Selection(line, character, toLine, toCharacter);
    const reading = readSelection(editor);
    assert.ok(reading.kind === 'code');
    const [attachedCode] = attachedCodeOf({ text: 'Why?', attachments: reading.attachments }, (text) => text);
    assert.ok(attachedCode);
    codeTracker.track(attachedCode);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    return attachedCode;
  }

  async function editorOf(uri: vscode.Uri): Promise<vscode.TextEditor> {
    for (;;) {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.uri.toString() === uri.toString()) return editor;
      await new Promise(setImmediate);
    }
  }

  /** Replaces the code. Returns the messages that are shown. */
  async function replace(attachedCode: AttachedCode, code: string): Promise<readonly string[]> {
    const shown = await messagesDuring(() =>
      replaceAttachedCode(attachedCode, codeTracker, { code, language: '' }, comparisons),
    );
    return shown.map(({ message }) => message);
  }

  for (const [title, restarted] of [
    ['', false],
    [', also after a restart', true],
  ] as const) {
    it(`is the column that was selected, of equal text in one line${title}`, async () => {
      const attachedCode = await ask('a = 1\ntotal = total + 1\n', 1, 8, 1, 13);
      if (restarted) {
        codeTracker.dispose();
        codeTracker = createCodeTracker();
      }
      assert.deepEqual(await replace(attachedCode, 'sum'), []);
      assert.equal(document.getText(), 'a = 1\ntotal = sum + 1\n');
    });
  }

  /** One edit of the whole document. VS Code would make smaller edits of a `WorkspaceEdit`. */
  async function replaceWhole(text: string, eol = vscode.EndOfLine.LF): Promise<void> {
    const editor = await editorOf(document.uri);
    const whole = document.validateRange(new vscode.Range(0, 0, Number.MAX_SAFE_INTEGER, 0));
    assert.ok(
      await editor.edit((builder) => {
        builder.replace(whole, text);
        builder.setEndOfLine(eol);
      }),
    );
  }

  it('is found again in a document that was replaced as a whole, and nothing else is replaced', async () => {
    const before = 'one();\nreturn 1;\ntwo();\n';
    const attachedCode = await ask(before, 1, 0, 1, 9);
    await replaceWhole(`// above\n${before}// below\n`);
    assert.deepEqual(await replace(attachedCode, 'return 2;'), []);
    assert.equal(document.getText(), '// above\none();\nreturn 2;\ntwo();\n// below\n');
  });

  it('is found again after the line breaks of its document have changed', async () => {
    const attachedCode = await ask('one();\nreturn 1;\nreturn 2;\ntwo();\n', 1, 0, 2, 9);
    await replaceWhole('one();\nreturn 1;\nreturn 2;\ntwo();\n// below\n', vscode.EndOfLine.CRLF);
    assert.deepEqual(await replace(attachedCode, 'return 3;'), []);
    assert.equal(document.getText(), 'one();\r\nreturn 3;\r\ntwo();\r\n// below\r\n');
  });

  it('is compared if a document that was replaced as a whole contains the code twice', async () => {
    const attachedCode = await ask('one();\nreturn 1;\ntwo();\n', 1, 0, 1, 9);
    const after = 'return 1;\none();\nreturn 1;\n';
    await replaceWhole(after);
    assert.match((await replace(attachedCode, 'return 2;')).join(), /has changed since the question/);
    assert.equal(document.getText(), after);
  });

  async function edited(change: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    change(edit);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  async function closed(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidCloseTextDocument(() => {
        if (!document.isClosed) return;
        listener.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await gone;
  }

  const textNow = async (): Promise<string> =>
    (await vscode.workspace.openTextDocument(document.uri)).getText();

  it('is kept when the document is closed after the code has moved', async () => {
    const attachedCode = await ask(`${'//\n'.repeat(9)}return x;\n//\n`, 9, 0, 9, 9);
    const above = `${'// a\n'.repeat(9)}return x;\n${'// b\n'.repeat(10)}`;
    await edited((edit) => edit.insert(document.uri, new vscode.Position(0, 0), above));
    await document.save();
    await closed();
    assert.deepEqual(await replace(attachedCode, 'return y;'), []);
    assert.equal(await textNow(), `${above}${'//\n'.repeat(9)}return y;\n//\n`);
  });

  it('is compared if the file was changed after it was closed and two places are equally likely', async () => {
    const attachedCode = await ask(`${'//\n'.repeat(9)}return x;\n`, 9, 0, 9, 9);
    await edited((edit) => {
      edit.insert(document.uri, new vscode.Position(0, 0), `${'// a\n'.repeat(9)}return x;\n`);
    });
    await document.save();
    await closed();
    const changed = `// b\n${'// a\n'.repeat(9)}return x;\n${'//\n'.repeat(9)}return x;\n`;
    writeFileSync(document.uri.fsPath, changed);
    assert.match(
      (await replace(attachedCode, 'return y;')).join(),
      /contains the code of the question several times/,
    );
    assert.equal(await textNow(), changed);
  });

  const family = '👩‍👩‍👧 e\u0301 ñ';

  const ranges: readonly (readonly [string, string, Numbers, string])[] = [
    [
      'has emoji and combining characters',
      `a = "${family}"\nb = "${family}"\n`,
      [1, 5, 1, 5 + family.length],
      `a = "${family}"\nb = "new"\n`,
    ],
    ['ends without a line break', 'a\r\nb', [1, 0, 1, 1], 'a\r\nnew'],
    [
      'is in a document of 100,000 lines',
      'line\n'.repeat(100_000),
      [99_998, 0, 99_998, 4],
      `${'line\n'.repeat(99_998)}new\nline\n`,
    ],
  ];
  for (const [title, before, range, after] of ranges) {
    it(`is replaced exactly if it ${title}, also below a new line`, async () => {
      const attachedCode = await ask(before, ...range);
      const lineBreak = before.includes('\r\n') ? '\r\n' : '\n';
      await edited((edit) => edit.insert(document.uri, new vscode.Position(0, 0), 'above\n'));
      assert.deepEqual(await replace(attachedCode, 'new'), []);
      assert.equal(document.getText(), `above${lineBreak}${after}`);
    });
  }

  it('is where an undo has moved it while the answer arrived', async () => {
    await ask('return x;\n', 0, 0, 0, 9);
    await edited((edit) => edit.insert(document.uri, new vscode.Position(0, 0), '// a\n'));
    const attachedCode = askIn(await editorOf(document.uri), 1, 0, 1, 9);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'return x;\n');
    assert.deepEqual(await replace(attachedCode, 'return y;'), []);
    assert.equal(document.getText(), 'return y;\n');
  });

  it('is compared if an undo has removed it while the answer arrived', async () => {
    await ask('a\n', 0, 0, 0, 1);
    await edited((edit) => edit.insert(document.uri, new vscode.Position(1, 0), 'return x;\n'));
    const attachedCode = askIn(await editorOf(document.uri), 1, 0, 1, 9);
    await vscode.commands.executeCommand('undo');
    assert.match((await replace(attachedCode, 'return y;')).join(), /has changed since the question/);
    assert.equal(document.getText(), 'a\n');
  });

  it('is still followed after the language of the document was changed', async () => {
    const attachedCode = await ask('//\nreturn x;\n', 1, 0, 1, 9);
    await edited((edit) => edit.insert(document.uri, new vscode.Position(0, 0), '// a\n'));
    await vscode.languages.setTextDocumentLanguage(document, 'python');
    await edited((edit) => edit.insert(document.uri, new vscode.Position(0, 0), '//\nreturn x;\n//\n//\n'));
    assert.deepEqual(await replace(attachedCode, 'return y;'), []);
    assert.equal(document.getText(), '//\nreturn x;\n//\n//\n// a\n//\nreturn y;\n');
  });

  describe('in an untitled document that was saved since', () => {
    const content = 'an untitled one\nreturn 1;\n';

    /** VS Code opens the file and closes the untitled document when it is saved. */
    async function askAndSave(...names: readonly string[]): Promise<AttachedCode> {
      const untitled = await vscode.workspace.openTextDocument({ content });
      const attachedCode = askIn(await vscode.window.showTextDocument(untitled), 0, 0, 1, 9);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      for (const name of names) {
        const uri = vscode.Uri.file(join(folder, name));
        writeFileSync(uri.fsPath, `// ${name}\n${content}`);
        await vscode.window.showTextDocument(uri, { preview: false });
      }
      return attachedCode;
    }

    it('is compared in the only open document that contains the code', async () => {
      const attachedCode = await askAndSave('saved.txt');
      const [message] = await replace(attachedCode, 'return 2;');
      assert.match(message ?? '', /^Untitled-\d+ is no longer open, but saved\.txt contains the code/);
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      assert.match(input.original.path, /saved\.txt$/);
      await comparisons.accept();
      assert.equal(vscode.window.activeTextEditor?.document.getText(), '// saved.txt\nreturn 2;\n');
    });

    it('is not guessed if several open documents contain the code', async () => {
      const attachedCode = await askAndSave('first.txt', 'second.txt');
      assert.match(
        (await replace(attachedCode, 'return 2;')).join(),
        /^Nothing was replaced because Untitled-\d+ no longer exists/,
      );
    });
  });
});
