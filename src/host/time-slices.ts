/** Longest time for which work may block the extension host, in ms. */
const SLICE_MS = 20;

/** Lets other work of the extension host run. */
export function yieldNow(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * Keeps a loop of many small steps from blocking the extension host. The returned function is awaited after each step;
 * after `SLICE_MS` it lets other work run.
 */
export function createYielder(): () => Promise<void> {
  let sliceEnd = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < sliceEnd) return;
    await yieldNow();
    sliceEnd = performance.now() + SLICE_MS;
  };
}
