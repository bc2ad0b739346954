/** The body as text, up to so many characters; what follows is not read. */
export async function wholeText(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
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
export async function textSoFar(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  async function* unbroken(): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch {
      // The part that was received is sufficient.
    }
  }
  return wholeText(unbroken(), limit);
}

/** Bytes of white space that may come before a text. */
const longestBlank = 64 * 1024;

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
    if (first !== '' || size > longestBlank) break;
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
