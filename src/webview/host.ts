import { checkToWebview } from '../protocol/to-webview';
import type { FromWebviewMessage, ToWebviewMessage } from '../protocol/messages';
import {
  createRequester,
  type RequestBody,
  type RequestResult,
  type RequestType,
} from '../protocol/requests';

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

/** A message of the host that is not the response to a request. */
export type HostMessage = Exclude<ToWebviewMessage, { type: 'response' | 'requestFailed' }>;

const requester = createRequester(post);

/** Posts a request; resolves with the result, and rejects where the host reports that the request failed. */
export function request<T extends RequestType>(body: RequestBody<T>): Promise<RequestResult<T>> {
  return requester.request(body);
}

/**
 * Calls back with every message of the host that is not the response to a request; whatever else is posted to the window
 * is dropped.
 */
export function onMessage(listener: (message: HostMessage) => void): void {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = checkToWebview(event.data);
    if (!message) return;
    if (message.type === 'response' || message.type === 'requestFailed') requester.receive(message);
    else listener(message);
  });
}

/** The state that was saved last in this webview, also before it was hidden or reloaded. It is not validated. */
export function savedState(): unknown {
  return vscode.getState();
}

export function saveState(state: unknown): void {
  vscode.setState(state);
}

const TAB_ID_KEY = 'o1mini.tab';

/** An ID that this browser tab keeps when it is reloaded; undefined if it has no session storage. */
export function browserTabId(): string | undefined {
  try {
    const id = sessionStorage.getItem(TAB_ID_KEY) ?? crypto.randomUUID();
    sessionStorage.setItem(TAB_ID_KEY, id);
    return id;
  } catch {
    return undefined;
  }
}
