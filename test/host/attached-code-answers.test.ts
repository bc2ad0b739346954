import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createCodeTracker, type CodeTracker } from '../../src/host/editor/tracked-code/code-tracker';
import { attachedCodeOf, type AttachedCode } from '../../src/host/editor/tracked-code/attached-code';
import { createCodeBlockActions, type CodeBlockActions } from '../../src/host/editor/code-block-actions';
import { readSelection } from '../../src/host/editor/selection';
import { scratchFolder } from '../support/scratch-folder';
import { withDialogs } from './dialogs';
import { withQuickPick } from './quick-picks';
import { comparisons } from './open-comparisons';
import { recordingLog } from './recording-log';

const before = 'function one() {\n  return 1;\n}\n\nfunction one() {\n  return 1;\n}\n';
const block = { type: 'replaceSelection', code: '  return 2;\n', language: 'ts' } as const;

describe('Replace Selection for an answer about selected code', () => {
  const folder = scratchFolder();
  let file: string;
  let codeTracker: CodeTracker;
  let actions: CodeBlockActions;
  let attachedCode: AttachedCode;
  let files = 0;

  beforeEach(async () => {
    file = join(folder, `code-${++files}.txt`);
    writeFileSync(file, before);
    codeTracker = createCodeTracker();
    actions = createCodeBlockActions({ current: undefined }, codeTracker, recordingLog().log);
    // The second of two functions that are alike.
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
    editor.selection = new vscode.Selection(5, 0, 6, 0);
    const reading = readSelection(editor);
    assert.ok(reading.kind === 'code');
    const [found] = attachedCodeOf({ text: 'Why?', attachments: reading.attachments }, (text) => text);
    assert.ok(found);
    attachedCode = found;
    codeTracker.track(attachedCode);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
  });
  afterEach(async () => {
    actions.dispose();
    codeTracker.dispose();
    await closeEditors();
  });

  /** VS Code would ask whether to save what is not saved. */
  async function closeEditors(): Promise<void> {
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }

  async function edited(...edits: readonly (readonly [line: number, text: string])[]): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    for (const [line, text] of edits) edit.insert(vscode.Uri.file(file), new vscode.Position(line, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  /** Runs the action, and resolves when the document has the text. */
  async function replacedText(expected: string): Promise<void> {
    actions.run(block, [attachedCode]);
    await untilText(expected);
  }

  async function untilText(expected: string): Promise<void> {
    const isReplaced = (document: vscode.TextDocument): boolean =>
      document.uri.toString() === vscode.Uri.file(file).toString() && document.getText() === expected;
    while (!vscode.workspace.textDocuments.some(isReplaced)) await new Promise(setImmediate);
  }

  /** Runs the action, and resolves with the first message that it shows, of which this button is pressed. */
  function messageOf(button?: string): Promise<string> {
    return new Promise((resolve) => {
      let answered = (): void => undefined;
      const shown = new Promise<void>((done) => (answered = done));
      void withDialogs(
        ({ message }) => {
          resolve(message);
          answered();
          return button;
        },
        () => {
          actions.run(block, [attachedCode]);
          return shown;
        },
      );
    });
  }

  const second = (body: string, above = ''): string =>
    `${above}function one() {\n  return 1;\n}\n\nfunction one() {\n${body}}\n`;

  it('replaces that code although the cursor is elsewhere, in one undo step', async () => {
    await replacedText(second('  return 2;\n'));
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), before);
  });

  it('asks which code to replace if the question is about several pieces', async () => {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selections = [new vscode.Selection(1, 0, 2, 0), new vscode.Selection(5, 0, 6, 0)];
    const reading = readSelection(editor);
    assert.ok(reading.kind === 'code');
    const asked = attachedCodeOf({ text: 'Why?', attachments: reading.attachments }, (text) => text);
    const choose = (at: number): Promise<void> =>
      withQuickPick(
        (items) => items[at],
        async (shown) => {
          actions.run(block, asked);
          while (shown.length === 0) await new Promise(setImmediate);
          assert.deepEqual(
            shown[0]?.map(({ label, description }) => [label, description]),
            [
              [`code-${files}.txt:2`, 'return 1;'],
              [`code-${files}.txt:6`, 'return 1;'],
            ],
          );
        },
      );
    await choose(-1);
    assert.equal(editor.document.getText(), before);
    await choose(1);
    await untilText(second('  return 2;\n'));
  });

  it('follows the code through edits, though the same code stands where it was', async () => {
    await edited([0, before], [4, '// between\n']);
    const above = before.replace('\n\nfunction', '\n\n// between\nfunction');
    assert.notEqual(above, before);
    await replacedText(
      `${before}function one() {\n  return 1;\n}\n\n// between\nfunction one() {\n  return 2;\n}\n`,
    );
  });

  it('goes to the right file from another one, and opens it if it was closed', async () => {
    await closeEditors();
    const path = join(folder, 'other.txt');
    writeFileSync(path, 'something else');
    const other = await vscode.workspace.openTextDocument(path);
    const editor = await vscode.window.showTextDocument(other);
    editor.selection = new vscode.Selection(0, 0, 0, 9);
    await replacedText(second('  return 2;\n'));
    assert.equal(other.getText(), 'something else');
  });

  it('finds the code again after a restart, also below new lines and with other line breaks', async () => {
    codeTracker.dispose();
    actions.dispose();
    await edited([0, '// new\n']);
    await vscode.window.activeTextEditor?.edit((builder) => builder.setEndOfLine(vscode.EndOfLine.CRLF));
    codeTracker = createCodeTracker();
    actions = createCodeBlockActions({ current: undefined }, codeTracker, recordingLog().log);
    await closeEditors();
    await replacedText(second('  return 2;\n', '// new\n').replaceAll('\n', '\r\n'));
  });

  it('opens a comparison and says why, where the code has changed since', async () => {
    await edited([5, '  // changed\n'], [6, '  // more\n']);
    await vscode.window.activeTextEditor?.edit((builder) =>
      builder.replace(new vscode.Range(6, 2, 6, 8), 'throw'),
    );
    const text = vscode.window.activeTextEditor?.document.getText();
    assert.match(await messageOf(), /has changed since the question/);
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.ok(activeTab?.input instanceof vscode.TabInputTextDiff);
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === file);
    assert.equal(document?.getText(), text);
  });

  for (const [title, line, character] of [
    ['at its start', 5, 2],
    ['at its end', 5, 11],
  ] as const) {
    it(`opens a comparison if text was typed ${title}, which the comparison includes`, async () => {
      const editor = vscode.window.activeTextEditor;
      assert.ok(editor);
      editor.selection = new vscode.Selection(5, 2, 5, 11);
      const reading = readSelection(editor);
      assert.ok(reading.kind === 'code');
      attachedCode =
        attachedCodeOf({ text: 'Why?', attachments: reading.attachments }, (text) => text)[0] ??
        assert.fail();
      codeTracker.track(attachedCode);
      await editor.edit((builder) => builder.insert(new vscode.Position(line, character), 'x'));
      assert.match(await messageOf(), /has changed since the question/);
      assert.equal((await comparisons()).get(`code-${files}.txt`)?.text, second('  return 2;\n'));
    });
  }

  it('says that the file was deleted, and opens the code in a new one', async () => {
    await closeEditors();
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(vscode.Uri.file(file));
    assert.ok(await vscode.workspace.applyEdit(edit));
    const opened = new Promise<string>((resolve) => {
      const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (!editor?.document.isUntitled) return;
        listener.dispose();
        resolve(editor.document.getText());
      });
    });
    assert.match(
      await messageOf('Open in New File'),
      /^Nothing was replaced because code-\d+\.txt no longer exists\.$/,
    );
    assert.equal(await opened, block.code);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says that an untitled document was closed', async () => {
    await closeEditors();
    attachedCode = { ...attachedCode, uri: vscode.Uri.parse('untitled:Untitled-77') };
    assert.match(await messageOf(), /Untitled-77 no longer exists/);
  });

  for (const [title, open] of [
    ['was renamed', true],
    ['was renamed while it was closed', false],
  ] as const) {
    it(`goes to the file that ${title}, though another one has its name now`, async () => {
      if (!open) await closeEditors();
      const old = vscode.Uri.file(file);
      file = join(folder, `renamed-${++files}.txt`);
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(old, vscode.Uri.file(file));
      assert.ok(await vscode.workspace.applyEdit(edit));
      writeFileSync(old.fsPath, before);
      await replacedText(second('  return 2;\n'));
      assert.equal((await vscode.workspace.openTextDocument(old)).getText(), before);
    });
  }

  it('goes to the file in a folder that was renamed', async () => {
    await closeEditors();
    const [name, newName] = [join(folder, `folder-${++files}`), join(folder, `renamed-folder-${files}`)];
    mkdirSync(name);
    writeFileSync(join(name, 'code.txt'), before);
    attachedCode = {
      ...attachedCode,
      attachment: { ...attachedCode.attachment },
      uri: vscode.Uri.file(join(name, 'code.txt')),
    };
    codeTracker.track(attachedCode);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.file(name), vscode.Uri.file(newName));
    assert.ok(await vscode.workspace.applyEdit(edit));
    file = join(newName, 'code.txt');
    await replacedText(second('  return 2;\n'));
  });
});
