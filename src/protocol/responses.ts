import type { FromWebviewMessage } from './from-webview';
import type { RequestResult, RequestType, WebviewRequest } from './requests';
import type { ToWebviewMessage } from './to-webview';

/** Tells the webview that a message was not handled, where it waits for a response. */
export function rejectRequest(message: FromWebviewMessage, post: (message: ToWebviewMessage) => void): void {
  if ('requestId' in message) post({ type: 'requestFailed', requestId: message.requestId });
}

/** Posts the result of a request to its webview, or that it failed, which `onError` reports. */
export function respond<T extends RequestType>(
  { requestId }: Extract<WebviewRequest, { readonly type: T }>,
  result: Promise<RequestResult<T>>,
  post: (message: ToWebviewMessage) => void,
  onError: (error: unknown) => void,
): void {
  result.then(
    (value) => post({ type: 'response', requestId, result: value }),
    (error: unknown) => {
      post({ type: 'requestFailed', requestId });
      onError(error);
    },
  );
}
