/** Bytes from which on a burst is not added to. */
const MAX_BURST_SIZE = 16 * 1024;
/** Turns of the queue of microtasks that a source may take for a chunk that it already has, through its generators. */
const MAX_TURNS = 12;

/**
 * Chunks of a body together with those behind them that have already arrived, because each pass through the client has
 * its price and packets of a network are small. Nothing waits for a chunk that is yet to come. What had arrived
 * when the body breaks comes before its error. A reader that leaves early aborts the request: the next chunk is asked
 * for already.
 */
export async function* bursts(body: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Uint8Array[], void> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    let pending = chunks.next();
    for (let step = await pending; step.done !== true; step = await pending) {
      const burst = [step.value];
      let size = step.value.length;
      pending = chunks.next();
      while (size < MAX_BURST_SIZE) {
        const arrived = await alreadyArrived(pending);
        if (!arrived) break;
        burst.push(arrived);
        size += arrived.length;
        pending = chunks.next();
      }
      // It may fail while the burst is read; it is awaited behind it.
      pending.catch(() => undefined);
      yield burst;
    }
  } finally {
    // Not awaited: it would wait for the chunk that is read ahead, which may never come.
    chunks.return?.().catch(() => undefined);
  }
}

/** The next chunk where it is there without waiting for anything but microtasks; the end and an error are none. */
async function alreadyArrived(
  pending: Promise<IteratorResult<Uint8Array, unknown>>,
): Promise<Uint8Array | undefined> {
  const settled: { step?: IteratorResult<Uint8Array, unknown>; failed?: true } = {};
  pending.then(
    (step) => (settled.step = step),
    () => (settled.failed = true),
  );
  for (let turn = 0; turn < MAX_TURNS && !settled.step && !settled.failed; turn++) await turnOfMicrotasks;
  return settled.step?.done === true ? undefined : settled.step?.value;
}

const turnOfMicrotasks = Promise.resolve();
