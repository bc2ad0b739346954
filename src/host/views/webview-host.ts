import type * as vscode from 'vscode';

/** The side bar's view or the editor tab that contains a webview. VS Code unloads the webview while it is hidden. */
export interface WebviewHost {
  readonly kind: 'view' | 'editor';
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
  readonly onDidDispose: vscode.Event<unknown>;
  /** Brings it to the front and focuses it. */
  reveal(): unknown;
}
