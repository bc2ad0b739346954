import { lazy } from '../core/lazy';
import * as vscode from 'vscode';
import type { Chat, createChat } from './services';
import { registerCommands } from './commands/commands';
import { trackActiveEditor } from './editor/active-editor';
import { createCodeActions } from './editor/code-actions';
import { createLog } from './log';
import type { Platform } from './platform';
import { createKeyStore } from './storage/keys';

/** The chat's own code, and what its platform has. */
export interface ChatCode {
  readonly createChat: typeof createChat;
  readonly platform: Platform;
}

/**
 * Registers the extension, and waits for nothing: the chat is loaded, and its files are read, when something first
 * needs it.
 *
 * @returns writes what is not yet written; the window is about to go
 */
export function start(
  context: vscode.ExtensionContext,
  loadCode: () => Promise<ChatCode>,
): () => Promise<void> {
  const log = createLog('o1-mini Chat');
  const keys = createKeyStore(context.secrets);
  const editor = trackActiveEditor();
  const codeActions = createCodeActions(editor, log);
  let loaded: Chat | undefined;
  const chat = lazy(async () => {
    const { createChat, platform } = await loadCode();
    loaded = await createChat({ context, platform, keys, editor, codeActions, log });
    return loaded;
  });
  context.subscriptions.push(
    log,
    editor,
    codeActions,
    vscode.window.registerWebviewViewProvider('o1mini.chat', {
      resolveWebviewView: async (view) => (await chat()).panel.open(view),
    }),
    vscode.window.registerWebviewPanelSerializer('o1mini.chatEditor', {
      deserializeWebviewPanel: async (panel) => (await (await chat()).tab()).adopt(panel),
    }),
    registerCommands({ chat, keys, editor, codeActions, log, manifest: context.extension.packageJSON }),
  );
  return async () => loaded?.suspend();
}
