import * as vscode from 'vscode';
import type { Sessions } from '../../core/chat/sessions';
import { chatTitle } from '../../core/chat/title';
import { inertValue } from '../../core/text/inert';
import type { Place } from './webview-host';

/** The chat in an editor tab, which can be moved to another window. */
export interface ChatTab {
  /** Opens it, or reveals the one that is there. */
  open(): void;
  /** Takes over the one that a reloaded window brings back. */
  adopt(panel: vscode.WebviewPanel): void;
}

const tabType = 'o1mini.chatEditor';

/** @param openPage loads the page of a place */
export function createChatTab(
  extensionUri: vscode.Uri,
  sessions: Sessions,
  openPage: (place: Place) => void,
): ChatTab {
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', `tab-${theme}.svg`);
  let current: vscode.WebviewPanel | undefined;

  function setTitle(): void {
    const title = inertValue(chatTitle(sessions.shown.conversation)) || vscode.l10n.t('o1-mini Chat');
    if (current && current.title !== title) current.title = title;
  }

  function adopt(panel: vscode.WebviewPanel): void {
    // One window has one.
    current?.dispose();
    current = panel;
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.onDidDispose(() => {
      if (current === panel) current = undefined;
    });
    setTitle();
    openPage({
      kind: 'tab',
      webview: panel.webview,
      get visible() {
        return panel.visible;
      },
      onDidChange: panel.onDidChangeViewState,
      onDidDispose: panel.onDidDispose,
      reveal: () => panel.reveal(),
    });
  }

  sessions.onChange((_, event) => {
    // What arrives of an answer gives no other title.
    if (!event) setTitle();
  });
  sessions.onShow(setTitle);

  return {
    adopt,
    open() {
      if (current) current.reveal();
      else
        adopt(
          vscode.window.createWebviewPanel(tabType, '', vscode.ViewColumn.Active, { enableFindWidget: true }),
        );
    },
  };
}
