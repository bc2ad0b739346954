import * as vscode from 'vscode';
import type { ChatWebviews, ReadyWebview } from './chat-webviews';
import { newAnswersLabel, type UnseenAnswers } from './unseen-answers';

/** The chat view in the side bar. Its icon has a badge with the number of unseen answers, if it was opened before. */
export interface ChatView {
  resolve(view: vscode.WebviewView): void;
  /** Opens and focuses the view; resolves when its webview is ready. */
  show(): Promise<ReadyWebview>;
}

const VIEW_ID = 'o1mini.chat';

export function createChatView(
  webviews: Pick<ChatWebviews, 'open' | 'whenReady'>,
  unseen: Pick<UnseenAnswers, 'count' | 'onDidChange'>,
): ChatView {
  const reveal = (): Thenable<unknown> => vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  let current: vscode.WebviewView | undefined;
  unseen.onDidChange(() => {
    if (current) current.badge = badgeOf(unseen.count);
  });

  return {
    resolve(view) {
      current = view;
      view.badge = badgeOf(unseen.count);
      webviews.open({
        kind: 'view',
        webview: view.webview,
        get visible() {
          return view.visible;
        },
        onDidChangeVisibility: view.onDidChangeVisibility,
        onDidDispose: (listener) =>
          view.onDidDispose(() => {
            if (current === view) current = undefined;
            listener(undefined);
          }),
        reveal,
      });
    },
    async show() {
      await reveal();
      return webviews.whenReady('view');
    },
  };
}

function badgeOf(value: number): vscode.ViewBadge | undefined {
  return value === 0 ? undefined : { value, tooltip: newAnswersLabel(value) };
}
