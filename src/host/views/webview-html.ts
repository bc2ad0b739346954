import * as vscode from 'vscode';
import { createNonce } from './content-security-policy';
import { webviewTemplate } from './webview-template';

/** The folder of the built webview code. A webview may read only from it. */
export function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** The HTML of a webview, in the language of the window. */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const folder = webviewFolder(extensionUri);
  return webviewTemplate({
    language: vscode.env.language,
    translations: vscode.l10n.bundle ?? {},
    nonce: createNonce(),
    ownSource: webview.cspSource,
    urlOf: (file) => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString(),
  });
}
