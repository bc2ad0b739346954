import * as vscode from 'vscode';
import { createNonce, contentSecurityPolicy } from './content-security-policy';

/** The folder of the built webview code. A webview may read only from it. */
export function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** The HTML of a webview, with its Content Security Policy. */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const folder = webviewFolder(extensionUri);
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const nonce = createNonce();
  const policy = contentSecurityPolicy(nonce, webview.cspSource);
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="modulepreload" nonce="${nonce}" href="${address('main.js')}">
    <link rel="stylesheet" href="${address('main.css')}">
    <title>o1-mini Chat</title>
  </head>
  <body data-l10n="${attribute(JSON.stringify(vscode.l10n.bundle ?? {}))}">
    <script type="module" nonce="${nonce}" src="${address('main.js')}"></script>
  </body>
</html>`;
}

/** A text within the quotes of an attribute. */
function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
