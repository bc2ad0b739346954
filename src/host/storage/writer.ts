import type { LogOutputChannel } from 'vscode';
import type { Clock } from '../../core/clock';

/** Writes something that changes often: at once after a pause, then as often as the interval allows. */
export interface Writer {
  /** There is something new to write. */
  touch(): void;
  /** Resolves when all that is new is written. */
  flush(): Promise<void>;
}

/**
 * @param interval milliseconds of changes that a crash may cost
 * @param write writes what is there when it is called; its failures go to the log
 */
export function createWriter(
  interval: number,
  clock: Clock,
  log: LogOutputChannel,
  write: () => Promise<void>,
): Writer {
  let dirty = false;
  let resting = false;
  let writing = Promise.resolve();

  function flush(): Promise<void> {
    if (!dirty) return writing;
    dirty = false;
    writing = writing.then(write).catch((error: unknown) => log.error(`Could not write: ${String(error)}`));
    return writing;
  }

  function rest(): void {
    resting = true;
    clock.after(interval, () => {
      resting = false;
      if (dirty) touch();
    });
  }

  function touch(): void {
    dirty = true;
    if (resting) return;
    void flush();
    rest();
  }

  return { touch, flush };
}
