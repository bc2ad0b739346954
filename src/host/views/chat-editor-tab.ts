import * as vscode from 'vscode';
import type { Sessions } from '../../core/chat/sessions';
import { chatTitle } from '../../core/chat/chat-list-entry';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { DisposableStore } from '../disposables';
import type { ChatWebviews } from './chat-webviews';

/** The chat in an editor tab, which can be moved to another window. A window has at most one. */
export interface ChatEditorTab {
  /** Opens it, or reveals it where it is open. */
  open(): void;
  /** Continues with the tab that VS Code restored after a reload. */
  restore(panel: vscode.WebviewPanel): void;
  dispose(): void;
}

const VIEW_TYPE = 'o1mini.chatEditor';

export function createChatEditorTab(
  extensionUri: vscode.Uri,
  sessions: Sessions,
  webviews: Pick<ChatWebviews, 'open'>,
): ChatEditorTab {
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', `tab-${theme}.svg`);
  const store = new DisposableStore();
  let current: vscode.WebviewPanel | undefined;

  function updateTitle(): void {
    const title = sanitizeLine(chatTitle(sessions.shown.conversation)) || vscode.l10n.t('o1-mini Chat');
    if (current && current.title !== title) current.title = title;
  }

  function restore(panel: vscode.WebviewPanel): void {
    current?.dispose();
    current = panel;
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    updateTitle();
    webviews.open({
      kind: 'editor',
      webview: panel.webview,
      get visible() {
        return panel.visible;
      },
      onDidChangeVisibility: panel.onDidChangeViewState,
      onDidDispose: panel.onDidDispose,
      reveal: () => panel.reveal(),
    });
    const listener = store.add(
      panel.onDidDispose(() => {
        store.release(listener);
        if (current === panel) current = undefined;
      }),
    );
  }

  sessions.onChange((_, event) => {
    // Events of an answer do not change the title.
    if (!event) updateTitle();
  });
  sessions.onShow(updateTitle);

  return {
    restore,
    dispose: () => store.dispose(),
    open() {
      if (current) current.reveal();
      else
        restore(
          vscode.window.createWebviewPanel(VIEW_TYPE, '', vscode.ViewColumn.Active, {
            enableFindWidget: true,
            retainContextWhenHidden: true,
          }),
        );
    },
  };
}
