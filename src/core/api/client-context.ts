import type { Clock } from '../clock';
import type { LearnedCorrections } from './corrections/learned-corrections';
import type { ChatEvent } from './events';
import type { Transport } from './transport';

/** The dependencies of the client, provided by the platform. */
export interface ClientServices {
  readonly transport: Transport;
  readonly clock: Clock;
  /** A number in [0, 1). It spreads the retries of clients that failed at the same time. */
  readonly random: () => number;
  readonly learnedCorrections: LearnedCorrections;
}

export type Emit = (event: ChatEvent) => void;

/** The dependencies of one question, for all of its requests. */
export interface ClientContext extends ClientServices {
  readonly signal: AbortSignal;
  readonly emit: Emit;
}
