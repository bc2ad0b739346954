import { createParser } from 'eventsource-parser';

export type ServerSentEvent =
  /** `data` of an event that its blank line closed. */
  | { readonly kind: 'event'; readonly data: string }
  /** `data` of an event that has a name of its own, such as `ping`. */
  | { readonly kind: 'named'; readonly data: string }
  /** `data` of the last event, which the end of the stream cut off: perhaps whole, perhaps not. */
  | { readonly kind: 'tail'; readonly data: string }
  /** An `event: error`, or a field line `error: …` as some servers write it. */
  | { readonly kind: 'error'; readonly data: string }
  /** An event, or a line of one, that was too long to be kept; nothing is read any more. */
  | { readonly kind: 'oversized'; readonly data: '' };

/**
 * The server-sent events in a stream of bytes, cut anywhere, in batches as they arrive. When the stream
 * breaks, the events that had arrived come first, then the error of the stream is thrown.
 *
 * @param maxEventSize characters that one event may have; events of 1 MB are real, endless ones would fill the memory
 */
export async function* serverSentEvents(
  bytes: AsyncIterable<Uint8Array>,
  maxEventSize: number,
): AsyncGenerator<readonly ServerSentEvent[], void> {
  let arrived: ServerSentEvent[] = [];
  let kind: 'event' | 'tail' = 'event';
  const parser = createParser({
    maxBufferSize: maxEventSize,
    onEvent: ({ event, data }) => arrived.push({ kind: kindOf(event) ?? kind, data }),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') arrived.push({ kind: 'oversized', data: '' });
      if (error.field === 'error') arrived.push({ kind: 'error', data: error.value ?? '' });
    },
  });
  // It takes off the one byte order mark that a stream may begin with; the parser would not know it in text.
  const decoder = new TextDecoder();
  let broken: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of bytes) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (arrived.length === 0) continue;
      yield arrived;
      arrived = [];
    }
  } catch (error) {
    broken = { error };
  }
  kind = 'tail';
  parser.feed(`${decoder.decode()}\n\n`);
  yield arrived;
  if (broken) throw broken.error;
}

/** Undefined for an event of the usual name, or none. */
function kindOf(name: string | undefined): 'error' | 'named' | undefined {
  if (name === undefined || name === 'message') return undefined;
  return name === 'error' ? 'error' : 'named';
}
