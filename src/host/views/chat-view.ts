import * as vscode from 'vscode';
import type { Page } from './chat-webview';
import type { Pages } from './chat-webviews';

/** The chat view in the side bar. */
export interface ChatPanel {
  /** VS Code has made a place for it. */
  open(view: vscode.WebviewView): void;
  /** Opens it and puts the focus on it; resolves when its page is there. */
  show(): Promise<Page>;
}

const viewId = 'o1mini.chat';

export function createChatPanel(pages: Pages): ChatPanel {
  const reveal = (): Thenable<unknown> => vscode.commands.executeCommand(`${viewId}.focus`);
  return {
    open(view) {
      pages.open({
        kind: 'view',
        webview: view.webview,
        get visible() {
          return view.visible;
        },
        onDidChange: view.onDidChangeVisibility,
        onDidDispose: view.onDidDispose,
        reveal,
      });
    },
    async show() {
      await reveal();
      return pages.whenThere('view');
    },
  };
}
