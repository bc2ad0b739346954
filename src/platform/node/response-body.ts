import type { IncomingMessage } from 'http';
import * as zlib from 'zlib';
import { TransportError } from '../../core/api';

type Decoder = zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress;

/** Largest number of nested content codings; more are an attack. */
const MAX_CODINGS = 3;

// Flushing at the end accepts a truncated body, as browsers do. Whether an answer is complete is determined from its
// content.
const { Z_SYNC_FLUSH: finishFlush, BROTLI_OPERATION_FLUSH } = zlib.constants;

const DECODERS: ReadonlyMap<string, () => Decoder> = new Map<string, () => Decoder>([
  ['gzip', () => zlib.createGunzip({ finishFlush })],
  ['x-gzip', () => zlib.createGunzip({ finishFlush })],
  ['deflate', () => zlib.createInflate({ finishFlush })],
  ['br', () => zlib.createBrotliDecompress({ finishFlush: BROTLI_OPERATION_FLUSH })],
]);

/**
 * The decoded body of a message, each chunk as soon as it is available. We request no coding, but some proxies apply
 * one. Stopping early closes the connection.
 */
export async function* decodedBody(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  const given = message.headers['content-encoding']?.toLowerCase() ?? '';
  const codings = given.split(',').map((coding) => coding.trim());
  const applied = codings.filter((coding) => coding !== '' && coding !== 'identity');
  try {
    if (applied.length > MAX_CODINGS) throw decodingError(given, 'too many');
    let body = chunksOf(message);
    for (const coding of applied.reverse()) {
      const decoder = DECODERS.get(coding);
      if (!decoder) throw decodingError(given, 'unknown');
      body = decoded(body, decoder(), given);
    }
    yield* body;
  } finally {
    message.destroy();
  }
}

async function* decoded(
  encoded: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  codings: string,
): AsyncGenerator<Uint8Array> {
  const fed = pipeInto(encoded, decoder);
  try {
    yield* chunksOf(decoder);
  } catch (error) {
    throw decodingError(
      codings,
      error instanceof Error && 'code' in error ? String(error.code) : String(error),
    );
  }
  const broken = await fed;
  if (broken) throw broken.error;
}

/**
 * Writes a source into a decoder. Resolves with the error of the source, if any; errors of the decoder are thrown by
 * its own reader.
 */
async function pipeInto(
  encoded: AsyncIterable<Uint8Array>,
  decoder: Decoder,
): Promise<{ readonly error: unknown } | undefined> {
  try {
    for await (const chunk of encoded) await write(decoder, chunk);
    return undefined;
  } catch (error) {
    return { error };
  } finally {
    decoder.end();
  }
}

/** Resolves when the decoder accepts more data. */
function write(decoder: Decoder, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    decoder.write(chunk, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function decodingError(codings: string, detail: string): TransportError {
  const message = `content-encoding ${codings}: ${detail}`;
  return new TransportError({ kind: 'network', reason: 'unreachable', detail: message });
}

type Source = IncomingMessage | zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress;

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
async function* chunksOf(source: Source): AsyncGenerator<Uint8Array> {
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
