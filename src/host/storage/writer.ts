import type { LogOutputChannel } from 'vscode';
import type { Clock } from '../../core/clock';

/** Writes something that changes often: at once after a pause, then as often as the interval allows. */
export interface Writer<T> {
  /** This is to be written, in place of what was and is not yet. */
  readonly put: (value: T) => void;
  /** Resolves when all that was put is written. */
  readonly flush: () => Promise<void>;
}

/**
 * @param interval milliseconds of changes that a crash may cost
 * @param write called with one value at a time; its failures go to the log
 */
export function createWriter<T>(
  interval: number,
  clock: Clock,
  log: LogOutputChannel,
  write: (value: T) => Promise<void>,
): Writer<T> {
  let unwritten: { readonly value: T } | undefined;
  let resting = false;
  let writing = Promise.resolve();

  /** What is there when its turn comes: where writing is slow, what was there before is not worth it any more. */
  async function writeLatest(): Promise<void> {
    if (!unwritten) return;
    const { value } = unwritten;
    unwritten = undefined;
    try {
      await write(value);
    } catch (error) {
      log.error(`Could not write: ${String(error)}`);
    }
  }

  function flush(): Promise<void> {
    if (unwritten) writing = writing.then(writeLatest);
    return writing;
  }

  function flushAndRest(): void {
    void flush();
    resting = true;
    clock.after(interval, () => {
      resting = false;
      if (unwritten) flushAndRest();
    });
  }

  return {
    flush,
    put(value) {
      unwritten = { value };
      if (!resting) flushAndRest();
    },
  };
}
