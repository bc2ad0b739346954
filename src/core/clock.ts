/** The time, passed in so that tests can control it. */
export interface Clock {
  /** The time in ms since a fixed moment. */
  now(): number;
  /** Calls back once after the given time in ms. Returns a function that cancels the call. */
  after(milliseconds: number, callback: () => void): () => void;
}
