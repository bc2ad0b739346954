import type { ChatError } from '../../../src/core/api';
import type { Exchange } from '../exchange';

/** The result that a correct client reports for a fault. */
export interface Expected {
  readonly outcome: 'complete' | ChatError['kind'];
  /** The text that it must keep, exactly. */
  readonly text: string;
  /** Whether it retries by itself, because no part of an answer had arrived and a retry may succeed. */
  readonly retried?: boolean;
  /** A part of its error message. */
  readonly messagePart?: string;
  /** The timeout that ends the request. */
  readonly phase?: 'first-byte' | 'idle';
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly finish?: string;
  /** The last reported number of prompt tokens. */
  readonly promptTokens?: number;
}

interface BaseFault {
  /** The name in the header `X-Fault: NAME` and in the path `/fault/NAME`. */
  readonly name: string;
  /** The response of the server, described in one line. */
  readonly description: string;
  readonly expected: Expected;
}

/** A fault that the server sends instead of an answer. */
export interface PlayedFault extends BaseFault {
  play(to: Exchange): Promise<void> | void;
}

/** A fault that occurs before HTTP begins, so it needs its own address. */
export interface AddressFault extends BaseFault {
  open(): Promise<Address>;
}

export interface Address {
  readonly origin: string;
  /** Resolves when all connections are closed. The clients must close theirs. */
  close(): Promise<void>;
}

export type Fault = PlayedFault | AddressFault;
