import { TAB_ID_KEY } from '../protocol/tab-id';
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

/** The first script of the page has acquired it, and keeps the messages that arrive before the others are loaded. */
declare const vscode: VsCodeApi;
declare const earlyMessages: readonly unknown[];
declare const keepMessage: (event: MessageEvent<unknown>) => void;

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
  const receive = (data: unknown): void => {
    const message = checkToWebview(data);
    if (!message) return;
    if (message.type === 'response' || message.type === 'requestFailed') requester.receive(message);
    else listener(message);
  };
  removeEventListener('message', keepMessage);
  addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data));
  earlyMessages.forEach(receive);
}

/** The state that was saved last in this webview, also before it was hidden or reloaded. It is not validated. */
export function savedState(): unknown {
  return vscode.getState();
}

export function saveState(state: unknown): void {
  vscode.setState(state);
}

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
