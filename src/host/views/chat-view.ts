import * as vscode from 'vscode';
import type { ChatWebview } from './chat-webview';
import type { ChatWebviews } from './chat-webviews';

/** The chat view in the side bar. */
export interface ChatView {
  resolve(view: vscode.WebviewView): void;
  /** Opens and focuses the view; resolves when its webview is ready. */
  show(): Promise<ChatWebview>;
}

const VIEW_ID = 'o1mini.chat';

export function createChatView(webviews: ChatWebviews): ChatView {
  const reveal = (): Thenable<unknown> => vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  return {
    resolve(view) {
      webviews.open({
        kind: 'view',
        webview: view.webview,
        get visible() {
          return view.visible;
        },
        onDidChangeVisibility: view.onDidChangeVisibility,
        onDidDispose: view.onDidDispose,
        reveal,
      });
    },
    async show() {
      await reveal();
      return webviews.whenReady('view');
    },
  };
}
