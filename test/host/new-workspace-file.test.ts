import assert from 'node:assert/strict';
import { mkdtempSync, symlinkSync, unlinkSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createCodeTracker, type CodeTracker } from '../../src/host/editor/tracked-code/code-tracker';
import { createCodeBlockActions, type CodeBlockActions } from '../../src/host/editor/code-block-actions';
import { recordingLog } from './recording-log';

const fenced = (code: string): string => `\`\`\`python\n${code}\`\`\`\n`;

describe('A new file that an answer proposes', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no folder is open');
  let codeTracker: CodeTracker;
  let actions: CodeBlockActions;

  beforeEach(() => {
    codeTracker = createCodeTracker();
    actions = createCodeBlockActions({ current: undefined }, codeTracker, recordingLog().log, realpath);
  });
  afterEach(() => {
    actions.dispose();
    codeTracker.dispose();
  });

  /** The document of the active tab once it is an untitled one; VS Code keeps it in memory after it was closed. */
  async function untitled(): Promise<vscode.TextDocument> {
    for (;;) {
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      if (input instanceof vscode.TabInputText && input.uri.scheme === 'untitled')
        return vscode.workspace.openTextDocument(input.uri);
      await new Promise(setImmediate);
    }
  }

  async function closeUntitled(): Promise<void> {
    const isOpen = (): boolean =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === 'untitled');
    while (isOpen()) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }

  it('opens under its name, so that Save does not ask for one', async () => {
    await actions.review(`./new/deep/file.py\n${fenced('c = 1\n')}`, undefined);
    const document = await untitled();
    assert.equal(document.uri.fsPath, join(folder, 'new', 'deep', 'file.py'));
    assert.deepEqual([document.getText(), document.languageId], ['c = 1\n', 'python']);
    // Written by the user in the meantime.
    await actions.review(`new/deep/file.py\n${fenced('c = 2\n')}`, undefined);
    assert.equal(document.getText(), 'c = 1\n');
    await closeUntitled();
  });

  it('opens without a name if that is not in the workspace', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'o1mini-outside-'));
    symlinkSync(outside, join(folder, 'away'));
    symlinkSync(join(outside, 'none.py'), join(folder, 'broken.py'));
    try {
      for (const path of [
        '../up.py',
        '/tmp/up.py',
        'src/../../up.py',
        'away/up.py',
        'broken.py',
        '..\\up.py',
        'a:b/c.py',
      ]) {
        await actions.review(`\`${path}\`\n${fenced('c = 1\n')}`, undefined);
        const document = await untitled();
        assert.doesNotMatch(document.uri.path, /\.py$/, path);
        await closeUntitled();
      }
    } finally {
      for (const name of ['away', 'broken.py']) unlinkSync(join(folder, name));
    }
  });
});
