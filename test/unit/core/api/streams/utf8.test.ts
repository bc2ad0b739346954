import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createChunkDecoder } from '../../../../../src/core/api/streams/server-sent-events';

function decodeAll(chunks: readonly Uint8Array[]): string {
  const decoder = createChunkDecoder();
  return chunks.map((chunk) => decoder.decode(chunk)).join('') + decoder.end();
}

function cutAt(bytes: Uint8Array, positions: readonly number[]): readonly Uint8Array[] {
  const cuts = [
    0,
    ...positions.map((position) => position % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ];
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

const anyPositions = fc.array(fc.nat(), { maxLength: 12 });

describe('Decoding UTF-8 in chunks', () => {
  it('yields the sent text in any script, also one byte at a time', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 60 }).map((generated) => generated.toWellFormed());
    fc.assert(
      fc.property(anyText, anyPositions, (text, positions) => {
        const bytes = Buffer.from(`>${text}`);
        assert.equal(decodeAll(cutAt(bytes, positions)), `>${text}`);
        assert.equal(decodeAll(Array.from(bytes, (byte) => Uint8Array.of(byte))), `>${text}`);
      }),
    );
  });

  it('yields the same as TextDecoder for invalid UTF-8 and an incomplete end', () => {
    const anyByte = fc.oneof(
      fc.nat(255),
      fc.constantFrom(0x80, 0xbf, 0xc2, 0xe2, 0xed, 0xef, 0xbb, 0xbf, 0xf0, 0xf4),
    );
    fc.assert(
      fc.property(fc.array(anyByte, { maxLength: 24 }), anyPositions, (values, positions) => {
        const bytes = Uint8Array.from(values);
        assert.equal(decodeAll(cutAt(bytes, positions)), new TextDecoder().decode(bytes));
      }),
      { numRuns: 3000 },
    );
  });
});
