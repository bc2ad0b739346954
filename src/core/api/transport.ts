import type { ChatError } from './errors';

/** One HTTP request. The body is text, so that it can be sent again as it is. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  /** The value of a header by its lower-case name. */
  header(name: string): string | undefined;
  /** The body as it arrives. Throws `TransportError` when the connection breaks before its end. */
  readonly body: AsyncIterable<Uint8Array>;
}

interface Exchange {
  /** Resolves when the request has left, or has failed to; never rejects. */
  readonly sent: Promise<void>;
  /** Rejects with `TransportError`, or with the signal's reason when it was aborted. */
  readonly response: Promise<TransportResponse>;
}

/** The network access that a platform provides (`platform/node`, `platform/web`). */
export type Transport = (request: TransportRequest) => Exchange;

export type TransportFault = Extract<
  ChatError,
  { kind: 'network' | 'redirected' | 'proxy' | 'unexpected-address' }
>;

export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(readonly fault: TransportFault) {
    super(fault.kind);
  }
}
