/** A worker that handles one request after the other, so that each has the full time. */
export interface TimeLimitedWorker<Request, Result> {
  /** Resolves with undefined if the request took too long or was cancelled. Rejects if the worker cannot be loaded. */
  run(request: Request): Promise<Result | undefined>;
  /** Cancels all requests that are not completed. */
  cancel(): void;
}

/** Text can make a grammar take quadratic time, and a regular expression exponential time. */
const TIMEOUT_MS = 2000;

/** @param load imports the built source of the worker */
export function createTimeLimitedWorker<Request, Result>(
  load: () => Promise<{ readonly default: string }>,
): TimeLimitedWorker<Request, Result> {
  let worker: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let cancellation = new AbortController();

  async function post(request: Request, signal: AbortSignal): Promise<Result | undefined> {
    const active = (worker ??= await start(load));
    // Also a request that was cancelled while the worker was loaded
    if (signal.aborted) return undefined;
    return new Promise((resolve) => {
      function finish(result?: Result): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve(result);
      }
      function end(): void {
        active.terminate();
        worker = undefined;
        finish();
      }
      const timer = setTimeout(end, TIMEOUT_MS);
      signal.addEventListener('abort', end);
      active.onmessage = ({ data }: MessageEvent<Result | undefined>) => finish(data);
      active.onerror = end;
      active.postMessage(request);
    });
  }

  return {
    run(request) {
      const { signal } = cancellation;
      const result = queue.then(() => post(request, signal));
      queue = result.catch(() => undefined);
      return result;
    },
    cancel() {
      cancellation.abort();
      cancellation = new AbortController();
    },
  };
}

/** Starts a worker from a blob, because a file of the extension has another origin than the webview. */
async function start(load: () => Promise<{ readonly default: string }>): Promise<Worker> {
  const { default: source } = await load();
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const started = new Worker(address);
  URL.revokeObjectURL(address);
  return started;
}
