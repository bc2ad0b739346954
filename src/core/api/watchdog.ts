import type { Clock } from '../clock';
import type { TimeoutPhase } from './errors';

/** Seconds that each phase of a request may take. */
export type Timeouts = Readonly<Record<TimeoutPhase, number>>;

export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';

  constructor(
    readonly phase: TimeoutPhase,
    readonly seconds: number,
  ) {
    super(phase);
  }
}

export interface Watchdog {
  /** Aborted with a `TimeoutError` when what was awaited did not come. */
  readonly signal: AbortSignal;
  /** Starts the time of a phase anew, ending that of the phase before. */
  expect(phase: TimeoutPhase): void;
  stop(): void;
}

export function createWatchdog(clock: Clock, timeouts: Timeouts): Watchdog {
  const controller = new AbortController();
  let cancel = (): void => undefined;
  return {
    signal: controller.signal,
    expect(phase) {
      cancel();
      const seconds = timeouts[phase];
      cancel = clock.after(seconds * 1000, () => controller.abort(new TimeoutError(phase, seconds)));
    },
    stop: () => cancel(),
  };
}
