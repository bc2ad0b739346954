import type { IncomingMessage } from 'http';
import * as zlib from 'zlib';
import { TransportError } from '../../core/api';

type Decoder = zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress;

/** More codings, one in another, are an attack. */
const MAX_CODINGS = 3;

// To finish with a flush takes a body that lacks its end for what it holds, as browsers do: whether an
// answer is whole is seen in its words.
const { Z_SYNC_FLUSH: finishFlush, BROTLI_OPERATION_FLUSH } = zlib.constants;

const DECODERS: ReadonlyMap<string, () => Decoder> = new Map<string, () => Decoder>([
  ['gzip', () => zlib.createGunzip({ finishFlush })],
  ['x-gzip', () => zlib.createGunzip({ finishFlush })],
  ['deflate', () => zlib.createInflate({ finishFlush })],
  ['br', () => zlib.createBrotliDecompress({ finishFlush: BROTLI_OPERATION_FLUSH })],
]);

/**
 * The body of a message as it was before it was encoded, each part as soon as it is there. We ask for no
 * coding, but some proxies apply one unasked. Leaving it early hangs up.
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
  const fed = feed(encoded, decoder);
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

/** Resolves with what broke the source; whatever the decoder itself thinks wrong, its own reader is told. */
async function feed(
  encoded: AsyncIterable<Uint8Array>,
  decoder: Decoder,
): Promise<{ readonly error: unknown } | undefined> {
  try {
    for await (const part of encoded) await write(decoder, part);
    return undefined;
  } catch (error) {
    return { error };
  } finally {
    decoder.end();
  }
}

/** Resolves when the decoder has room again. */
function write(decoder: Decoder, part: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    decoder.write(part, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function decodingError(codings: string, detail: string): TransportError {
  const said = `content-encoding ${codings}: ${detail}`;
  return new TransportError({ kind: 'network', reason: 'unreachable', detail: said });
}

type Source = IncomingMessage | zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress;

/** Parts smaller than this, in bytes, are joined, because every part costs a pass through the whole client. */
const MIN_CHUNK_BYTES = 4096;

/** How long to wait for more parts to join, in ms: shorter than anyone can notice. */
const JOIN_MS = 30;

/** Parts that are not held back after a pause: the role and the first words of an answer often come apart. */
const UNDELAYED_CHUNKS = 3;

/**
 * The parts of a stream: the first ones as soon as they arrive, then small ones together with those that follow soon.
 * Unlike the stream's own iterator it first hands out what had arrived when the stream broke, however slowly it is
 * read, and throws then. Leaving it early destroys the stream.
 */
async function* chunksOf(source: Source): AsyncGenerator<Uint8Array> {
  let wake = (): void => undefined;
  let prompt = UNDELAYED_CHUNKS;
  const call = (): void => wake();
  source.on('readable', call).on('end', call).on('error', call).on('close', call);
  try {
    for (;;) {
      const part = source.read() as Uint8Array | null;
      if (part) {
        yield part;
        if (part.length < MIN_CHUNK_BYTES && --prompt < 0) {
          await new Promise((resolve) => setTimeout(resolve, JOIN_MS));
        }
      } else if (source.readableEnded || source.destroyed) break;
      else {
        const start = performance.now();
        await new Promise<void>((resolve) => (wake = resolve));
        if (performance.now() - start > JOIN_MS) prompt = UNDELAYED_CHUNKS;
      }
    }
    if (!source.readableEnded) throw source.errored ?? new Error('It closed before its end.');
  } finally {
    source.destroy();
  }
}
