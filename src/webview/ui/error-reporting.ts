import { post } from '../host';

/** Errors of a page that are reported; a fault that is repeated with every word must not fill the log. */
const MAX_REPORTS = 20;
/** Frames of the stack that are reported. */
const MAX_FRAMES = 8;

let reported = 0;

/** Writes an error into the log of the host. The text of a chat must not get there, and so only the engine's own messages do. */
export function reportError(doing: string, error: unknown): void {
  if (reported++ >= MAX_REPORTS) return;
  post({ type: 'logError', text: `${doing}: ${describe(error)}`.slice(0, 4000) });
}

/** Does something; an error of it is reported, and what comes after it goes on. */
export function guard(doing: string, action: () => void, onError?: () => void): void {
  try {
    action();
  } catch (error) {
    reportError(doing, error);
    onError?.();
  }
}

/** Reports what nothing else has caught. */
export function reportUncaughtErrors(): void {
  addEventListener('error', ({ error }: ErrorEvent) => reportError('Uncaught', error));
  addEventListener('unhandledrejection', ({ reason }) => reportError('Unhandled rejection', reason));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const message = error instanceof TypeError || error instanceof RangeError ? `: ${error.message}` : '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s*at |@/.test(line));
  return [`${error.name}${message}`, ...frames.slice(0, MAX_FRAMES)].join('\n');
}
