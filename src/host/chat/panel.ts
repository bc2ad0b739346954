import * as vscode from 'vscode';
import { checkFromWebview } from '../../protocol/checks';
import type { FromWebviewMessage, ToWebviewMessage } from '../../protocol/messages';
import { webviewFolder, webviewHtml } from './html';

/** The chat view in the side bar. VS Code drops its page while it is hidden and loads it anew when it is shown. */
export interface ChatPanel extends vscode.WebviewViewProvider {
  /** Says something to the page; nothing where there is none. */
  readonly post: (message: ToWebviewMessage) => void;
  /** Whether its page is there to be seen. */
  readonly inSight: boolean;
  /** Opens the view and puts the focus on it; resolves when its page has said that it is ready. */
  show(): Promise<void>;
}

export interface PanelEvents {
  onMessage(message: FromWebviewMessage): void;
  /** The page is gone. */
  onGone(): void;
}

const viewId = 'o1mini.chat';

export function createChatPanel(
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
  events: PanelEvents,
): ChatPanel {
  let page: vscode.Webview | undefined;
  let ready = Promise.withResolvers<undefined>();

  function receive(webview: vscode.Webview, message: unknown): void {
    const checked = checkFromWebview(message);
    if (!checked) {
      log.warn('Dropped a message of the panel that is none of ours.');
      return;
    }
    if (checked.type === 'ready') page = webview;
    events.onMessage(checked);
    if (checked.type === 'ready') ready.resolve(undefined);
  }

  /** A view that was moved is replaced by another before it goes. */
  function gone(webview: vscode.Webview): void {
    if (page !== webview) return;
    page = undefined;
    ready = Promise.withResolvers();
    events.onGone();
  }

  return {
    resolveWebviewView(view) {
      const { webview } = view;
      webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
      webview.onDidReceiveMessage((message: unknown) => receive(webview, message));
      view.onDidChangeVisibility(() => {
        if (!view.visible) gone(webview);
      });
      view.onDidDispose(() => gone(webview));
      webview.html = webviewHtml(webview, extensionUri);
    },
    get inSight() {
      return page !== undefined;
    },
    post: (message) => void page?.postMessage(message),
    async show() {
      await vscode.commands.executeCommand(`${viewId}.focus`);
      await ready.promise;
    },
  };
}
