import type { ChatError } from '../../../src/core/api';
import type { Exchange } from '../exchange';

/** What a good client makes of a fault. */
export interface Expected {
  readonly outcome: 'complete' | ChatError['kind'];
  /** The words that it must have kept, no more and no fewer. */
  readonly text: string;
  /** It asks again by itself: nothing of an answer had come, and the next try may do better. */
  readonly retried?: boolean;
  /** A part of what it has to tell the user. */
  readonly messagePart?: string;
  /** Which of its time limits ends a wait that would have no end. */
  readonly phase?: 'first-byte' | 'idle';
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly finish?: string;
  /** The tokens of the prompt, as counted last. */
  readonly promptTokens?: number;
}

interface Described {
  /** As in the header `X-Fault: name` and in the path `/fault/name`. */
  readonly name: string;
  /** What happens on the wire, in a line. */
  readonly description: string;
  readonly expected: Expected;
}

/** A fault of the server itself, in place of an answer. */
export interface PlayedFault extends Described {
  play(to: Exchange): Promise<void> | void;
}

/** A fault that comes before HTTP does, so that it needs an address of its own. */
export interface AddressFault extends Described {
  open(): Promise<Address>;
}

export interface Address {
  readonly origin: string;
  /** Resolves when every connection is closed: the clients have to close theirs. */
  close(): Promise<void>;
}

export type Fault = PlayedFault | AddressFault;
