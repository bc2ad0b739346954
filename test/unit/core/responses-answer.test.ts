import assert from 'node:assert/strict';
import type { ChatError, ChatEvent } from '../../../src/core/api';
import {
  answerDeltas,
  answerText,
  completedResponse,
  messageItem,
  reasoningItem,
  responseEvents,
  streamOf,
  thoughtText,
} from '../../support/response-stream';
import { bytes, collectAnswer, requestTo, transportOf, type CollectedAnswer } from '../../support/wire';

type Fields = Readonly<Record<string, unknown>>;

const request = requestTo('http://127.0.0.1', {
  parameters: { api: 'responses', maxCompletionTokens: 4000 },
});

function hearText(text: string, contentType = 'text/event-stream'): Promise<CollectedAnswer> {
  return collectAnswer(request, transportOf({ chunks: [bytes(text)], contentType }));
}

const hearEvents = (events: readonly Fields[]): Promise<CollectedAnswer> => hearText(streamOf(events));

function joined({ events }: CollectedAnswer, type: 'text' | 'reasoning' | 'refusal'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('');
}

function reasonOf({ events }: CollectedAnswer): string | undefined {
  return events.findLast((event) => event.type === 'finished')?.reason;
}

function errorOf({ outcome }: CollectedAnswer): ChatError {
  assert.equal(outcome.kind, 'failed');
  return outcome.error;
}

function usageOf({ events }: CollectedAnswer): Extract<ChatEvent, { type: 'usage' }>['usage'] | undefined {
  return events.findLast((event) => event.type === 'usage')?.usage;
}

function assertWhole(heard: CollectedAnswer): void {
  assert.deepEqual(heard.outcome, { kind: 'complete' });
  assert.equal(joined(heard, 'text'), answerText);
  assert.equal(joined(heard, 'reasoning'), thoughtText);
  assert.equal(reasonOf(heard), 'stop');
}

/** The events without those of some types. */
function without(...types: readonly string[]): readonly Fields[] {
  return responseEvents().filter(({ type }) => !types.includes(type));
}

function changed(change: (event: Fields) => Fields): readonly Fields[] {
  return responseEvents().map(change);
}

const started = { type: 'response.created', response: { ...completedResponse, output: [] } };
const words = (delta: string, fields: Fields = {}): Fields => ({
  type: 'response.output_text.delta',
  item_id: 'msg_1',
  output_index: 1,
  content_index: 0,
  delta,
  ...fields,
});
const ended = (fields: Fields, type = 'response.completed'): Fields => ({
  type,
  response: { ...completedResponse, output: [], ...fields },
});

