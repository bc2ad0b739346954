import * as v from 'valibot';
import type { FromWebviewMessage } from './from-webview';
import type { ToWebviewMessage } from './to-webview';
import { firstIssue, type DeepReadonly } from './schema-helpers';
import { completion } from './views';

/**
 * `accepted`: the question is in the conversation or, while an answer is in progress, in the queue. `cancelled`: the user
 * decided not to send it, or opened another chat before it was sent. `rejected`: the question cannot be sent.
 */
const sendOutcome = v.picklist(['accepted', 'rejected', 'cancelled']);

/** The result of each request of a webview. */
const results = {
  send: sendOutcome,
  resendQuestion: sendOutcome,
  /** Previous questions, newest first. */
  promptHistory: v.array(v.string()),
  getCompletions: v.array(completion),
  completeSymbols: v.array(completion),
  /** The names that are files or symbols of the workspace. */
  findFiles: v.array(v.string()),
} as const satisfies Record<WebviewRequest['type'], v.GenericSchema>;

/** A message that the host answers with a response of the same id. */
export type WebviewRequest = Extract<FromWebviewMessage, { readonly requestId: number }>;
export type RequestType = WebviewRequest['type'];
export type RequestResult<T extends RequestType> = DeepReadonly<v.InferOutput<(typeof results)[T]>>;
export type SendOutcome = RequestResult<'send'>;
/** A request without the id, which is assigned when it is sent. */
export type RequestBody<T extends RequestType> = { readonly type: T } & Omit<
  Extract<WebviewRequest, { readonly type: T }>,
  'requestId' | 'type'
>;

/** Sends the requests of one webview. */
export interface Requester {
  /** Rejects if the host reports that the request failed, or answers in a form that is not expected. */
  request<T extends RequestType>(body: RequestBody<T>): Promise<RequestResult<T>>;
  /** Settles the request that the message answers. */
  receive(message: Extract<ToWebviewMessage, { readonly type: 'response' | 'requestFailed' }>): void;
}

interface Pending {
  readonly type: RequestType;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

export function createRequester(post: (request: WebviewRequest) => void): Requester {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  return {
    request(body) {
      const requestId = ++lastId;
      return new Promise((resolve, reject) => {
        pending.set(requestId, { type: body.type, resolve, reject });
        post({ ...body, requestId } as unknown as WebviewRequest);
      });
    },
    receive(message) {
      const request = pending.get(message.requestId);
      if (!request) return;
      pending.delete(message.requestId);
      const { type, resolve, reject } = request;
      if (message.type === 'requestFailed') {
        reject(new Error(`The request "${type}" failed.`));
        return;
      }
      const result = v.safeParse(results[type], message.result, firstIssue);
      if (result.success) resolve(result.output as never);
      else reject(new Error(`The response to "${type}" has an unknown form.`));
    },
  };
}
