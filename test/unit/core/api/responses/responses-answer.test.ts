import assert from 'node:assert/strict';
import type { ChatEvent } from '../../../../../src/core/api';
import {
  answerText,
  completedResponse,
  messageItem,
  reasoningItem,
  responseEvents,
  streamOf,
  thoughtText,
} from '../../../../support/response-stream';
import type { CollectedAnswer } from '../../../../support/wire';
import {
  collectEvents,
  collectText,
  ended,
  joined,
  reasonOf,
  textDelta,
  type Fields,
} from './responses-builders';

function usageOf({ events }: CollectedAnswer): Extract<ChatEvent, { type: 'usage' }>['usage'] | undefined {
  return events.findLast((event) => event.type === 'usage')?.usage;
}

function assertComplete(answer: CollectedAnswer): void {
  assert.deepEqual(answer.outcome, { kind: 'complete' });
  assert.equal(joined(answer, 'text'), answerText);
  assert.equal(joined(answer, 'reasoning'), thoughtText);
  assert.equal(reasonOf(answer), 'stop');
}

/** All events except those of the given types. */
function without(...types: readonly string[]): readonly Fields[] {
  return responseEvents().filter(({ type }) => !types.includes(type));
}

function mapEvents(change: (event: Fields) => Fields): readonly Fields[] {
  return responseEvents().map(change);
}

