import type { IncomingMessage } from 'http';
import type * as zlib from 'zlib';

type Source = IncomingMessage | zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress;

/**
 * What a stream brings, each part as soon as it is there. Unlike the stream's own iterator it first hands out
 * what had arrived when the stream broke, however slowly it is read, and throws then. Leaving it early
 * destroys the stream.
 */
export async function* arrivals(source: Source): AsyncGenerator<Uint8Array> {
  let wake = (): void => undefined;
  const call = (): void => wake();
  source.on('readable', call).on('end', call).on('error', call).on('close', call);
  try {
    for (;;) {
      const part = source.read() as Uint8Array | null;
      if (part) yield part;
      else if (source.readableEnded || source.destroyed) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (!source.readableEnded) throw source.errored ?? new Error('It closed before its end.');
  } finally {
    source.destroy();
  }
}
