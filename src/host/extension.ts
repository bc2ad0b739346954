import * as vscode from 'vscode';
import { createChat, type Chat } from './chat/chat';
import { registerCommands } from './commands';
import { trackActiveEditor } from './editor/active-editor';
import { createCodeActions } from './editor/code-actions';
import type { Platform } from './platform';
import { createKeyStore } from './storage/keys';

/** Builds the extension upon what its platform has. */
export async function start(context: vscode.ExtensionContext, platform: Platform): Promise<Chat> {
  const log = vscode.window.createOutputChannel('o1-mini Chat', { log: true });
  const keys = createKeyStore(context.secrets);
  const editor = trackActiveEditor();
  const codeActions = createCodeActions(editor, log);
  const chat = await createChat({ context, platform, keys, editor, codeActions, log });
  context.subscriptions.push(
    log,
    editor,
    codeActions,
    vscode.window.registerWebviewViewProvider('o1mini.chat', chat.panel),
    vscode.window.registerWebviewPanelSerializer('o1mini.chatEditor', {
      deserializeWebviewPanel: async (panel) => (await chat.tab()).adopt(panel),
    }),
    registerCommands({ chat, keys, editor, codeActions, log }),
  );
  return chat;
}
