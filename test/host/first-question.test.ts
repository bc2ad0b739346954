import assert from 'node:assert/strict';
import { cpSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, sep } from 'node:path';
import * as vscode from 'vscode';
import type { ChatCode } from '../../src/host/activation';
import type { Services } from '../../src/host/services';
import type { FromWebviewMessage } from '../../src/protocol/messages';
import { scratchFolder } from '../support/scratch-folder';
import { extensionUri } from './installed-extension';
import { memoryMemento } from './memory-memento';
import { recordingLog } from './recording-log';

const KILOBYTE = 1024;

/** In bytes: `chat.js`, and what it loads until an answer of a service without a key is complete and stored. */
const MAX_CODE_SIZE = 216 * KILOBYTE;

/** Runs the built code from a folder of its own, because the installed extension has loaded more for other tests. */
describe('The first question', () => {
  const received = new vscode.EventEmitter<FromWebviewMessage>();
  const folder = join(scratchFolder(), 'dist');
  const load = createRequire(folder + sep);
  let context: vscode.ExtensionContext;
  let services: Services;

  before(async () => {
    cpSync(join(extensionUri().fsPath, 'dist'), folder, { recursive: true });
    const { createServices, platform } = load('./chat.js') as ChatCode;
    context = contextIn(scratchFolder());
    const statusBarItem = { update: () => undefined, dispose: () => undefined };
    services = await createServices({ context, platform, statusBarItem, log: recordingLog().log });
  });
  after(() => {
    for (const subscription of context.subscriptions) subscription.dispose();
  });

  it(`loads at most ${MAX_CODE_SIZE / KILOBYTE} KB of code`, async () => {
    services.view.resolve(viewOf(received.event));
    received.fire({ type: 'ready' });
    const outcome = new Promise((resolve) => {
      services.sessions.onChange((_, event) => {
        if (event?.type === 'ended') resolve(event.outcome);
      });
    });
    received.fire({ type: 'draft', text: 'Why?', withSelection: false, revision: 1 });
    received.fire({ type: 'send', requestId: 1, text: 'Why?', withSelection: false });
    assert.deepEqual(await outcome, { kind: 'complete' });
    await services.suspend();
    const loaded = Object.keys(load.cache).filter((file) => file.startsWith(folder + sep));
    const sizes = loaded.map((file) => ({ file: basename(file), bytes: statSync(file).size }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(total <= MAX_CODE_SIZE, `${total} bytes: ${JSON.stringify(sizes, null, 2)}`);
    // No file was read or written by another window, no text could contain a secret, and no request failed.
    const unneeded = sizes.filter(({ file }) =>
      /^(?:chat-parser|verified-chat-index|merge-stored|secrets|key-redaction|next-step)-/.test(file),
    );
    assert.deepEqual(unneeded, []);
  });
});

function contextIn(path: string): vscode.ExtensionContext {
  const context = {
    extensionUri: extensionUri(),
    globalStorageUri: vscode.Uri.file(join(path, 'global')),
    storageUri: vscode.Uri.file(join(path, 'workspace')),
    globalState: memoryMemento(),
    workspaceState: memoryMemento(),
    secrets: {
      get: () => Promise.resolve(undefined),
      onDidChange: new vscode.EventEmitter().event,
    },
    subscriptions: [],
  };
  return context as unknown as vscode.ExtensionContext;
}

/** @param onDidReceiveMessage the messages that the user's actions in the webview post */
function viewOf(onDidReceiveMessage: vscode.Event<FromWebviewMessage>): vscode.WebviewView {
  const view = {
    visible: true,
    webview: {
      cspSource: 'https://webview.example',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage,
      postMessage: () => Promise.resolve(true),
    },
    onDidChangeVisibility: new vscode.EventEmitter().event,
    onDidDispose: new vscode.EventEmitter().event,
  };
  return view as unknown as vscode.WebviewView;
}
