import { reportError } from './errors';

/** Does a part of some work; whether there is more of it. */
export type Job = () => boolean;

/** Milliseconds of a task that work may take, so that what the user does is never waited for. */
const budget = 15;

/** What is left for the next tasks, the oldest first, each with what to do where it throws. */
const jobs = new Map<Job, (() => void) | undefined>();
/** A message is the next task: a timer waits, and a frame never comes while the page is hidden. */
const { port1: alarm, port2: next } = new MessageChannel();
let started: number | undefined;
let woken = false;

/**
 * Does a job at once as far as there is time in this task, and the rest of it in the next ones. A job that throws is
 * dropped, and the others go on.
 *
 * @param onError called where the job throws, after the error was reported
 */
export function inSlices(job: Job, onError?: () => void): void {
  if (jobs.has(job)) return;
  while (hasTime()) if (!runs(job, onError)) return;
  jobs.set(job, onError);
}

/** Whether there is more of a job. */
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
  return now - (started ??= now) < budget;
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
