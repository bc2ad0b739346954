import type { Clock } from '../clock';
import type { TimeoutPhase } from './errors/chat-error';

/** The time limit of each phase of a request, in seconds. */
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
  /** Aborted with a `TimeoutError` when the time limit of the current phase has passed. */
  readonly signal: AbortSignal;
  /** Starts a phase, or starts it again. The previous phase ends. */
  startPhase(phase: TimeoutPhase): void;
  stop(): void;
}

export function createWatchdog(clock: Clock, timeouts: Timeouts): Watchdog {
  const controller = new AbortController();
  let cancel = (): void => undefined;
  return {
    signal: controller.signal,
    startPhase(phase) {
      cancel();
      const seconds = timeouts[phase];
      cancel = clock.after(seconds * 1000, () => controller.abort(new TimeoutError(phase, seconds)));
    },
    stop: () => cancel(),
  };
}
