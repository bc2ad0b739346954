import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeMinimalExtension } from '../support/minimal-extension';

export const minimalId = 'bench.minimal-view';

/**
 * The code of a minimal extension. Its view has only a text box and a text to which each part of a response is
 * appended. A click sends a question to the server in the settings of o1-mini Chat.
 */
const main = `
const vscode = require('vscode');
const http = require('http');
const page = \`<!DOCTYPE html><html><body><div role="log"></div><textarea></textarea><script>
  const host = acquireVsCodeApi();
  const log = document.querySelector('[role=log]');
  addEventListener('message', ({ data }) => log.append(data));
  addEventListener('click', () => host.postMessage('ask'));
</script></body></html>\`;
exports.activate = () => {
  vscode.window.registerWebviewViewProvider('bench.view', {
    resolveWebviewView({ webview }) {
      webview.options = { enableScripts: true };
      webview.onDidReceiveMessage(() => {
        const origin = vscode.workspace.getConfiguration('o1mini').get('baseUrl');
        const options = { method: 'POST', headers: { 'content-type': 'application/json' } };
        const request = http.request(origin + '/v1/chat/completions', options, (response) => {
          response.setEncoding('utf8').on('data', (text) => webview.postMessage(text));
        });
        const messages = [{ role: 'user', content: 'Hello' }];
        request.end(JSON.stringify({ model: 'o1-mini', messages, stream: true }));
      });
      webview.html = page;
    },
  });
};
`;

/** Installs the minimal extension into a folder of extensions. */
export function writeMinimalView(extensionsDir: string): void {
  const folder = join(extensionsDir, minimalId);
  writeMinimalExtension(folder, minimalId, main, {
    contributes: {
      viewsContainers: {
        secondarySidebar: [
          { id: 'bench', title: 'Minimal', icon: 'icon.svg' },
          { id: 'empty', title: 'Empty', icon: 'icon.svg' },
        ],
      },
      views: {
        bench: [{ type: 'webview', id: 'bench.view', name: 'Minimal' }],
        empty: [{ id: 'bench.empty', name: 'Empty' }],
      },
    },
  });
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"/>');
}
