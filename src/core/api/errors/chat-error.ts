import type { EndpointProblem } from '../addresses/endpoint';

/** The content of an error response, whichever shape it has (src/core/api/README.md, "Errors"). */
export interface ErrorResponse {
  readonly status: number;
  readonly message: string;
  readonly requestId?: string;
  /** The `Retry-After` of the service, in seconds. */
  readonly retryAfter?: number;
}

/**
 * Why a question has no complete answer. A stopped answer is not an error, see `Outcome`.
 *
 * Stored in chats: the kinds and field names must not change.
 */
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
  /** No connection, or one that broke; `detail` is the error code of the system, such as ECONNREFUSED. */
  | { readonly kind: 'network'; readonly reason: NetworkReason; readonly detail: string }
  /** A proxy rejected the request or could not be reached. */
  | ProxyFault
  /** A host that may be requested over plain http resolved to an address that may not; nothing was sent. */
  | { readonly kind: 'unexpected-address'; readonly host: string; readonly address: string }
  | { readonly kind: 'timeout'; readonly phase: TimeoutPhase; readonly seconds: number }
  /** The server redirected the request to another origin, which must not receive the question and the key. */
  | Redirected
  | WrongScheme
  /**
   * An answer that has begun ends too early in three ways. `truncated`: the connection ended without `[DONE]` and
   * without a `finish_reason` for every choice. `broken-off`: the service reported an error in the answer.
   * `interrupted`: the window was closed or reloaded.
   */
  | { readonly kind: 'truncated' }
  | { readonly kind: 'broken-off'; readonly message: string }
  | { readonly kind: 'interrupted' }
  /** An event after the beginning of the answer was not JSON. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** The server answered with a success status, but the body is not an answer. */
  | { readonly kind: 'not-an-answer'; readonly detail: string }
  /** The answer or one of its events exceeds the limit. */
  | { readonly kind: 'answer-too-large'; readonly megabytes: number }
  /** Nothing was sent because the address in the settings is invalid. */
  | { readonly kind: 'bad-address'; readonly problem: EndpointProblem };

export interface ModelNotFound extends ErrorResponse {
  readonly kind: 'model-not-found';
  readonly model: string;
  /** The replacement, once the lists of the service were requested. */
  readonly replacedBy?: string;
  /** Facts about the replacement. Absent if the service names it, in chats of earlier versions. */
  readonly replacement?: {
    readonly reason: 'named' | 'alias' | 'nearest';
    /** In US dollars per million tokens. */
    readonly price?: { readonly input: number; readonly output: number };
    readonly context?: number;
  };
}

/**
 * A request that was understood and rejected, but not for credit. `blocked`: by a proxy or a firewall, not by the
 * service. `content`: by its content filter.
 */
export interface Forbidden extends ErrorResponse {
  readonly kind: 'forbidden';
  readonly reason: 'region' | 'blocked' | 'permission' | 'content';
}

interface WrongAddress extends ErrorResponse {
  readonly kind: 'wrong-address';
  /** The requested address, without its query. Absent in chats of earlier versions. */
  readonly url?: string;
  /** A value of `o1mini.baseUrl` that leads to the other likely path. */
  readonly alternative?: string;
  /** The API that the model needs, where the service says so. */
  readonly needs?: 'chat' | 'responses';
}

interface ContextTooLong extends ErrorResponse {
  readonly kind: 'context-too-long';
  /** The context window of the model and the size of the request in tokens, if the service names them. */
  readonly limit?: number;
  readonly tokens?: number;
}

interface Redirected {
  readonly kind: 'redirected';
  readonly to: string;
  /** Set if the server redirected the request again each time that it was sent to the new address. */
  readonly isLoop?: true;
  /** A value of `o1mini.baseUrl` for the new address, if that has the same host. */
  readonly alternative?: string;
}

/** A server that was requested over `https` answered without TLS, or one that was requested over `http` expects TLS. */
interface WrongScheme {
  readonly kind: 'wrong-scheme';
  readonly needs: 'http' | 'https';
  /** A value of `o1mini.baseUrl` with the other scheme, unless it is not allowed for the host. */
  readonly alternative?: string;
}

interface ProxyFault {
  readonly kind: 'proxy';
  /** Host and port, without the credentials that the proxy setting may contain. */
  readonly proxy: string;
  /** The status the proxy returned; absent if it could not be reached. */
  readonly status?: number;
  /** The message of the proxy, or the error code of the system. */
  readonly detail: string;
}

/** 'cors': the service responds, but does not allow a web page to read the response. The detail is the origin of the page. */
type NetworkReason = 'dns' | 'refused' | 'reset' | 'tls' | 'unreachable' | 'cors';

export type TimeoutPhase = 'connect' | 'first-byte' | 'idle';

/** Hints in an error response for the next request. They are not shown to the user. */
export interface ErrorHints {
  /** The name of the rejected parameter. */
  readonly param?: string;
  /** The error code, such as `unsupported_value`. */
  readonly code?: string;
  /** The header `x-should-retry`. */
  readonly shouldRetry?: boolean;
  /** The requested delay in ms; negative if the service named a time in the past. */
  readonly retryAfterMs?: number;
}

/** Thrown while an answer is read, to carry a `ChatError`. */
export class ChatFailure extends Error {
  constructor(
    readonly error: ChatError,
    readonly hints: ErrorHints = {},
  ) {
    super(error.kind);
  }
}
