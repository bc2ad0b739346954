import { reportError } from '../ui/error-reporting';

/** Does a part of some work. Returns whether there is more to do. */
export type Job = () => boolean;

/** Longest time that one task may spend on scheduled work, in ms, so that user input is handled promptly. */
const BUDGET_MS = 15;

/** Unfinished jobs, oldest first, with their error handlers. */
const jobs = new Map<Job, (() => void) | undefined>();
/** Posts the next task. A timer would be delayed, and animation frames do not run while the page is hidden. */
const { port1: taskPort, port2: wakePort } = new MessageChannel();
let taskStart: number | undefined;
let isScheduled = false;

/**
 * Runs a job now, for as long as this task has time, and continues it in the following tasks. A job that throws is
 * dropped; the others continue.
 *
 * @param onError called if the job throws, after the error was reported
 * @returns whether the job has ended in this task
 */
export function runInTimeSlices(job: Job, onError?: () => void): boolean {
  if (jobs.has(job)) return false;
  while (hasTime()) if (!runPart(job, onError)) return true;
  jobs.set(job, onError);
  return false;
}

/** Runs one part of a job. Returns whether there is more to do. */
function runPart(job: Job, onError: (() => void) | undefined): boolean {
  try {
    return job();
  } catch (error) {
    reportError('Rendering', error);
    onError?.();
    return false;
  }
}

function hasTime(): boolean {
  scheduleTask();
  const now = performance.now();
  return now - (taskStart ??= now) < BUDGET_MS;
}

function scheduleTask(): void {
  if (isScheduled) return;
  isScheduled = true;
  wakePort.postMessage(undefined);
}

taskPort.onmessage = () => {
  isScheduled = false;
  taskStart = undefined;
  for (const [job, onError] of jobs) {
    while (hasTime()) {
      if (runPart(job, onError)) continue;
      jobs.delete(job);
      break;
    }
  }
  taskStart = undefined;
};

/** Runs an action when the browser is idle. Safari has no idle callback. */
export function whenIdle(action: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(action, { timeout: 2000 });
  else setTimeout(action, 500);
}
