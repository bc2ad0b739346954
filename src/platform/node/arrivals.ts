import type { IncomingMessage } from 'http';
import type * as zlib from 'zlib';

type Source = IncomingMessage | zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress;

/** Parts smaller than this, in bytes, are joined, because every part costs a pass through the whole client. */
const SMALL_PART = 4096;
/** How long to wait for more parts to join, in ms: shorter than anyone can notice. */
const JOIN_MS = 30;
/** Parts that are not held back after a pause: the role and the first words of an answer often come apart. */
const PROMPT_PARTS = 3;

/**
 * The parts of a stream: the first ones as soon as they arrive, then small ones together with those that follow soon.
 * Unlike the stream's own iterator it first hands out what had arrived when the stream broke, however slowly it is
 * read, and throws then. Leaving it early destroys the stream.
 */
export async function* arrivals(source: Source): AsyncGenerator<Uint8Array> {
  let wake = (): void => undefined;
  let prompt = PROMPT_PARTS;
  const call = (): void => wake();
  source.on('readable', call).on('end', call).on('error', call).on('close', call);
  try {
    for (;;) {
      const part = source.read() as Uint8Array | null;
      if (part) {
        yield part;
        if (part.length < SMALL_PART && --prompt < 0) {
          await new Promise((resolve) => setTimeout(resolve, JOIN_MS));
        }
      } else if (source.readableEnded || source.destroyed) break;
      else {
        const start = performance.now();
        await new Promise<void>((resolve) => (wake = resolve));
        if (performance.now() - start > JOIN_MS) prompt = PROMPT_PARTS;
      }
    }
    if (!source.readableEnded) throw source.errored ?? new Error('It closed before its end.');
  } finally {
    source.destroy();
  }
}
