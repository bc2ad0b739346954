import type { ChatError } from './errors/chat-error';

/** One HTTP request. The body is a string, so that it can be sent again. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  /** The value of a header, by its name in lower case. */
  header(name: string): string | undefined;
  /** The body while it is received. Throws `TransportError` if the connection breaks before its end. */
  readonly body: AsyncIterable<Uint8Array>;
}

interface Exchange {
  /** Resolves when the request was sent or has failed; never rejects. */
  readonly sent: Promise<void>;
  /** Rejects with `TransportError`, or with the reason of the signal if that was aborted. */
  readonly response: Promise<TransportResponse>;
}

/** Sends a request over the network; implemented by `platform/node` and `platform/web`. */
export type Transport = (request: TransportRequest) => Exchange;

export type TransportFault = Extract<
  ChatError,
  { kind: 'network' | 'redirected' | 'wrong-scheme' | 'proxy' | 'unexpected-address' }
>;

export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(readonly fault: TransportFault) {
    super(fault.kind);
  }
}
