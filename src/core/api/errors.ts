import type { EndpointProblem } from './endpoint';

/** What the service said of a refusal, read from whichever of its shapes (protocol.md, section 4). */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly requestId?: string;
}

/** Why a question has no whole answer. Stopping is no error: see `Outcome`. */
export type ChatError =
  | ({ readonly kind: 'bad-request' } & Refusal)
  | ({ readonly kind: 'unauthorized' } & Refusal)
  | ({ readonly kind: 'no-credit' } & Refusal)
  | ({ readonly kind: 'model-not-found'; readonly model: string } & Refusal)
  | ({ readonly kind: 'wrong-address' } & Refusal)
  | ({ readonly kind: 'rate-limited' } & Refusal)
  | ({ readonly kind: 'server' } & Refusal)
  /** No connection, or one that broke; `detail` is the system's own word, such as ECONNREFUSED. */
  | { readonly kind: 'network'; readonly reason: NetworkReason; readonly detail: string }
  | { readonly kind: 'timeout'; readonly phase: TimeoutPhase; readonly seconds: number }
  /** The server wanted the question, and the key, sent elsewhere. */
  | { readonly kind: 'redirected'; readonly to: string }
  /** The stream ended without saying that the answer did. */
  | { readonly kind: 'truncated' }
  /** The service reported an error after it had begun to answer. */
  | { readonly kind: 'broken-off'; readonly message: string }
  /** The server answered with success, but with nothing that is an answer. */
  | { readonly kind: 'not-an-answer'; readonly detail: string }
  /** Nothing was sent: the address in the settings is no address of a service. */
  | { readonly kind: 'bad-address'; readonly problem: EndpointProblem }
  /** VS Code was closed or reloaded before the answer had ended. */
  | { readonly kind: 'interrupted' };

type NetworkReason = 'dns' | 'refused' | 'reset' | 'tls' | 'unreachable';
export type TimeoutPhase = 'connect' | 'first-byte' | 'idle';

/** Carries a `ChatError` out of the pipe. */
export class ChatFailure extends Error {
  constructor(readonly error: ChatError) {
    super(error.kind);
  }
}
