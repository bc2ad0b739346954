import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recordFigure, runs } from '../support/promises';
import { answerText, responseEvents, streamOf, thoughtText } from '../support/response-stream';
import {
  bytes,
  collectAnswer,
  requestTo,
  transportOf,
  type CollectedAnswer,
  type WireBytes,
} from '../support/wire';
import { cutAt } from './builders';

const stream = bytes(streamOf(responseEvents()));
const request = requestTo('http://127.0.0.1', { parameters: { api: 'responses' } });
const collect = (wire: WireBytes): Promise<CollectedAnswer> => collectAnswer(request, transportOf(wire));

function reasoningOf({ events }: CollectedAnswer): string {
  return events.map((event) => (event.type === 'reasoning' ? event.text : '')).join('');
}

describe('R6 A stream of the Responses API', () => {
  it('gives the same answer however its bytes are split into chunks', async () => {
    const numRuns = runs(500, 10_000);
    const anyPositions = fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(anyPositions, async (positions) => {
        const answer = await collect({ chunks: cutAt(stream, positions) });
        assert.deepEqual([answer.texts, reasoningOf(answer)], [[answerText], thoughtText]);
        assert.deepEqual(answer.outcome, { kind: 'complete' });
        const usage = answer.events.findLast((event) => event.type === 'usage')?.usage;
        assert.equal(usage?.cacheWriteTokens, 16);
      }),
      { numRuns },
    );
    recordFigure('R6', `one stream of the Responses API split in ${numRuns.toLocaleString('en')} ways`);
  });

  it('gives the same answer one byte at a time', async () => {
    const answer = await collect({ chunks: Array.from(stream, (byte) => Uint8Array.of(byte)) });
    assert.deepEqual([answer.texts, reasoningOf(answer)], [[answerText], thoughtText]);
  });

  const anyEvent = fc.constantFrom(...responseEvents());
  it('is read even with events that are missing, repeated or in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 60 }), async (events) => {
        const { outcome } = await collect({ chunks: [bytes(streamOf(events))] });
        const ended = events.some(({ type }) => type === 'response.completed');
        if (ended) assert.deepEqual(outcome, { kind: 'complete' });
      }),
      { numRuns: runs(300, 3000) },
    );
  });

  it('is read whatever the types of its values', async () => {
    const types = responseEvents().map(({ type }) => type);
    const anyOddEvent = fc.record({
      type: fc.constantFrom(...types, 'error', 'response.failed', 'response.queued'),
      item_id: fc.jsonValue(),
      output_index: fc.jsonValue(),
      content_index: fc.jsonValue(),
      summary_index: fc.jsonValue(),
      sequence_number: fc.jsonValue(),
      delta: fc.jsonValue(),
      text: fc.jsonValue(),
      item: fc.oneof(
        fc.jsonValue(),
        fc.record({ id: fc.jsonValue(), content: fc.jsonValue(), summary: fc.jsonValue() }),
      ),
      response: fc.oneof(
        fc.jsonValue(),
        fc.record({ status: fc.jsonValue(), output: fc.jsonValue(), usage: fc.jsonValue() }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyOddEvent, { maxLength: 20 }), async (events) => {
        const { events: received } = await collect({ chunks: [bytes(streamOf(events))] });
        assert.equal(received.at(-1)?.type, 'ended');
      }),
      { numRuns: runs(300, 3000) },
    );
  });
});

describe('R5 An answer of the Responses API that is interrupted', () => {
  it('keeps the received text and reasoning and is never complete if the connection breaks after any byte', async () => {
    const end = stream.length - '\n\n'.length;
    let longestLength = 0;
    for (let length = 0; length < end; length++) {
      const answer = await collect({ chunks: [stream.subarray(0, length)], end: 'reset' });
      const { texts, outcome } = answer;
      const received = texts[0] ?? '';
      const reasoning = reasoningOf(answer);
      assert.equal(outcome.kind, 'failed', `cut at byte ${length}`);
      assert.ok(answerText.startsWith(received) && received.length >= longestLength, `cut at byte ${length}`);
      const [text, summary] = [outputDelta, summaryDelta].map((type) => completeEventsText(length, type));
      assert.ok(text !== undefined && received.length >= text.length, `cut at byte ${length}`);
      assert.ok(thoughtText.startsWith(reasoning), `cut at byte ${length}`);
      assert.ok(summary !== undefined && reasoning.length >= summary.length, `cut at byte ${length}`);
      longestLength = received.length;
    }
    assert.equal(longestLength, answerText.length);
    recordFigure(
      'R5',
      `an answer of the Responses API cut after each of its ${stream.length} bytes, no text or reasoning lost`,
    );
  });
});

const outputDelta = 'response.output_text.delta';
const summaryDelta = 'response.reasoning_summary_text.delta';

/** The text of the events that are complete within this number of bytes, read without the code under test. */
function completeEventsText(length: number, wanted: string): string {
  return new TextDecoder()
    .decode(stream.subarray(0, length))
    .split('\n\n')
    .slice(0, -1)
    .map(
      (event) =>
        JSON.parse(event.slice(event.indexOf('data: ') + 'data: '.length)) as {
          type: string;
          delta?: string;
        },
    )
    .map(({ type, delta }) => (type === wanted ? (delta ?? '') : ''))
    .join('');
}
