import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const minimalId = 'bench.minimal-view';

/**
 * Code of the extension, as text: its view is the least there can be, a box to type in and a text to which the
 * bytes of a response are appended as they come. A click in it asks the server of our own settings.
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

/** Writes the extension into a folder of extensions. */
export function writeMinimalView(extensionsDir: string): void {
  const folder = join(extensionsDir, minimalId);
  const [publisher, name] = minimalId.split('.');
  mkdirSync(folder);
  const manifest = {
    publisher,
    name,
    version: '0.0.1',
    engines: { vscode: '^1.90.0' },
    main: './main.js',
    contributes: {
      viewsContainers: { activitybar: [{ id: 'bench', title: 'Minimal', icon: 'icon.svg' }] },
      views: { bench: [{ type: 'webview', id: 'bench.view', name: 'Minimal' }] },
    },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"/>');
  writeFileSync(join(folder, 'main.js'), main);
}
