import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { OneShotOptions } from '../../src/host/chat/one-shot-request';
import { createCodeGenerator, type CodeGenerator } from '../../src/host/commands/generate-at-cursor';
import { createCodeTracker, type CodeTracker } from '../../src/host/editor/tracked-code/code-tracker';
import { createCodeBlockActions, type CodeBlockActions } from '../../src/host/editor/code-block-actions';
import { pausedAnswer } from '../e2e/replies';
import { createChatServiceContext, type ChatServiceContext } from './chat-service-test-context';
import { messagesDuring } from './dialogs';
import { errorDescriptions } from './webview-sync-services';

/** An answer with two code blocks. */
export const answer = 'Here:\n\n```python\ndef f():\n    return 1\n```\n\nUse it:\n\n```python\nf()\n```\n';

/** The first code block of the answer as it is inserted. */
export const inserted = (indentation: string): string => `${indentation}def f():\n${indentation}    return 1`;

/** A code generator with a server of its own. Hooks create it again for each test, and close its files. */
export interface GenerationContext {
  readonly context: ChatServiceContext;
  readonly folder: string;
  generator: CodeGenerator;
  /** The editor of the file that was opened last. */
  editor: vscode.TextEditor;
  /** Opens a file, with the cursor or the selection at these numbers. */
  readonly open: (
    content: string,
    ...at: [number, number] | [number, number, number, number]
  ) => Promise<void>;
  readonly text: () => string;
  readonly uri: () => vscode.Uri;
  /** Runs the command as if the user had written this in the input box. */
  readonly generate: (instruction?: string, cell?: vscode.NotebookCell) => Promise<void>;
  /** Runs the command with an answer that pauses after `def f():`, and acts there. */
  readonly duringPause: (act: () => unknown) => Promise<void>;
  readonly messages: (act: () => Promise<unknown>, button?: string) => Promise<readonly string[]>;
}

export function createGenerationContext(): GenerationContext {
  const context = createChatServiceContext();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no folder is open');
  let codeTracker: CodeTracker;
  let actions: CodeBlockActions;
  let seen = '';
  let onText = (): void => undefined;
  let files = 0;

  const functions: Partial<GenerationContext> = {
    context,
    folder,
    async open(content, ...at) {
      const file = join(folder, `generated-${++files}.py`);
      writeFileSync(file, content);
      // VS Code would keep a document open for minutes that its API has opened.
      const opened = activeEditorOf(vscode.Uri.file(file));
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), { preview: false });
      shared.editor = await opened;
      shared.editor.options = { insertSpaces: true, tabSize: 4 };
      const [line, character, toLine = line, toCharacter = character] = at;
      shared.editor.selection = new vscode.Selection(line, character, toLine, toCharacter);
    },
    text: () => shared.editor.document.getText(),
    uri: () => shared.editor.document.uri,
    async generate(instruction = 'Write f', cell) {
      const { window } = vscode;
      const original = window.showInputBox;
      Object.assign(window, { showInputBox: () => Promise.resolve(instruction) });
      try {
        await context.withServer({}, () => shared.generator.generate(cell));
      } finally {
        Object.assign(window, { showInputBox: original });
      }
    },
    async duringPause(act) {
      const { reply, resume } = pausedAnswer(['```python\n', 'def f():\n', '    return 1\n', '```\n'], 0);
      context.api.script(reply);
      const paused = new Promise<void>((resolve) => {
        onText = () => (seen.includes('def f():\n') ? resolve() : undefined);
      });
      const done = shared.generate();
      await paused;
      await act();
      resume();
      await done;
    },
    messages: async (act, button) => (await messagesDuring(act, button)).map(({ message }) => message),
  };
  // The hooks and `open` assign the other properties.
  const shared = functions as GenerationContext;

  beforeEach(() => {
    codeTracker = createCodeTracker();
    actions = createCodeBlockActions({ current: undefined }, codeTracker, context.log);
    seen = '';
    onText = () => undefined;
    const sendOneShotRequest: typeof context.sendOneShotRequest = (question, options: OneShotOptions) =>
      context.sendOneShotRequest(question, {
        ...options,
        onChange(state) {
          options.onChange(state);
          seen = state.text;
          onText();
        },
      });
    shared.generator = createCodeGenerator({
      editor: {
        get current() {
          return vscode.window.activeTextEditor;
        },
      },
      codeTracker,
      sendOneShotRequest,
      errors: errorDescriptions,
      loadCodeBlockActions: () => Promise.resolve(actions),
      log: context.log,
    });
  });
  afterEach(async () => {
    shared.generator.dispose();
    actions.dispose();
    codeTracker.dispose();
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  return shared;
}

/** Resolves with the editor of a file once it is active. */
function activeEditorOf(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return new Promise((resolve) => {
    const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.uri.toString() !== uri.toString()) return;
      listener.dispose();
      resolve(editor);
    });
  });
}

/** Resolves with the comparison that is active, once there is one. */
export async function activeComparison(): Promise<vscode.TabInputTextDiff> {
  const input = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  for (;;) {
    const current = input();
    if (current instanceof vscode.TabInputTextDiff) return current;
    await new Promise(setImmediate);
  }
}
