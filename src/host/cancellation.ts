import type { CancellationToken } from 'vscode';

/** Runs something with a signal that is aborted when the token of VS Code is cancelled, or at once if it already is. */
export async function withAbortSignal<T>(
  token: CancellationToken,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancellation = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) controller.abort();
  try {
    return await run(controller.signal);
  } finally {
    cancellation.dispose();
  }
}
