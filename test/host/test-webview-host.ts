import * as vscode from 'vscode';
import type { WebviewHost } from '../../src/host/views/chat-webview';
import type { FromWebviewMessage, ToWebviewMessage } from '../../src/protocol/messages';

type Posted<Type extends ToWebviewMessage['type']> = Extract<ToWebviewMessage, { readonly type: Type }>;

/** A host whose webview is played by the test. */
export interface TestWebviewHost extends WebviewHost {
  readonly received: readonly ToWebviewMessage[];
  readonly send: (message: FromWebviewMessage) => void;
  show(): void;
  hide(): void;
  dispose(): void;
  last<Type extends ToWebviewMessage['type']>(type: Type): Posted<Type> | undefined;
}

export function createTestWebviewHost(kind: WebviewHost['kind']): TestWebviewHost {
  const incoming = new vscode.EventEmitter<unknown>();
  const changed = new vscode.EventEmitter<unknown>();
  const disposed = new vscode.EventEmitter<unknown>();
  const received: ToWebviewMessage[] = [];
  let visible = true;
  const webview = {
    cspSource: 'https://webview.test',
    asWebviewUri: (uri: vscode.Uri) => uri,
    onDidReceiveMessage: incoming.event,
    postMessage: (message: ToWebviewMessage) => Promise.resolve(received.push(message) > 0),
  };
  return {
    kind,
    webview: webview as unknown as vscode.Webview,
    get visible() {
      return visible;
    },
    onDidChangeVisibility: changed.event,
    onDidDispose: disposed.event,
    reveal: () => undefined,
    received,
    send(message) {
      incoming.fire(message);
    },
    show() {
      visible = true;
      changed.fire(undefined);
    },
    hide() {
      visible = false;
      changed.fire(undefined);
    },
    dispose: () => disposed.fire(undefined),
    last: (type) => received.findLast((message): message is Posted<typeof type> => message.type === type),
  };
}
