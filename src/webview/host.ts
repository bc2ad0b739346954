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

/** What was written and not yet sent; VS Code keeps it while the page is gone. */
export function loadDraft(): string {
  const state = vscode.getState();
  return typeof state === 'string' ? state : '';
}

export function saveDraft(text: string): void {
  vscode.setState(text);
}
