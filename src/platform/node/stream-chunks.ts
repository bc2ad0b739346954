import type { IncomingMessage } from 'http';
import type { BrotliDecompress, Gunzip, Inflate, InflateRaw } from 'zlib';

export type Decoder = Gunzip | Inflate | InflateRaw | BrotliDecompress;

/** Chunks smaller than this, in bytes, are coalesced, because every chunk costs a pass through the whole client. */
const MIN_CHUNK_BYTES = 4096;

/** How long to wait for more chunks, in ms: too short to be noticed. */
const MAX_JOIN_DELAY_MS = 30;

/**
 * Number of chunks that are not delayed after a pause: the role and the first words of an answer often arrive
 * separately.
 */
const UNDELAYED_CHUNKS = 3;

/**
 * The chunks of a stream: the first ones as soon as they arrive, then small ones together with those that follow
 * soon. Unlike the stream's own iterator, it yields all received data before it throws the error of a broken stream.
 * Stopping early destroys the stream.
 */
export async function* chunksOf(source: IncomingMessage | Decoder): AsyncGenerator<Uint8Array> {
  let wake = (): void => undefined;
  let undelayed = UNDELAYED_CHUNKS;
  const onEvent = (): void => wake();
  source.on('readable', onEvent).on('end', onEvent).on('error', onEvent).on('close', onEvent);
  try {
    for (;;) {
      const chunk = source.read() as Uint8Array | null;
      if (chunk) {
        yield chunk;
        if (chunk.length < MIN_CHUNK_BYTES && --undelayed < 0) {
          await new Promise((resolve) => setTimeout(resolve, MAX_JOIN_DELAY_MS));
        }
      } else if (source.readableEnded || source.destroyed) break;
      else {
        const start = performance.now();
        await new Promise<void>((resolve) => (wake = resolve));
        if (performance.now() - start > MAX_JOIN_DELAY_MS) undelayed = UNDELAYED_CHUNKS;
      }
    }
    if (!source.readableEnded) throw source.errored ?? new Error('The stream was closed before its end.');
  } finally {
    source.destroy();
  }
}
