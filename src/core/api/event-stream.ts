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

/** Reads server-sent events from a stream of bytes, cut anywhere. */
export interface EventReader {
  /** The events that these chunks complete. */
  read(chunks: readonly Uint8Array[]): readonly ServerSentEvent[];
  /** The event that the end of the stream cut off, if there is one. */
  end(): readonly ServerSentEvent[];
}

/** @param maxEventSize characters that one event may have; events of 1 MB are real, endless ones would fill the memory */
export function createEventReader(maxEventSize: number): EventReader {
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
  // It takes off the byte order mark that a stream may begin with; the parser would not know it in text.
  const decoder = createChunkDecoder();

  function feed(text: string): readonly ServerSentEvent[] {
    arrived = [];
    parser.feed(text);
    return arrived;
  }

  return {
    read: (chunks) => feed(chunks.map((chunk) => decoder.decode(chunk)).join('')),
    end() {
      kind = 'tail';
      return feed(`${decoder.end()}\n\n`);
    },
  };
}

/** Undefined for an event of the usual name, or none. */
function kindOf(name: string | undefined): 'error' | 'named' | undefined {
  if (name === undefined || name === 'message') return undefined;
  return name === 'error' ? 'error' : 'named';
}
/** Decodes UTF-8 that arrives in chunks, which may end within a character. */
export interface ChunkDecoder {
  decode(chunk: Uint8Array): string;
  /** The text of a character that the end of the stream cut off; empty without one. */
  end(): string;
}

/**
 * Equal to `TextDecoder` with `stream: true`, which in Node takes several times as long as decoding each chunk by
 * itself. Nearly every chunk ends with a whole character; the bytes of one that does not wait for the next chunk.
 */
export function createChunkDecoder(): ChunkDecoder {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest: Uint8Array | undefined;
  let isFirst = true;

  /** A stream may begin with one byte order mark, which is not part of its text. */
  function withoutMark(text: string): string {
    if (!isFirst || text === '') return text;
    isFirst = false;
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  return {
    decode(chunk) {
      const bytes = rest ? joined(rest, chunk) : chunk;
      const end = bytes.length - incompleteByteCount(bytes);
      rest = end < bytes.length ? bytes.slice(end) : undefined;
      return withoutMark(decoder.decode(rest ? bytes.subarray(0, end) : bytes));
    },
    end() {
      const text = rest ? decoder.decode(rest) : '';
      rest = undefined;
      return withoutMark(text);
    },
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

/** The number of bytes at the end that begin a character of more bytes than there are. */
function incompleteByteCount(bytes: Uint8Array): number {
  for (let count = 1; count <= 3; count++) {
    const byte = bytes[bytes.length - count];
    if (byte === undefined || byte < 0x80) return 0;
    // Anything but the first byte of a character continues one.
    if (byte >= 0xc0) return sequenceLength(byte) > count ? count : 0;
  }
  return 0;
}

/** The number of bytes of a character that begins with this one. */
function sequenceLength(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
