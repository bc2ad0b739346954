import type { EndpointProblem } from './endpoint';

/** The content of an error response, whichever shape it has (README.md, "Errors"). */
export interface ErrorResponse {
  readonly status: number;
  readonly message: string;
  readonly requestId?: string;
  /** Seconds that the service wants to be left alone, where it says so. */
  readonly retryAfter?: number;
}

/** Why a question has no whole answer. Stopping is no error: see `Outcome`. */
export type ChatError =
  | ({ readonly kind: 'bad-request' } & ErrorResponse)
  | ({ readonly kind: 'unauthorized' } & ErrorResponse)
  | ({ readonly kind: 'no-credit' } & ErrorResponse)
  | Forbidden
  | ModelNotFound
  | WrongAddress
  | ({ readonly kind: 'too-large' } & ErrorResponse)
  | ContextTooLong
  | ({ readonly kind: 'rate-limited' } & ErrorResponse)
  | ({ readonly kind: 'server' } & ErrorResponse)
  /** No connection, or one that broke; `detail` is the system's own word, such as ECONNREFUSED. */
  | { readonly kind: 'network'; readonly reason: NetworkReason; readonly detail: string }
  /** A proxy on the way refused, or could not be reached. */
  | ProxyFault
  /** A name that plain http was allowed for leads to an address where it is not; nothing was sent. */
  | { readonly kind: 'unexpected-address'; readonly host: string; readonly address: string }
  | { readonly kind: 'timeout'; readonly phase: TimeoutPhase; readonly seconds: number }
  /** The server wanted the question, and the key, sent elsewhere. */
  | { readonly kind: 'redirected'; readonly to: string }
  /** The stream ended without saying that the answer did. */
  | { readonly kind: 'truncated' }
  /** The service reported an error after it had begun to answer. */
  | { readonly kind: 'broken-off'; readonly message: string }
  /** After the answer had begun, something came that is no JSON. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** The server answered with success, but with nothing that is an answer. */
  | { readonly kind: 'not-an-answer'; readonly detail: string }
  /** The answer, or one event of it, is larger than any that is read. */
  | { readonly kind: 'answer-too-large'; readonly megabytes: number }
  /** Nothing was sent: the address in the settings is no address of a service. */
  | { readonly kind: 'bad-address'; readonly problem: EndpointProblem }
  /** VS Code was closed or reloaded before the answer had ended. */
  | { readonly kind: 'interrupted' };

export interface ModelNotFound extends ErrorResponse {
  readonly kind: 'model-not-found';
  readonly model: string;
  /** The replacement in the service's list of retired models, once that list was requested. */
  readonly replacedBy?: string;
}

/** 403 for another reason than credit. `blocked`: not the service answered, but something on the way to it. */
export interface Forbidden extends ErrorResponse {
  readonly kind: 'forbidden';
  readonly reason: 'region' | 'blocked' | 'permission';
}

interface WrongAddress extends ErrorResponse {
  readonly kind: 'wrong-address';
  /** The address that was asked, without its query. Absent in chats of earlier versions. */
  readonly url?: string;
  /** The `o1mini.baseUrl` that would ask the other likely path. */
  readonly alternative?: string;
}

interface ContextTooLong extends ErrorResponse {
  readonly kind: 'context-too-long';
  /** Tokens that the model can hold, and that the request has, as far as the service tells. */
  readonly limit?: number;
  readonly tokens?: number;
}

interface ProxyFault {
  readonly kind: 'proxy';
  /** Host and port, without the credentials that its setting may hold. */
  readonly proxy: string;
  /** The status the proxy returned; absent if it could not be reached. */
  readonly status?: number;
  /** The proxy's or the system's own words. */
  readonly detail: string;
}

type NetworkReason = 'dns' | 'refused' | 'reset' | 'tls' | 'unreachable';
export type TimeoutPhase = 'connect' | 'first-byte' | 'idle';

/** Hints of an error response for the next request, which are not shown. */
export interface RetryHints {
  /** The parameter that the service names. */
  readonly param?: string;
  /** Its word for what is wrong, such as `unsupported_value`. */
  readonly code?: string;
  /** The service's own word on asking again, where it gives one. */
  readonly shouldRetry?: boolean;
  /** Milliseconds that the service wants us to wait; perhaps negative, if it named a moment that is past. */
  readonly retryAfterMs?: number;
}

/** Carries a `ChatError` out of the pipe. */
export class ChatFailure extends Error {
  constructor(
    readonly error: ChatError,
    readonly advice: RetryHints = {},
  ) {
    super(error.kind);
  }
}
