import { reportError } from '../ui/error-reporting';

/** Does a part of some work. Returns whether there is more to do. */
export type Job = () => boolean;

/** Longest time that one task may spend on scheduled work, in ms, so that user input is handled promptly. */
const BUDGET_MS = 15;

/** Unfinished jobs, oldest first, with their error handlers. */
const jobs = new Map<Job, (() => void) | undefined>();
/** Posts the next task. A timer would be delayed, and animation frames do not run while the page is hidden. */
const { port1: alarm, port2: next } = new MessageChannel();
let started: number | undefined;
let woken = false;

/**
 * Runs a job now, for as long as this task has time, and continues it in the following tasks. A job that throws is
 * dropped; the others continue.
 *
 * @param onError called if the job throws, after the error was reported
 */
export function runInTimeSlices(job: Job, onError?: () => void): void {
  if (jobs.has(job)) return;
  while (hasTime()) if (!runs(job, onError)) return;
  jobs.set(job, onError);
}

/** Runs one part of a job. Returns whether there is more to do. */
function runs(job: Job, onError: (() => void) | undefined): boolean {
  try {
    return job();
  } catch (error) {
    reportError('Drawing', error);
    onError?.();
    return false;
  }
}

function hasTime(): boolean {
  wake();
  const now = performance.now();
  return now - (started ??= now) < BUDGET_MS;
}

function wake(): void {
  if (woken) return;
  woken = true;
  next.postMessage(undefined);
}

alarm.onmessage = () => {
  woken = false;
  started = undefined;
  for (const [job, onError] of jobs) {
    while (hasTime()) {
      if (runs(job, onError)) continue;
      jobs.delete(job);
      break;
    }
  }
  started = undefined;
};

/** Does something when there is nothing else to do; Safari does not say when that is. */
export function whenIdle(action: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(action, { timeout: 2000 });
  else setTimeout(action, 500);
}
