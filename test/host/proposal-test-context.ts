import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { attachedCodeOf, type AttachedCode } from '../../src/host/editor/tracked-code/attached-code';
import { readSelection } from '../../src/host/editor/selection';
import { createCodeTracker, type CodeTracker } from '../../src/host/editor/tracked-code/code-tracker';
import { createCodeBlockActions, type CodeBlockActions } from '../../src/host/editor/code-block-actions';
import { recordingLog } from './recording-log';

/** The content of a file with two functions, of which `open` selects the second. */
export const twoFunctions = 'def one():\n    return 1\n\ndef two():\n    return 2\n';

/** Files in the folder of the window, to which answers propose changes. Each test has new code actions. */
export interface ProposalTestContext {
  readonly folder: string;
  readonly codeTracker: CodeTracker;
  readonly actions: CodeBlockActions;
  /** Writes a new file, and returns its name. */
  readonly write: (content?: string) => string;
  readonly uri: (name: string) => vscode.Uri;
  /** Opens a file with its second function selected. */
  readonly open: (name: string) => Promise<vscode.TextEditor>;
  /** The selected code of an editor, attached to a question and followed through edits. */
  readonly attachSelection: (editor: vscode.TextEditor) => AttachedCode;
  readonly textOf: (name: string) => Promise<string>;
}

/** @param prefix of the names of the files, so that those of other suites stay as they are */
export function createProposalContext(prefix: string): ProposalTestContext {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no folder is open');
  let codeTracker: CodeTracker;
  let actions: CodeBlockActions;
  let files = 0;

  beforeEach(() => {
    codeTracker = createCodeTracker();
    actions = createCodeBlockActions({ current: undefined }, codeTracker, recordingLog().log, realpath);
  });
  afterEach(async () => {
    actions.dispose();
    codeTracker.dispose();
    // VS Code would ask whether to save what is not saved.
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const uri = (name: string): vscode.Uri => vscode.Uri.file(join(folder, name));
  return {
    folder,
    uri,
    get codeTracker() {
      return codeTracker;
    },
    get actions() {
      return actions;
    },
    write(content = twoFunctions) {
      const name = `${prefix}-${++files}.py`;
      writeFileSync(join(folder, name), content);
      return name;
    },
    async open(name) {
      const editor = await vscode.window.showTextDocument(uri(name), { preview: false });
      editor.selection = new vscode.Selection(3, 0, 5, 0);
      return editor;
    },
    attachSelection(editor) {
      const reading = readSelection(editor);
      assert.ok(reading.kind === 'code');
      const [attachedCode] = attachedCodeOf(
        { text: 'Fix', attachments: reading.attachments },
        (text) => text,
      );
      assert.ok(attachedCode);
      codeTracker.track(attachedCode);
      return attachedCode;
    },
    textOf: async (name) => (await vscode.workspace.openTextDocument(uri(name))).getText(),
  };
}

/** Picks the items with these labels, or all, in the list that an action shows; returns all of its labels. */
export async function picking(
  labels: readonly string[] | 'all',
  act: () => Promise<void>,
): Promise<readonly string[]> {
  const { window } = vscode;
  const showQuickPick = window.showQuickPick;
  let shown: readonly vscode.QuickPickItem[] = [];
  const show = (items: readonly vscode.QuickPickItem[]): Promise<readonly vscode.QuickPickItem[]> => {
    shown = items;
    return Promise.resolve(items.filter(({ label }) => labels === 'all' || labels.includes(label)));
  };
  try {
    Object.assign(window, { showQuickPick: show });
    await act();
  } finally {
    Object.assign(window, { showQuickPick });
  }
  return shown.map(({ label, description }) => `${label} (${description})`);
}
