import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { TransportError } from '../../../src/core/api';
import { decodedBody } from '../../../src/platform/node/response-body';

const { Z_SYNC_FLUSH: finishFlush, BROTLI_OPERATION_FLUSH } = zlib.constants;

interface Codec {
  readonly encode: (data: Uint8Array) => Buffer;
  /** Decodes a body that may be truncated. */
  readonly decode: (data: Uint8Array) => Buffer;
}

const codecs: Readonly<Record<string, Codec>> = {
  gzip: { encode: zlib.gzipSync, decode: (data) => zlib.gunzipSync(data, { finishFlush }) },
  'deflate without a header': {
    encode: zlib.deflateRawSync,
    decode: (data) => zlib.inflateRawSync(data, { finishFlush }),
  },
  deflate: { encode: zlib.deflateSync, decode: (data) => zlib.inflateSync(data, { finishFlush }) },
  br: {
    encode: zlib.brotliCompressSync,
    decode: (data) => zlib.brotliDecompressSync(data, { finishFlush: BROTLI_OPERATION_FLUSH }),
  },
};

interface DecodedBody {
  readonly text: Buffer;
  readonly error: unknown;
}

/** Decodes a body that arrives in these packets. */
async function decode(packets: readonly Uint8Array[], coding: string): Promise<DecodedBody> {
  const message = Object.assign(Readable.from(packets, { objectMode: false, highWaterMark: 1 << 20 }), {
    headers: { 'content-encoding': coding },
  });
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of decodedBody(message as unknown as IncomingMessage)) chunks.push(chunk);
    return { text: Buffer.concat(chunks), error: undefined };
  } catch (error) {
    return { text: Buffer.concat(chunks), error };
  }
}

/** The body, divided at these places, which are fractions of its length. */
function divide(body: Buffer, fractions: readonly number[]): readonly Uint8Array[] {
  const cuts = fractions.map((fraction) => Math.floor(fraction * body.length)).sort((a, b) => a - b);
  return [0, ...cuts]
    .map((start, index) => body.subarray(start, cuts[index] ?? body.length))
    .filter(({ length }) => length > 0);
}

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('A compressed body', () => {
  for (const [coding, codec] of Object.entries(codecs)) {
    it(`in ${coding} is decoded up to an invalid byte, in whatever packets it arrives`, () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({ maxLength: 200 }), { maxLength: 40 }),
          fc.array(fraction, { maxLength: 5 }),
          fraction,
          fc.integer({ min: 1, max: 255 }),
          async (words, cuts, place, change) => {
            const body = codec.encode(Buffer.from(words.join(' ')));
            const invalid = Math.floor(place * body.length);
            const decodable = codec.decode(body.subarray(0, invalid));
            body[invalid] = (body[invalid] ?? 0) ^ change;
            const { text, error } = await decode(divide(body, cuts), coding.split(' ', 1)[0] ?? '');
            assert.deepEqual(text.subarray(0, decodable.length), decodable);
            assert.ok(error === undefined || error instanceof TransportError);
          },
        ),
        { numRuns: 150 },
      ));
  }

  it('in two codings is decoded up to an invalid byte', async () => {
    const words = Array.from({ length: 4000 }, (_, index) => `word ${index * 7919}`).join(' ');
    const body = zlib.gzipSync(zlib.brotliCompressSync(Buffer.from(words)));
    const invalid = Math.floor(body.length / 2);
    const inner = codecs['gzip']?.decode(body.subarray(0, invalid));
    assert.ok(inner);
    const decodable = codecs['br']?.decode(inner) ?? Buffer.alloc(0);
    assert.ok(decodable.length > 1000);
    body.fill(0xff, invalid);
    const { text, error } = await decode([body], 'br, gzip');
    assert.deepEqual(text.subarray(0, decodable.length), decodable);
    assert.ok(error instanceof TransportError);
  });
});
