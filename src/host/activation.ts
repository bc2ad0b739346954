import * as vscode from 'vscode';
import { lazy } from '../core/lazy';
import { registerCodeActions } from './commands/code-action-provider';
import { registerCommands } from './commands/commands';
import type { ExtensionApi } from './extension-api/api';
import { createExtensionApi } from './extension-api/create-api';
import { createLog } from './log';
import type { Platform } from './platform';
import type { createServices, Services } from './services';
import { createStatusBarItem } from './views/status-bar-item';
import { registerParticipant } from './vscode-chat/register-participant';
import { registerModelProvider } from './vscode-chat/register-model-provider';

/** The code of the chat with the implementations of its platform: `desktop.ts` or `web.ts`. */
export interface ChatCode {
  readonly createServices: typeof createServices;
  readonly platform: Platform;
}

export interface StartedExtension {
  /** The API for other extensions. */
  readonly api: ExtensionApi;
  /** Saves everything before the window closes. */
  suspend(): Promise<void>;
}

/**
 * Registers the extension. The code of the chat is loaded, and its files are read, when something first needs them; a
 * load that fails is tried again. Only the contributions that VS Code looks up by name, the code actions, and the item in
 * the status bar are registered here, because each call of the API of VS Code sends a message to another process.
 */
export function start(context: vscode.ExtensionContext, loadCode: () => Promise<ChatCode>): StartedExtension {
  const log = createLog('o1-mini Chat');
  const statusBarItem = createStatusBarItem();
  let loaded: Services | undefined;
  const services = lazy(async () => {
    const { createServices, platform } = await loadCode();
    loaded = await createServices({ context, platform, statusBarItem, log });
    return loaded;
  });
  const vsCodeChat = async () => (await services()).loadVsCodeChat();
  context.subscriptions.push(
    log,
    statusBarItem,
    vscode.window.registerWebviewViewProvider(
      'o1mini.chat',
      { resolveWebviewView: async (view) => (await services()).view.resolve(view) },
      { webviewOptions: { retainContextWhenHidden: true } },
    ),
    vscode.window.registerWebviewPanelSerializer('o1mini.chatEditor', {
      deserializeWebviewPanel: async (panel) => (await (await services()).loadChatEditorTab()).restore(panel),
    }),
    registerModelProvider(async () => (await vsCodeChat()).loadModelProvider()),
    registerParticipant(context.extensionUri, async () => (await vsCodeChat()).loadParticipant()),
    registerCodeActions(),
    registerCommands({ services, log, context }),
  );
  return {
    api: createExtensionApi(async () => (await vsCodeChat()).loadExtensionApi()),
    suspend: async () => loaded?.suspend(),
  };
}
