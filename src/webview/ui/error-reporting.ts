import { post } from '../host';

/** Maximum number of reports of a webview, because an error may be repeated with every word of an answer. */
const MAX_REPORTS = 20;
/** Maximum number of stack frames in a report. */
const MAX_FRAMES = 8;

let reported = 0;

/**
 * Writes an error to the log of the host. Only messages of the JavaScript engine are included, because other messages may
 * contain text of a chat.
 *
 * @param doing the action that failed
 */
export function reportError(doing: string, error: unknown): void {
  if (reported++ >= MAX_REPORTS) return;
  post({ type: 'logError', text: `${doing}: ${describe(error)}`.slice(0, 4000) });
}

/** Runs an action and reports its error instead of throwing it, so that the caller continues. */
export function guard(doing: string, action: () => void, onError?: () => void): void {
  try {
    action();
  } catch (error) {
    reportError(doing, error);
    onError?.();
  }
}

/** Reports errors and rejections that are not caught. */
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
