import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { recordFigure, runs } from '../support/promises';
import { collectAnswer, requestTo, transportOf, type WireBytes } from '../support/wire';

const recorded = readFileSync('test/fixtures/streams/answer.sse');
const request = requestTo('http://127.0.0.1');
const whole = 'Die Größe ∑ i = n(n+1)/2 😊👩‍🔬 ```py\nprint("a\\\\b")\n```\n\u2028sep \u00a0end\r\n$x^2$!';
const finishedAt = recorded.indexOf('"finish_reason":"stop"');

function cutAt(cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), recorded.length];
  return places.slice(1).map((end, index) => recorded.subarray(places[index], end));
}

function collectFromWire(answer: WireBytes): ReturnType<typeof collectAnswer> {
  return collectAnswer(request, transportOf(answer));
}

describe('R6 A recorded stream', () => {
  it('gives the same answer however its bytes are cut', async () => {
    const numRuns = runs(2000, 10_000);
    const cuts = fc.array(fc.integer({ min: 0, max: recorded.length }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const { texts, outcome, events } = await collectFromWire({ chunks: cutAt(places) });
        assert.deepEqual(texts, [whole]);
        assert.deepEqual(outcome, { kind: 'complete' });
        const usage = events.find((event) => event.type === 'usage')?.usage;
        assert.deepEqual(usage, {
          promptTokens: 57,
          completionTokens: 2167,
          totalTokens: 2224,
          reasoningTokens: 64,
        });
      }),
      { numRuns },
    );
    recordFigure('R6', `one stream cut in ${numRuns.toLocaleString('en')} ways, always the same answer`);
  });

  it('gives the same answer one byte at a time', async () => {
    const chunks = Array.from(recorded, (byte) => Uint8Array.of(byte));
    assert.deepEqual((await collectFromWire({ chunks })).texts, [whole]);
  });

  it('gives the same answer at any single cut', async () => {
    for (let place = 1; place < recorded.length; place++) {
      const { texts, outcome } = await collectFromWire({ chunks: cutAt([place]) });
      assert.deepEqual([texts, outcome], [[whole], { kind: 'complete' }], `cut at byte ${place}`);
    }
  });
});

describe('R5 An answer that breaks off', () => {
  it('at any byte by a broken connection, keeps what came and is never called complete', async () => {
    let longest = 0;
    for (let length = 0; length < recorded.length - '[DONE]\n\n'.length; length++) {
      const { texts, outcome } = await collectFromWire({
        chunks: [recorded.subarray(0, length)],
        end: 'reset',
      });
      const kept = texts[0] ?? '';
      assert.equal(outcome.kind, 'failed', `killed at byte ${length}`);
      assert.ok(whole.startsWith(kept) && kept.length >= longest, `killed at byte ${length}`);
      assert.ok(kept.length >= receivedText(length).length, `killed at byte ${length}`);
      longest = kept.length;
    }
    assert.equal(longest, whole.length);
    recordFigure('R5', `an answer killed after each of its ${recorded.length} bytes, no text lost`);
  });

  it('at any byte by a clean end, is not complete before its finish has come', async () => {
    for (let length = 0; length < finishedAt; length++) {
      const { outcome } = await collectFromWire({ chunks: [recorded.subarray(0, length)] });
      assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'truncated' } }, `cut at byte ${length}`);
    }
  });
});

/** The text of the events that are whole within so many bytes, read without our own code. */
function receivedText(length: number): string {
  const events = recorded
    .subarray(0, length)
    .toString('utf8')
    .split(/\n\n|\r\n\r\n|\r\r/)
    .slice(0, -1);
  return events
    .filter((event) => event.startsWith('data: {'))
    .map(
      (event) => JSON.parse(event.slice('data: '.length)) as { choices?: { delta?: { content?: string } }[] },
    )
    .map((chunk) => chunk.choices?.[0]?.delta?.content ?? '')
    .join('');
}
