import type { Dialect } from '../dialects/dialect';

/** A server that a user of o1-mini may switch to, and the state before the first question. */
export interface Profile {
  readonly dialect: Dialect;
  /** The settings of the user in addition to the address. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The number of words of an earlier answer in the chat. */
  readonly earlierWords?: number;
}
