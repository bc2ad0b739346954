import type * as vscode from 'vscode';

/** Where VS Code shows a page. Hidden, the page is dropped; shown again, it is loaded anew. */
export interface Place {
  readonly kind: 'view' | 'tab';
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  /** It was hidden, or shown. */
  readonly onDidChange: vscode.Event<unknown>;
  readonly onDidDispose: vscode.Event<unknown>;
  /** Brings it to the front, with the focus. */
  reveal(): unknown;
}
