import * as zlib from 'zlib';
import { TransportError } from '../../core/api';
import { chunksOf, type Decoder } from './stream-chunks';

/** Largest number of nested content codings; more are an attack. */
const MAX_CODINGS = 3;

/** A content coding. */
interface Coding {
  readonly createDecoder: () => Decoder;
  /** Decodes the beginning of a body at once. */
  readonly decode: (body: Uint8Array, maxOutputLength: number) => Promise<Uint8Array>;
}

// Flushing at the end accepts a truncated body, as browsers do. Whether an answer is complete is determined from its
// content.
const { Z_SYNC_FLUSH: finishFlush, BROTLI_OPERATION_FLUSH } = zlib.constants;

const GZIP: Coding = {
  createDecoder: () => zlib.createGunzip({ finishFlush }),
  decode: (body, maxOutputLength) =>
    resultOf((done) => zlib.gunzip(body, { finishFlush, maxOutputLength }, done)),
};
const DEFLATE: Coding = {
  createDecoder: () => zlib.createInflate({ finishFlush }),
  decode: (body, maxOutputLength) =>
    resultOf((done) => zlib.inflate(body, { finishFlush, maxOutputLength }, done)),
};
const DEFLATE_WITHOUT_HEADER: Coding = {
  createDecoder: () => zlib.createInflateRaw({ finishFlush }),
  decode: (body, maxOutputLength) =>
    resultOf((done) => zlib.inflateRaw(body, { finishFlush, maxOutputLength }, done)),
};
const brotliFlush = { finishFlush: BROTLI_OPERATION_FLUSH };
const BROTLI: Coding = {
  createDecoder: () => zlib.createBrotliDecompress(brotliFlush),
  decode: (body, maxOutputLength) =>
    resultOf((done) => zlib.brotliDecompress(body, { ...brotliFlush, maxOutputLength }, done)),
};

function resultOf(decode: (done: zlib.CompressCallback) => void): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    decode((error, result) => (error ? reject(error) : resolve(result)));
  });
}

const CODINGS = new Map<string, (firstByte: number) => Coding>([
  ['gzip', () => GZIP],
  ['x-gzip', () => GZIP],
  // Many servers leave out the header, whose first byte ends with the bits 1000.
  ['deflate', (firstByte) => ((firstByte & 0xf) === 8 ? DEFLATE : DEFLATE_WITHOUT_HEADER)],
  ['br', () => BROTLI],
]);

/** Codings that are in use, but that cannot be decoded here. */
const UNSUPPORTED_CODINGS: ReadonlySet<string> = new Set(['zstd', 'compress', 'x-compress', 'dcb', 'dcz']);

/**
 * Decodes a body, each chunk as soon as it is available. Words that are not codings, such as `none` and `utf-8`, are
 * ignored, as browsers do.
 *
 * @param codings in the order in which they were applied
 */
export function decodeBody(
  body: AsyncGenerator<Uint8Array>,
  codings: readonly string[],
): AsyncGenerator<Uint8Array> {
  const given = codings.join(', ');
  if (codings.some((coding) => UNSUPPORTED_CODINGS.has(coding))) throw decodingError(given, 'unsupported');
  const applied = codings.flatMap((coding) => CODINGS.get(coding) ?? []);
  if (applied.length > MAX_CODINGS) throw decodingError(given, 'too many');
  return applied.reduceRight((encoded, codingOf) => decoded(encoded, codingOf, given), body);
}

/** @param codingOf the coding of a body that begins with this byte */
async function* decoded(
  encoded: AsyncGenerator<Uint8Array>,
  codingOf: (firstByte: number) => Coding,
  codings: string,
): AsyncGenerator<Uint8Array> {
  const first = await encoded.next();
  if (first.done === true) return;
  const coding = codingOf(first.value[0] ?? 0);
  const decoder = coding.createDecoder();
  const packets: Uint8Array[] = [];
  const decoding = pipeInto(startingWith(first.value, encoded), decoder, packets);
  let yielded = 0;
  try {
    for await (const chunk of chunksOf(decoder)) {
      yielded += chunk.length;
      yield chunk;
    }
  } catch (error) {
    const output = await decodeBeforeError(coding, packets, yielded + MAX_RECOVERED_BYTES);
    if (output.length > yielded) yield output.subarray(yielded);
    throw decodingError(
      codings,
      error instanceof Error && 'code' in error ? String(error.code) : String(error),
    );
  }
  const broken = await decoding;
  if (broken) throw broken.error;
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** Number of bytes of a body that are kept, so that they can be decoded again: more than any compressed answer has. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;

/** Number of bytes that are decoded again at most after an error: a packet can contain far more only in an attack. */
const MAX_RECOVERED_BYTES = 4 * 1024 * 1024;

/**
 * Decodes the longest beginning of a body that has no error. A decoder that fails drops what it has decoded from the same
 * packet, so without this the length of an answer would depend on how the network divides it into packets.
 */
async function decodeBeforeError(
  coding: Coding,
  packets: readonly Uint8Array[],
  maxOutputLength: number,
): Promise<Uint8Array> {
  const body = Buffer.concat(packets);
  const decodeTo = (end: number): Promise<Uint8Array | undefined> =>
    coding.decode(body.subarray(0, end), maxOutputLength).catch(() => undefined);
  // The error is in the last packet.
  let end = body.length - (packets.at(-1)?.length ?? 0);
  let firstFailing = body.length + 1;
  let output = (await decodeTo(end)) ?? new Uint8Array();
  while (firstFailing - end > 1) {
    const middle = Math.floor((end + firstFailing) / 2);
    const longer = await decodeTo(middle);
    if (longer) [end, output] = [middle, longer];
    else firstFailing = middle;
  }
  return output;
}

/**
 * Writes a source into a decoder, and records its packets. Resolves with the error of the source, if any; errors of the
 * decoder are thrown by its own reader.
 */
async function pipeInto(
  encoded: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  packets: Uint8Array[],
): Promise<{ readonly error: unknown } | undefined> {
  let kept = 0;
  try {
    for await (const packet of encoded) {
      kept += packet.length;
      if (kept <= MAX_KEPT_BYTES) packets.push(packet);
      else packets.length = 0;
      await write(decoder, packet);
    }
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
