import { checkToWebview } from '../protocol/checks';
import type { FromWebviewMessage, ToWebviewMessage } from '../protocol/messages';

interface VsCodeApi {
  postMessage(message: FromWebviewMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();

export function post(message: FromWebviewMessage): void {
  vscode.postMessage(message);
}

/** Calls back with every message of the host; whatever else is posted to the window is dropped. */
export function onMessage(listener: (message: ToWebviewMessage) => void): void {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = checkToWebview(event.data);
    if (message) listener(message);
  });
}

/** What was saved last in this webview, also before it was hidden or the window was reloaded; it may be anything. */
export function savedState(): unknown {
  return vscode.getState();
}

export function saveState(state: unknown): void {
  vscode.setState(state);
}
