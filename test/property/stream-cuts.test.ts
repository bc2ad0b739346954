import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { recordFigure, runs } from '../support/promises';
import { collectAnswer, requestTo, transportOf, type WireBytes } from '../support/wire';
import { cutAt } from './builders';

const recorded = readFileSync('test/fixtures/streams/answer.sse');
const request = requestTo('http://127.0.0.1');
const answerText = 'Die Größe ∑ i = n(n+1)/2 😊👩‍🔬 ```py\nprint("a\\\\b")\n```\n\u2028sep \u00a0end\r\n$x^2$!';
const finishedAt = recorded.indexOf('"finish_reason":"stop"');

function collect(wire: WireBytes): ReturnType<typeof collectAnswer> {
  return collectAnswer(request, transportOf(wire));
}

describe('R6 A recorded stream', () => {
  it('gives the same answer however its bytes are split into chunks', async () => {
    const numRuns = runs(2000, 10_000);
    const anyPositions = fc.array(fc.integer({ min: 0, max: recorded.length }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(anyPositions, async (positions) => {
        const { texts, outcome, events } = await collect({ chunks: cutAt(recorded, positions) });
        assert.deepEqual(texts, [answerText]);
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
    recordFigure('R6', `one stream split in ${numRuns.toLocaleString('en')} ways, always the same answer`);
  });

  it('gives the same answer one byte at a time', async () => {
    const chunks = Array.from(recorded, (byte) => Uint8Array.of(byte));
    assert.deepEqual((await collect({ chunks })).texts, [answerText]);
  });

  it('gives the same answer if it is split at any single position', async () => {
    for (let position = 1; position < recorded.length; position++) {
      const { texts, outcome } = await collect({ chunks: cutAt(recorded, [position]) });
      assert.deepEqual([texts, outcome], [[answerText], { kind: 'complete' }], `cut at byte ${position}`);
    }
  });
});

describe('R5 An answer that is interrupted', () => {
  it('keeps the received text and is never complete if the connection breaks after any byte', async () => {
    let longestLength = 0;
    for (let length = 0; length < recorded.length - '[DONE]\n\n'.length; length++) {
      const { texts, outcome } = await collect({
        chunks: [recorded.subarray(0, length)],
        end: 'reset',
      });
      const received = texts[0] ?? '';
      assert.equal(outcome.kind, 'failed', `cut at byte ${length}`);
      assert.ok(answerText.startsWith(received) && received.length >= longestLength, `cut at byte ${length}`);
      assert.ok(received.length >= completeEventsText(length).length, `cut at byte ${length}`);
      longestLength = received.length;
    }
    assert.equal(longestLength, answerText.length);
    recordFigure('R5', `an answer cut after each of its ${recorded.length} bytes, no text lost`);
  });

  it('is not complete if the connection is closed before the finish reason was received', async () => {
    for (let length = 0; length < finishedAt; length++) {
      const { outcome } = await collect({ chunks: [recorded.subarray(0, length)] });
      assert.deepEqual(outcome, { kind: 'failed', error: { kind: 'truncated' } }, `cut at byte ${length}`);
    }
  });
});

/** The text of the events that are complete within this number of bytes, read without the code under test. */
function completeEventsText(length: number): string {
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
