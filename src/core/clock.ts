/** Time, handed in so that tests can hold it. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Calls back once after so many milliseconds; the answer cancels that. */
  after(milliseconds: number, callback: () => void): () => void;
}