describe('An answer of the Responses API', () => {
  it('has its text, the summary of its reasoning, its identity and its usage', async () => {
    const heard = await hearEvents(responseEvents());
    assertWhole(heard);
    assert.deepEqual(usageOf(heard), {
      promptTokens: 57,
      completionTokens: 2167,
      totalTokens: 2224,
      cachedTokens: 8,
      cacheWriteTokens: 16,
      reasoningTokens: 64,
    });
    const identity = heard.events.find((event) => event.type === 'identified')?.identity;
    assert.deepEqual(identity, { id: 'resp_1', model: 'served-model' });
  });

  it('is the same when it comes whole', async () => {
    assertWhole(await hearText(JSON.stringify(completedResponse), 'application/json'));
  });

  const deltas = ['response.output_text.delta', 'response.reasoning_summary_text.delta'];
  const dones = ['response.output_text.done', 'response.reasoning_summary_text.done'];
  const items = ['response.output_item.added', 'response.output_item.done'];
  const partEvents = ['response.reasoning_summary_part.added', 'response.content_part.added'];
  const streams: readonly (readonly [what: string, events: readonly Fields[]])[] = [
    ['without deltas', without(...deltas)],
    ['without deltas and whole texts', without(...deltas, ...dones)],
    ['with nothing but the last event', responseEvents().slice(-1)],
    ['without events for its items and parts', without(...items, ...partEvents)],
    ['with deltas and the last event alone', without(...dones, ...items, ...partEvents)],
    ['without ids of its items', changed(({ item_id, ...event }) => event)],
    ['without the places of its items', changed(({ output_index, content_index, ...event }) => event)],
    ['with every event twice', responseEvents().flatMap((event) => [event, event])],
    ['with all events but the last twice', [...responseEvents().slice(0, -1), ...responseEvents()]],
    [
      'with events of unknown types between',
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
    ['without numbers of its events', changed(({ sequence_number, ...event }) => event)],
    ['with the same number for all events', changed((event) => ({ ...event, sequence_number: 0 }))],
    [
      'with another content_index for each delta',
      changed((event) =>
        event['type'] === 'response.output_text.delta'
          ? { ...event, content_index: Number(event['sequence_number']) }
          : event,
      ),
    ],
    [
      'that proxies end with response.done',
      changed((event) =>
        event['type'] === 'response.completed' ? { ...event, type: 'response.done' } : event,
      ),
    ],
    ['that ends after its last item', responseEvents().slice(0, -1)],
    [
      'with another id of its message in the last event',
      changed((event) =>
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
      changed((event) => (event['type'] === 'response.completed' ? ended({}) : event)),
    ],
  ];
  for (const [what, events] of streams) {
    it(`is the same ${what}`, async () => {
      assertWhole(await hearEvents(events));
    });
  }

  it('is the same without names of the events, with and without [DONE]', async () => {
    const unnamed = streamOf(responseEvents()).replace(/^event: .*\n/gm, '');
    assertWhole(await hearText(unnamed));
    assertWhole(await hearText(`${unnamed}data: [DONE]\n\n`));
    const open = streamOf(responseEvents().slice(0, -1));
    assertWhole(await hearText(`${open}data: [DONE]\n\n`));
  });

  it('gets what its deltas lack from the whole text', async () => {
    const heard = await hearEvents([
      words('Hel'),
      { ...words(''), type: 'response.output_text.done', text: 'Hello' },
      ended({}),
    ]);
    assert.equal(joined(heard, 'text'), 'Hello');
  });

  it('keeps equal words, which servers number alike or not at all', async () => {
    for (const numbers of [{}, { sequence_number: 0 }, { sequence_number: -1 }]) {
      const heard = await hearEvents([words('la', numbers), words('la', numbers), ended({})]);
      assert.equal(joined(heard, 'text'), 'lala');
    }
  });

  it('shows commentary with the thoughts', async () => {
    const commentary = { id: 'msg_0', type: 'message', phase: 'commentary', content: [] };
    const heard = await hearEvents([
      { type: 'response.output_item.added', output_index: 0, item: commentary },
      words('Let me see.', { item_id: 'msg_0', output_index: 0 }),
      words('Yes.'),
      ended({}),
    ]);
    assert.deepEqual([joined(heard, 'reasoning'), joined(heard, 'text')], ['Let me see.', 'Yes.']);
  });

  it('shows reasoning that is no summary, and one of two that are the same', async () => {
    const thought = (type: string): Fields => ({ type, item_id: 'rs_1', output_index: 0, delta: 'Hm.' });
    const heard = await hearEvents([
      thought('response.reasoning_text.delta'),
      thought('response.reasoning_summary_text.delta'),
      words('Yes.'),
      ended({}),
    ]);
    assert.equal(joined(heard, 'reasoning'), 'Hm.');
    const content = [{ type: 'reasoning_text', text: 'Hm.' }];
    const whole = {
      ...completedResponse,
      output: [{ id: 'r', type: 'reasoning', summary: [], content }, messageItem],
    };
    assert.equal(joined(await hearText(JSON.stringify(whole), 'application/json'), 'reasoning'), 'Hm.');
  });

  it('separates messages by a blank line', async () => {
    const heard = await hearEvents([
      words('A'),
      words('B', { item_id: 'msg_2', output_index: 2 }),
      ended({}),
    ]);
    assert.equal(joined(heard, 'text'), 'A\n\nB');
  });

  it('may be a refusal', async () => {
    const at = { item_id: 'msg_1', output_index: 1, content_index: 0 };
    const heard = await hearEvents([
      { type: 'response.refusal.delta', ...at, delta: 'I can' },
      { type: 'response.refusal.done', ...at, refusal: 'I cannot.' },
      ended({}),
    ]);
    assert.deepEqual([joined(heard, 'refusal'), heard.outcome], ['I cannot.', { kind: 'complete' }]);
  });

  const incomplete: readonly (readonly [string, string])[] = [
    ['max_output_tokens', 'length'],
    ['content_filter', 'content_filter'],
    ['max_messages', 'max_messages'],
  ];
  for (const [reason, finish] of incomplete) {
    it(`that is incomplete for ${reason} is finished by ${finish}, streamed and whole`, async () => {
      const end = { status: 'incomplete', incomplete_details: { reason }, output: [messageItem] };
      for (const type of ['response.incomplete', 'response.done', 'response.completed']) {
        const heard = await hearEvents([
          started,
          ...answerDeltas.map((delta) => words(delta)),
          ended(end, type),
        ]);
        assert.deepEqual([joined(heard, 'text'), reasonOf(heard)], [answerText, finish], type);
      }
      const whole = await hearText(JSON.stringify({ ...completedResponse, ...end }), 'application/json');
      assert.deepEqual([joined(whole, 'text'), reasonOf(whole)], [answerText, finish]);
    });
  }

  it('that is completed at its limit of tokens was cut, as some servers do not say', async () => {
    const heard = await hearEvents([words('A'), ended({ usage: { output_tokens: 4000 } })]);
    assert.equal(reasonOf(heard), 'length');
  });

  it('without usage has none', async () => {
    const heard = await hearEvents([words('A'), ended({ usage: null })]);
    assert.deepEqual([usageOf(heard), heard.outcome], [undefined, { kind: 'complete' }]);
  });

  it('has its bill where AI/ML API tells it', async () => {
    const heard = await hearEvents([words('A'), ended({ meta: { usage: { usd_spent: 0.25 } } })]);
    assert.equal(heard.events.find((event) => event.type === 'billed')?.usd, 0.25);
  });

  it('keeps a summary of 1 MB', async () => {
    const long = 'thought '.repeat(131_072);
    const summary = [{ type: 'summary_text', text: long }];
    const heard = await hearEvents([
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { id: 'rs_1', type: 'reasoning', summary },
      },
      words('A'),
      ended({}),
    ]);
    assert.deepEqual([joined(heard, 'reasoning'), joined(heard, 'text')], [long, 'A']);
  });

  it('is truncated where its stream ends before its last event and its items do', async () => {
    for (const end of ['', 'data: [DONE]\n\n']) {
      const heard = await hearText(streamOf([started, words('So far')]) + end);
      assert.deepEqual([joined(heard, 'text'), errorOf(heard)], ['So far', { kind: 'truncated' }]);
    }
    const whole = JSON.stringify({ ...completedResponse, status: 'in_progress' });
    assert.deepEqual(errorOf(await hearText(whole, 'application/json')), { kind: 'truncated' });
  });

  const failure = { code: 'server_error', message: 'overloaded' };
  const failures: readonly (readonly [string, Fields])[] = [
    ['response.failed', ended({ status: 'failed', error: failure }, 'response.failed')],
    ['an error beside its type', { type: 'error', ...failure, param: null }],
    ['an error in a field', { type: 'error', error: failure }],
    ['an end that has failed', ended({ status: 'failed', error: failure }, 'response.done')],
  ];
  for (const [what, event] of failures) {
    it(`that breaks off with ${what} keeps its words and tells why`, async () => {
      for (const stream of [
        streamOf([started, words('So far'), event]),
        `${streamOf([started, words('So far')])}data: ${JSON.stringify(event)}\n\n`,
      ]) {
        const heard = await hearText(stream);
        assert.deepEqual(
          [joined(heard, 'text'), errorOf(heard)],
          ['So far', { kind: 'broken-off', message: 'overloaded' }],
        );
      }
    });

    it(`that begins with ${what} was refused by the service`, async () => {
      const heard = await hearEvents([event]);
      assert.equal(errorOf(heard).kind, 'server');
      assert.ok(heard.events.some(({ type }) => type === 'rejected'));
    });
  }

  it('that failed as a whole was refused', async () => {
    const whole = { ...completedResponse, status: 'failed', output: [], error: failure };
    assert.equal(errorOf(await hearText(JSON.stringify(whole), 'application/json')).kind, 'server');
  });

  it('is unreadable where an event of it is no JSON', async () => {
    const stream = `${streamOf([started, words('So far')])}event: response.output_text.delta\ndata: {"type\n\n`;
    assert.equal(errorOf(await hearText(stream + streamOf([ended({})]))).kind, 'unreadable');
  });
});
