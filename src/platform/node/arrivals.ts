import type { IncomingMessage } from 'http';
import type * as zlib from 'zlib';

type Source = IncomingMessage | zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress;

/** Bytes of a part behind which it pays to wait for others: each takes its way through all of the client. */
const small = 4096;
/** Milliseconds of that: nobody reads faster. */
const rest = 30;

/**
 * What a stream brings: the first part as soon as it is there, small ones together with those that come soon after.
 * Unlike the stream's own iterator it first hands out what had arrived when the stream broke, however slowly it is
 * read, and throws then. Leaving it early destroys the stream.
 */
export async function* arrivals(source: Source): AsyncGenerator<Uint8Array> {
  let wake = (): void => undefined;
  const call = (): void => wake();
  source.on('readable', call).on('end', call).on('error', call).on('close', call);
  try {
    for (;;) {
      const part = source.read() as Uint8Array | null;
      if (part) {
        yield part;
        if (part.length < small) await new Promise((resolve) => setTimeout(resolve, rest));
      } else if (source.readableEnded || source.destroyed) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (!source.readableEnded) throw source.errored ?? new Error('It closed before its end.');
  } finally {
    source.destroy();
  }
}
