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
      const end = bytes.length - unfinishedBytes(bytes);
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
function unfinishedBytes(bytes: Uint8Array): number {
  for (let count = 1; count <= 3; count++) {
    const byte = bytes[bytes.length - count];
    if (byte === undefined || byte < 0x80) return 0;
    // Anything but the first byte of a character continues one.
    if (byte >= 0xc0) return lengthBehind(byte) > count ? count : 0;
  }
  return 0;
}

/** The number of bytes of a character that begins with this one. */
function lengthBehind(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
