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

const stream = bytes(streamOf(responseEvents()));
const request = requestTo('http://127.0.0.1', { parameters: { api: 'responses' } });
const hearWire = (answer: WireBytes): Promise<CollectedAnswer> => collectAnswer(request, transportOf(answer));

function thoughtsOf({ events }: CollectedAnswer): string {
  return events.map((event) => (event.type === 'reasoning' ? event.text : '')).join('');
}

function cutAt(cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), stream.length];
  return places.slice(1).map((end, index) => stream.subarray(places[index], end));
}

describe('R6 A stream of the Responses API', () => {
  it('gives the same answer however its bytes are cut', async () => {
    const numRuns = runs(500, 10_000);
    const cuts = fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const heard = await hearWire({ chunks: cutAt(places) });
        assert.deepEqual([heard.texts, thoughtsOf(heard)], [[answerText], thoughtText]);
        assert.deepEqual(heard.outcome, { kind: 'complete' });
        const usage = heard.events.findLast((event) => event.type === 'usage')?.usage;
        assert.equal(usage?.cacheWriteTokens, 16);
      }),
      { numRuns },
    );
    recordFigure('R6', `one stream of the Responses API cut in ${numRuns.toLocaleString('en')} ways`);
  });

  it('gives the same answer one byte at a time', async () => {
    const heard = await hearWire({ chunks: Array.from(stream, (byte) => Uint8Array.of(byte)) });
    assert.deepEqual([heard.texts, thoughtsOf(heard)], [[answerText], thoughtText]);
  });

  const event = fc.constantFrom(...responseEvents());
  it('is read in any order, with events that are missing, and others twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
        const { outcome } = await hearWire({ chunks: [bytes(streamOf(events))] });
        const ended = events.some(({ type }) => type === 'response.completed');
        if (ended) assert.deepEqual(outcome, { kind: 'complete' });
      }),
      { numRuns: runs(300, 3000) },
    );
  });

  it('is read whatever the types in it', async () => {
    const types = responseEvents().map(({ type }) => type);
    const odd = fc.record({
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
      fc.asyncProperty(fc.array(odd, { maxLength: 20 }), async (events) => {
        const { events: heard } = await hearWire({ chunks: [bytes(streamOf(events))] });
        assert.equal(heard.at(-1)?.type, 'ended');
      }),
      { numRuns: runs(300, 3000) },
    );
  });
});

describe('R5 An answer of the Responses API that breaks off', () => {
  it('at any byte by a broken connection, keeps what came and is never called complete', async () => {
    const end = stream.length - '\n\n'.length;
    let longest = 0;
    for (let length = 0; length < end; length++) {
      const { texts, outcome } = await hearWire({ chunks: [stream.subarray(0, length)], end: 'reset' });
      const kept = texts[0] ?? '';
      assert.equal(outcome.kind, 'failed', `killed at byte ${length}`);
      assert.ok(answerText.startsWith(kept) && kept.length >= longest, `killed at byte ${length}`);
      assert.ok(kept.length >= receivedText(length).length, `killed at byte ${length}`);
      longest = kept.length;
    }
    assert.equal(longest, answerText.length);
    recordFigure(
      'R5',
      `an answer of the Responses API killed after each of its ${stream.length} bytes, no text lost`,
    );
  });
});

/** The text of the events that are whole within so many bytes, read without our own code. */
function receivedText(length: number): string {
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
    .map(({ type, delta }) => (type === 'response.output_text.delta' ? (delta ?? '') : ''))
    .join('');
}
