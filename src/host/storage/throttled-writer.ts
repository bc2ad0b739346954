import type { Clock } from '../../core/clock';

/** Writes a value that changes often: at once after a pause, then as often as the interval allows. */
export interface ThrottledWriter<T> {
  /** The latest value that is not written yet; undefined if all is written. */
  readonly unsaved: { readonly value: T } | undefined;
  /** The error of the last attempt; undefined if it succeeded. */
  readonly failure: unknown;
  /** Sets the value to write, and replaces one that is not written yet. */
  put(value: T): void;
  /** Resolves after an attempt to write the value that is unsaved now, whether it succeeds or not. */
  flush(): Promise<void>;
}

/** Time until a failed write is repeated, in ms; it doubles with each failure up to the longest. */
const RETRY_DELAY_MS = { first: 1000, max: 60_000 };

/**
 * @param intervalMs how much of the latest changes a crash may cost
 * @param write is called with one value at a time; a value that is replaced while it waits is skipped, and one whose
 *   write fails is kept and written later
 * @param changed is called when `failure` has changed
 */
export function createThrottledWriter<T>(
  intervalMs: number,
  clock: Clock,
  write: (value: T) => Promise<void>,
  changed: () => void = () => undefined,
): ThrottledWriter<T> {
  return new RetryingWriter(intervalMs, clock, write, changed);
}

class RetryingWriter<T> implements ThrottledWriter<T> {
  unsaved: { readonly value: T } | undefined;
  failure: unknown;
  private failures = 0;
  private cancelTimer: (() => void) | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    private readonly intervalMs: number,
    private readonly clock: Clock,
    private readonly write: (value: T) => Promise<void>,
    private readonly changed: () => void,
  ) {}

  put(value: T): void {
    this.unsaved = { value };
    if (!this.writing && !this.cancelTimer) this.begin();
  }

  async flush(): Promise<void> {
    await this.writing;
    if (this.unsaved) await this.start();
  }

  /** The error of a failed write is in `failure`. */
  private begin(): void {
    this.start().catch(() => undefined);
  }

  private start(): Promise<void> {
    this.writing ??= this.writeLatest().finally(() => {
      this.writing = undefined;
      this.cancelTimer?.();
      this.cancelTimer = this.clock.after(this.pauseMs(), () => {
        this.cancelTimer = undefined;
        if (this.unsaved) this.begin();
      });
    });
    return this.writing;
  }

  private async writeLatest(): Promise<void> {
    const current = this.unsaved;
    if (!current) return;
    try {
      await this.write(current.value);
      if (this.unsaved === current) this.unsaved = undefined;
      this.failures = 0;
      this.setFailure(undefined);
    } catch (error) {
      this.failures++;
      this.setFailure(error ?? new Error('Unknown error'));
    }
  }

  private setFailure(next: unknown): void {
    const isChanged = next !== this.failure;
    this.failure = next;
    if (isChanged) this.changed();
  }

  private pauseMs(): number {
    if (this.failures === 0) return this.intervalMs;
    return Math.min(RETRY_DELAY_MS.first * 2 ** (this.failures - 1), RETRY_DELAY_MS.max);
  }
}