describe('An answer of the Responses API', () => {
  it('has its text, reasoning summary, identity and usage', async () => {
    const answer = await collectEvents(responseEvents());
    assertComplete(answer);
    assert.deepEqual(usageOf(answer), {
      promptTokens: 57,
      completionTokens: 2167,
      totalTokens: 2224,
      cachedTokens: 8,
      cacheWriteTokens: 16,
      reasoningTokens: 64,
    });
    const identity = answer.events.find((event) => event.type === 'identified')?.identity;
    assert.deepEqual(identity, { id: 'resp_1', model: 'served-model' });
  });

  it('is the same if it is not streamed', async () => {
    assertComplete(await collectText(JSON.stringify(completedResponse), 'application/json'));
  });

  const deltas = ['response.output_text.delta', 'response.reasoning_summary_text.delta'];
  const dones = ['response.output_text.done', 'response.reasoning_summary_text.done'];
  const items = ['response.output_item.added', 'response.output_item.done'];
  const partEvents = ['response.reasoning_summary_part.added', 'response.content_part.added'];
  const streams: readonly (readonly [name: string, events: readonly Fields[]])[] = [
    ['without deltas', without(...deltas)],
    ['without deltas and complete texts', without(...deltas, ...dones)],
    ['with only the last event', responseEvents().slice(-1)],
    ['without events for its items and parts', without(...items, ...partEvents)],
    ['with only deltas and the last event', without(...dones, ...items, ...partEvents)],
    ['without the IDs of its items', mapEvents(({ item_id, ...event }) => event)],
    ['without the indexes of its items', mapEvents(({ output_index, content_index, ...event }) => event)],
    ['with every event twice', responseEvents().flatMap((event) => [event, event])],
    ['with all events but the last twice', [...responseEvents().slice(0, -1), ...responseEvents()]],
    [
      'with events of unknown types in between',
      responseEvents().flatMap((event) => [event, { type: 'response.x.y' }]),
    ],
    [
      'with an unknown item',
      [
        ...responseEvents().slice(0, 3),
        {
          type: 'response.output_item.added',
          output_index: 7,
          item: { id: 'ws_1', type: 'web_search_call' },
        },
        ...responseEvents().slice(3),
      ],
    ],
    ['without the numbers of its events', mapEvents(({ sequence_number, ...event }) => event)],
    ['with the same number for all events', mapEvents((event) => ({ ...event, sequence_number: 0 }))],
    [
      'with another content_index for each delta',
      mapEvents((event) =>
        event['type'] === 'response.output_text.delta'
          ? { ...event, content_index: Number(event['sequence_number']) }
          : event,
      ),
    ],
    [
      'if a proxy ends it with response.done',
      mapEvents((event) =>
        event['type'] === 'response.completed' ? { ...event, type: 'response.done' } : event,
      ),
    ],
    ['if it ends after its last item', responseEvents().slice(0, -1)],
    [
      'with another ID of its message in the last event',
      mapEvents((event) =>
        event['type'] === 'response.completed'
          ? ended({
              output: [
                { ...reasoningItem, id: 'x' },
                { ...messageItem, id: 'y' },
              ],
            })
          : event,
      ),
    ],
    [
      'with no output in the last event',
      mapEvents((event) => (event['type'] === 'response.completed' ? ended({}) : event)),
    ],
  ];
  for (const [name, events] of streams) {
    it(`is the same ${name}`, async () => {
      assertComplete(await collectEvents(events));
    });
  }

  it('is the same without event names, with and without [DONE]', async () => {
    const unnamed = streamOf(responseEvents()).replace(/^event: .*\n/gm, '');
    assertComplete(await collectText(unnamed));
    assertComplete(await collectText(`${unnamed}data: [DONE]\n\n`));
    const open = streamOf(responseEvents().slice(0, -1));
    assertComplete(await collectText(`${open}data: [DONE]\n\n`));
  });

  it('takes text that its deltas lack from the complete text', async () => {
    const answer = await collectEvents([
      textDelta('Hel'),
      { ...textDelta(''), type: 'response.output_text.done', text: 'Hello' },
      ended({}),
    ]);
    assert.equal(joined(answer, 'text'), 'Hello');
  });

  it('keeps equal deltas, whatever their numbers', async () => {
    for (const numbers of [{}, { sequence_number: 0 }, { sequence_number: -1 }]) {
      const answer = await collectEvents([textDelta('la', numbers), textDelta('la', numbers), ended({})]);
      assert.equal(joined(answer, 'text'), 'lala');
    }
  });

  it('contains commentary as reasoning', async () => {
    const commentary = { id: 'msg_0', type: 'message', phase: 'commentary', content: [] };
    const answer = await collectEvents([
      { type: 'response.output_item.added', output_index: 0, item: commentary },
      textDelta('Let me see.', { item_id: 'msg_0', output_index: 0 }),
      textDelta('Yes.'),
      ended({}),
    ]);
    assert.deepEqual([joined(answer, 'reasoning'), joined(answer, 'text')], ['Let me see.', 'Yes.']);
  });

  it('contains reasoning that is not a summary, but the same reasoning only once', async () => {
    const reasoningDelta = (type: string): Fields => ({
      type,
      item_id: 'rs_1',
      output_index: 0,
      delta: 'Hm.',
    });
    const answer = await collectEvents([
      reasoningDelta('response.reasoning_text.delta'),
      reasoningDelta('response.reasoning_summary_text.delta'),
      textDelta('Yes.'),
      ended({}),
    ]);
    assert.equal(joined(answer, 'reasoning'), 'Hm.');
    const content = [{ type: 'reasoning_text', text: 'Hm.' }];
    const response = {
      ...completedResponse,
      output: [{ id: 'r', type: 'reasoning', summary: [], content }, messageItem],
    };
    assert.equal(joined(await collectText(JSON.stringify(response), 'application/json'), 'reasoning'), 'Hm.');
  });

  it('separates messages by a blank line', async () => {
    const answer = await collectEvents([
      textDelta('A'),
      textDelta('B', { item_id: 'msg_2', output_index: 2 }),
      ended({}),
    ]);
    assert.equal(joined(answer, 'text'), 'A\n\nB');
  });

  it('may be a refusal', async () => {
    const at = { item_id: 'msg_1', output_index: 1, content_index: 0 };
    const answer = await collectEvents([
      { type: 'response.refusal.delta', ...at, delta: 'I can' },
      { type: 'response.refusal.done', ...at, refusal: 'I cannot.' },
      ended({}),
    ]);
    assert.deepEqual([joined(answer, 'refusal'), answer.outcome], ['I cannot.', { kind: 'complete' }]);
  });

  it('may have no usage', async () => {
    const answer = await collectEvents([textDelta('A'), ended({ usage: null })]);
    assert.deepEqual([usageOf(answer), answer.outcome], [undefined, { kind: 'complete' }]);
  });

  it('has the cost that AI/ML API reports', async () => {
    const answer = await collectEvents([textDelta('A'), ended({ meta: { usage: { usd_spent: 0.25 } } })]);
    assert.equal(answer.events.find((event) => event.type === 'billed')?.usd, 0.25);
  });

  it('keeps a summary of 1 MB', async () => {
    const longText = 'thought '.repeat(131_072);
    const summary = [{ type: 'summary_text', text: longText }];
    const answer = await collectEvents([
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { id: 'rs_1', type: 'reasoning', summary },
      },
      textDelta('A'),
      ended({}),
    ]);
    assert.deepEqual([joined(answer, 'reasoning'), joined(answer, 'text')], [longText, 'A']);
  });
});
