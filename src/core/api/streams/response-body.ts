import type { TransportResponse } from '../transport';

/** Reads the body as text, up to a limit in characters. The rest is not read. */
export async function readText(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  decoder = new TextDecoder(),
): Promise<string> {
  let text = '';
  let size = 0;
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    size += chunk.length;
    if (size > limit) break;
  }
  return (text + decoder.decode()).slice(0, limit);
}

/** The same, but returns the text so far if the body breaks, and decodes it with the charset of the content type. */
export async function readAvailableText(response: TransportResponse, limit: number): Promise<string> {
  async function* untilBroken(): AsyncGenerator<Uint8Array> {
    try {
      yield* response.body;
    } catch {
      // The part that was received is sufficient.
    }
  }
  return readText(untilBroken(), limit, decoderFor(response.header('content-type') ?? ''));
}

/**
 * The error page of a proxy may be in a regional charset. JSON is always UTF-8, and so is a text without a known
 * charset.
 */
function decoderFor(contentType: string): TextDecoder {
  const charset = /^(?!.*json).*\bcharset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** Largest amount of white space at the beginning of a text, in bytes. */
const MAX_LEADING_BLANK_BYTES = 64 * 1024;

/**
 * Reads ahead to the first character that is neither white space nor a byte order mark; empty if there is none. Bytes
 * may arrive one at a time, after blank lines.
 *
 * @returns the character, and the body with the bytes that were read ahead
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
  return { first, body: withReadAhead(read, rest) };
}

/** Not a generator, which would add microtask turns to each chunk of a long answer. */
function withReadAhead(
  read: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncIterable<Uint8Array> {
  let index = 0;
  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      const value = read[index++];
      return value ? Promise.resolve({ value, done: false }) : rest.next();
    },
    // Stopping early must close the socket.
    return: async () => (await rest.return?.()) ?? { value: undefined, done: true },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** Size from which a batch is no longer extended, in bytes. */
const MAX_BATCH_BYTES = 16 * 1024;

/** Number of microtask turns that a source may need, through its generators, for a chunk that it already has. */
const MAX_MICROTASK_TURNS = 12;

/**
 * Groups the chunks of a body with those that have already arrived, because network packets are small and each pass
 * through the client has a cost. Never waits for a chunk that has not arrived. If the body breaks, the chunks before
 * the error are yielded first. The next chunk is requested ahead, so a reader that stops early aborts the request.
 */
export async function* batchChunks(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly Uint8Array[], void> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    let pending = chunks.next();
    for (let step = await pending; step.done !== true; step = await pending) {
      const batch = [step.value];
      let size = step.value.length;
      pending = chunks.next();
      while (size < MAX_BATCH_BYTES) {
        const next = await ifAlreadyArrived(pending);
        if (!next) break;
        batch.push(next);
        size += next.length;
        pending = chunks.next();
      }
      // A rejection while the batch is processed must not be reported as unhandled; it is awaited afterwards.
      pending.catch(() => undefined);
      yield batch;
    }
  } finally {
    // Not awaited, because it would wait for the requested chunk, which may never arrive.
    chunks.return?.().catch(() => undefined);
  }
}

/**
 * The next chunk, if it is available after a few microtask turns; undefined otherwise, at the end, and after an
 * error.
 */
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
