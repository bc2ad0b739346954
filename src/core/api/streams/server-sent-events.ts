import { createParser } from 'eventsource-parser';

export type ServerSentEvent =
  /** `data` of a complete event. */
  | { readonly kind: 'event'; readonly data: string }
  /** `data` of an event with a name, such as `ping`. */
  | { readonly kind: 'named'; readonly name: string; readonly data: string }
  /** `data` of the last event, if the stream ended without the blank line after it; it may be incomplete. */
  | { readonly kind: 'tail'; readonly data: string }
  /** An `event: error`, or a line with the field `error`, which some servers send. */
  | { readonly kind: 'error'; readonly data: string }
  /** An event or a line that exceeds the limit; nothing is read after it. */
  | { readonly kind: 'oversized'; readonly data: '' };

/** Reads server-sent events from chunks of bytes that may be split anywhere. */
export interface EventReader {
  /** The events that are complete after these chunks. */
  read(chunks: readonly Uint8Array[]): readonly ServerSentEvent[];
  /** The event that the end of the stream cut off, if any. */
  end(): readonly ServerSentEvent[];
}

/**
 * @param maxEventSize the maximum length of one event in characters. Events of 1 MB exist; without a limit, an
 * endless event would fill the memory
 */
export function createEventReader(maxEventSize: number): EventReader {
  let events: ServerSentEvent[] = [];
  let kind: 'event' | 'tail' = 'event';
  const parser = createParser({
    maxBufferSize: maxEventSize,
    onEvent: ({ event, data }) => {
      if (event === 'error') events.push({ kind: 'error', data });
      else if (event === undefined || event === 'message' || kind === 'tail') events.push({ kind, data });
      else events.push({ kind: 'named', name: event, data });
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') events.push({ kind: 'oversized', data: '' });
      // Some servers report an error in a line of JSON without a field.
      if (error.line?.startsWith('{') === true) events.push({ kind, data: error.line });
      if (error.field === 'error') events.push({ kind: 'error', data: error.value ?? '' });
    },
  });
  // The decoder removes the byte order mark at the beginning of the stream, as the parser would take it for text.
  const decoder = createChunkDecoder();

  function feed(text: string): readonly ServerSentEvent[] {
    events = [];
    parser.feed(text);
    return events;
  }

  return {
    read: (chunks) => feed(chunks.map((chunk) => decoder.decode(chunk)).join('')),
    end() {
      kind = 'tail';
      return feed(`${decoder.end()}\n\n`);
    },
  };
}

/** Decodes UTF-8 from chunks that may end within a character. */
export interface ChunkDecoder {
  decode(chunk: Uint8Array): string;
  /** The replacement character for an incomplete character at the end of the stream; empty if there is none. */
  end(): string;
}

/**
 * Equivalent to `TextDecoder` with `stream: true`, which in Node takes several times as long as decoding each chunk
 * on its own. Nearly every chunk ends with a complete character; the bytes of an incomplete one are kept for the next
 * chunk.
 */
export function createChunkDecoder(): ChunkDecoder {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let pending: Uint8Array | undefined;
  let isFirst = true;

  /** A byte order mark at the beginning of a stream is not part of the text. */
  function withoutByteOrderMark(text: string): string {
    if (!isFirst || text === '') return text;
    isFirst = false;
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  return {
    decode(chunk) {
      const bytes = pending ? concat(pending, chunk) : chunk;
      const end = bytes.length - incompleteByteCount(bytes);
      pending = end < bytes.length ? bytes.slice(end) : undefined;
      return withoutByteOrderMark(decoder.decode(pending ? bytes.subarray(0, end) : bytes));
    },
    end() {
      const text = pending ? decoder.decode(pending) : '';
      pending = undefined;
      return withoutByteOrderMark(text);
    },
  };
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

/** The number of bytes at the end that belong to an incomplete character. */
function incompleteByteCount(bytes: Uint8Array): number {
  for (let count = 1; count <= 3; count++) {
    const byte = bytes[bytes.length - count];
    if (byte === undefined || byte < 0x80) return 0;
    // Bytes from 0x80 to 0xbf continue a character.
    if (byte >= 0xc0) return sequenceLength(byte) > count ? count : 0;
  }
  return 0;
}

/** The length in bytes of a UTF-8 sequence that begins with this byte. */
function sequenceLength(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
