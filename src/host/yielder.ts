/** Time that work may block the extension host, in ms. */
const SLICE_MS = 20;

/**
 * Keeps a loop of many small steps from blocking the extension host. The returned function is awaited after each step;
 * after `SLICE_MS` it lets other work run.
 */
export function createYielder(): () => Promise<void> {
  let sliceEnd = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < sliceEnd) return;
    await new Promise<void>((resolve) => setTimeout(resolve));
    sliceEnd = performance.now() + SLICE_MS;
  };
}
