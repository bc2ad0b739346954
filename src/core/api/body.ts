/** The body as text, up to about so many bytes; what follows is not read. */
export async function wholeText(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    size += chunk.length;
    if (size > limit) break;
  }
  return text + decoder.decode();
}

/** The first chunk that holds anything, and the body with that chunk still in it. */
export async function withFirstChunk(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly first: Uint8Array; readonly body: AsyncIterable<Uint8Array> }> {
  const rest = bytes[Symbol.asyncIterator]();
  let next = await rest.next();
  while (!next.done && next.value.length === 0) next = await rest.next();
  if (next.done) return { first: new Uint8Array(), body: nothing() };
  const first = next.value;
  return { first, body: startingWith(first, rest) };
}

async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    // Leaving early must reach the socket even before the rest was touched.
    await rest.return?.();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An empty body.
}
