/** The body as text, up to so many characters; what follows is not read. */
export async function readText(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    size += chunk.length;
    if (size > limit) break;
  }
  return (text + decoder.decode()).slice(0, limit);
}

/** The same, with what had come of it where it breaks. */
export async function readAvailableText(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  async function* unbroken(): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch {
      // The part that was received is sufficient.
    }
  }
  return readText(unbroken(), limit);
}

/** Bytes of white space that may come before a text. */
const MAX_LEADING_BLANK_BYTES = 64 * 1024;

/**
 * The first character of a text that is no white space and no byte order mark, empty where there is none, and
 * the body with all that was read for it still in it. Bytes may come one at a time, and blank lines before.
 */
export async function withFirstCharacter(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly first: string; readonly body: AsyncIterable<Uint8Array> }> {
  const rest = bytes[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  const read: Uint8Array[] = [];
  let first = '';
  let size = 0;
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    read.push(next.value);
    size += next.value.length;
    first = decoder.decode(next.value, { stream: true }).trimStart().charAt(0);
    if (first !== '' || size > MAX_LEADING_BLANK_BYTES) break;
  }
  return { first, body: startingWith(read, rest) };
}

/** Not a generator, which would add its own turns of the microtask queue to each chunk of a long answer. */
function startingWith(
  read: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncIterable<Uint8Array> {
  let at = 0;
  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      const value = read[at++];
      return value ? Promise.resolve({ value, done: false }) : rest.next();
    },
    // Leaving early must reach the socket.
    return: async () => (await rest.return?.()) ?? { value: undefined, done: true },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
/** Bytes from which on a burst is not added to. */
const MAX_BATCH_BYTES = 16 * 1024;

/** Turns of the queue of microtasks that a source may take for a chunk that it already has, through its generators. */
const MAX_MICROTASK_TURNS = 12;

/**
 * Chunks of a body together with those behind them that have already arrived, because each pass through the client has
 * its price and packets of a network are small. Nothing waits for a chunk that is yet to come. What had arrived
 * when the body breaks comes before its error. A reader that leaves early aborts the request: the next chunk is asked
 * for already.
 */
export async function* batchChunks(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly Uint8Array[], void> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    let pending = chunks.next();
    for (let step = await pending; step.done !== true; step = await pending) {
      const burst = [step.value];
      let size = step.value.length;
      pending = chunks.next();
      while (size < MAX_BATCH_BYTES) {
        const arrived = await ifAlreadyArrived(pending);
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
async function ifAlreadyArrived(
  pending: Promise<IteratorResult<Uint8Array, unknown>>,
): Promise<Uint8Array | undefined> {
  const settled: { step?: IteratorResult<Uint8Array, unknown>; failed?: true } = {};
  pending.then(
    (step) => (settled.step = step),
    () => (settled.failed = true),
  );
  for (let turn = 0; turn < MAX_MICROTASK_TURNS && !settled.step && !settled.failed; turn++)
    await turnOfMicrotasks;
  return settled.step?.done === true ? undefined : settled.step?.value;
}

const turnOfMicrotasks = Promise.resolve();
