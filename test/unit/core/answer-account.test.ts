import assert from 'node:assert/strict';
import type { ChatEvent, ChatRequest } from '../../../src/core/api';
import { shownChoice } from '../../../src/core/chat/answer';
import { currentAnswer, lastTurn } from '../../../src/core/chat/conversation';
import { createSession } from '../../../src/core/chat/session';
import { portsOver, prepared, requestTo, type CollectedAnswer } from '../../support/wire';
import {
  errorOf,
  sseEvent,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  respondWith,
  testClock,
  type FakeResponse,
} from './client-builders';

const usage = {
  prompt_tokens: 57,
  completion_tokens: 2167,
  total_tokens: 2224,
  prompt_tokens_details: { cached_tokens: 32, audio_tokens: 5, image_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 64, rejected_prediction_tokens: 3, note: 'none' },
  num_sources_used: 2,
  cost: 0.25,
  is_byok: false,
  tier: null,
};
const annotations = [{ type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A' } }];
const identity = { id: 'chatcmpl-1', model: 'o1-mini-2024-09-12', system_fingerprint: 'fp_1' };
const headers = { 'x-request-id': 'r-1', 'x-inference-id': 'i-1' };
const meta = { usage: { credits_used: 12, usd_spent: 0.0123 } };

const streamed: FakeResponse = {
  status: 201,
  headers: { ...headers, 'content-type': 'text/event-stream' },
  body: [
    { ...identity, choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
    { ...identity, choices: [{ index: 0, delta: { content: 'Yes' } }] },
    { ...identity, choices: [{ index: 0, delta: { refusal: 'No.', annotations } }] },
    { ...identity, choices: [{ index: 0, delta: {}, finish_reason: 'content_filter' }] },
    { ...identity, choices: [], usage },
    { meta },
    '[DONE]',
  ]
    .map(sseEvent)
    .join(''),
};
const whole: FakeResponse = {
  status: 200,
  headers: { ...headers, 'content-type': 'application/json', 'x-aimlapi-usd-spent': '0.0123' },
  body: JSON.stringify({
    ...identity,
    choices: [
      { index: 0, message: { content: 'Yes', refusal: 'No.', annotations }, finish_reason: 'content_filter' },
    ],
    usage,
  }),
};

const key = 'sk-sentinel/8f2a+é=';

function ask(reply: FakeResponse, apiKey?: string): Promise<CollectedAnswer> {
  const request: ChatRequest = requestTo('http://127.0.0.1', {
    timeouts: testTimeouts,
    ...(apiKey !== undefined && { apiKey }),
  });
  return askAndCollect(request, respondWith(reply), testClock('pass'));
}

describe('The metadata of an answer', () => {
  for (const [how, reply] of [
    ['in a stream', streamed],
    ['in one piece', whole],
  ] as const) {
    describe(how, () => {
      let heard: CollectedAnswer;
      before(async () => {
        heard = await ask(reply);
      });
      const last = <Type extends ChatEvent['type']>(
        type: Type,
      ): (ChatEvent & { readonly type: Type }) | undefined => eventsOfType(heard, type).at(-1);

      it('keeps the ID, the model name of the service, and the system fingerprint', () => {
        assert.deepEqual(last('identified'), {
          type: 'identified',
          call: 0,
          identity: { id: 'chatcmpl-1', model: 'o1-mini-2024-09-12', fingerprint: 'fp_1' },
        });
      });

      it('keeps the HTTP status and both request IDs', () => {
        const { status } = reply;
        assert.deepEqual(last('accepted'), { type: 'accepted', call: 0, status, requestIds: ['r-1', 'i-1'] });
      });

      it('keeps the text, the refusal, the annotations and the finish reason', () => {
        assert.deepEqual(heard.texts, ['Yes']);
        assert.deepEqual(last('refusal'), { type: 'refusal', index: 0, text: 'No.' });
        assert.deepEqual(last('annotated'), { type: 'annotated', index: 0, annotations });
        assert.deepEqual(last('finished'), { type: 'finished', index: 0, reason: 'content_filter' });
        assert.deepEqual(heard.outcome, { kind: 'complete' });
      });

      it('keeps every token count that is not 0, known or unknown', () => {
        assert.deepEqual(last('usage')?.usage, {
          promptTokens: 57,
          completionTokens: 2167,
          totalTokens: 2224,
          cachedTokens: 32,
          reasoningTokens: 64,
          others: [
            { name: 'prompt_tokens_details.audio_tokens', tokens: 5 },
            { name: 'completion_tokens_details.rejected_prediction_tokens', tokens: 3 },
            { name: 'num_sources_used', tokens: 2 },
            { name: 'cost', tokens: 0.25 },
          ],
        });
      });

      it('keeps the cost', () => {
        assert.deepEqual(last('billed'), { type: 'billed', call: 0, usd: 0.0123 });
      });
    });
  }

  it('may contain either request ID, both, or none', async () => {
    for (const given of [{ 'x-request-id': 'r' }, { 'x-inference-id': 'i' }, {}]) {
      const [accepted] = eventsOfType(await ask({ ...whole, headers: given }), 'accepted');
      assert.deepEqual(accepted?.requestIds, Object.values(given));
    }
  });

  for (const price of ['', '0', '-1', 'free', 'NaN', 'Infinity']) {
    it(`is no price where the header says "${price}"`, async () => {
      const heard = await ask({ ...whole, headers: { 'x-aimlapi-usd-spent': price } });
      assert.deepEqual(eventsOfType(heard, 'billed'), []);
    });
  }

  it('ignores a negative cost', async () => {
    const body = streamed.body.replace('0.0123', '-5');
    assert.deepEqual(eventsOfType(await ask({ ...streamed, body }), 'billed'), []);
  });

  it('is also kept for an answer that breaks off', async () => {
    const cut = streamed.body.slice(0, streamed.body.indexOf('data: {"meta"'));
    const heard = await ask({ ...streamed, body: cut + sseEvent({ error: { message: 'overloaded' } }) });
    assert.equal(errorOf(heard).kind, 'broken-off');
    assert.equal(eventsOfType(heard, 'usage').at(-1)?.usage.totalTokens, 2224);
    assert.equal(eventsOfType(heard, 'identified').at(-1)?.identity.id, 'chatcmpl-1');
  });
});

describe('The metadata that is kept of an answer is bounded:', () => {
  const long = 'x'.repeat(1_000_000);
  const lists = (item: string, width: number, depth: number): string =>
    depth === 0 ? item : `[${Array.from({ length: width }, () => lists(item, width, depth - 1)).join(',')}]`;
  const parts = (depth: number): string =>
    `${'[{"type":"text","text":'.repeat(depth)}"deep"${'}]'.repeat(depth)}`;
  const nested = (depth: number): string => `${'['.repeat(depth)}"deep"${']'.repeat(depth)}`;
  const answering = (fields: string): FakeResponse => ({
    body: `{"choices":[{"index":0,"message":{"content":"Yes"},"finish_reason":"stop"}],${fields}}`,
  });
  const about = (fields: string): FakeResponse => ({
    body: `{"choices":[{"index":0,"message":{"content":"Yes",${fields}},"finish_reason":"stop"}]}`,
  });
  const counts = Array.from({ length: 10_000 }, (_, index) => `"count_${index}":${index + 1}`).join(',');
  const floods: readonly (readonly [string, FakeResponse])[] = [
    ['10,000 counts', answering(`"usage":{${counts}}`)],
    ['10,000 details of a count', answering(`"usage":{"prompt_tokens_details":{${counts}}}`)],
    ['10,000 groups of counts', answering(`"usage":{${counts.replace(/:(\d+)/g, ':{"a":$1}')}}`)],
    ['a count with a long name', answering(`"usage":{"${long}":1}`)],
    ['counts nested 10,000 deep', answering(`"usage":{"a":${nested(10_000)}}`)],
    [
      'a long id, model and fingerprint',
      answering(`"id":"${long}","model":"${long}","system_fingerprint":"${long}"`),
    ],
    ['10,000 sources', about(`"annotations":[${'{"url":"a"},'.repeat(9_999)}1]`)],
    ['sources nested 10,000 deep', about(`"annotations":[${nested(10_000)}]`)],
    ['a source with a long field', about(`"annotations":[{"url":"${long}"}]`)],
    ['a source with a long name of a field', about(`"annotations":[{"${long}":1}]`)],
    ['sources with lists of lists', about(`"annotations":${lists(`"${'x'.repeat(500)}"`, 20, 3)}`)],
    ['a source with 10,000 fields', about(`"annotations":[{${counts}}]`)],
    [
      'a long reason',
      { body: `{"choices":[{"index":0,"message":{"content":"Yes"},"finish_reason":"${long}"}]}` },
    ],
    ['long ids of the request', { ...whole, headers: { 'x-request-id': long, 'x-inference-id': long } }],
  ];
  for (const [what, reply] of floods) {
    it(what, async () => {
      const heard = await ask(reply);
      assert.deepEqual([heard.texts, heard.outcome], [['Yes'], { kind: 'complete' }]);
      assert.ok(JSON.stringify(heard.events).length < 100_000);
    });
  }

  it('for text nested 10,000 levels deep', async () => {
    const heard = await ask(about(`"content":${parts(10_000)}`));
    assert.deepEqual(heard.outcome, { kind: 'complete' });
  });

  for (const [what, body] of [
    ['a long error', errorBody(long)],
    ['a long page', `<html><title>${long}</title></html>`],
    ['an error nested 10,000 deep', `{"error":${nested(10_000)}}`],
    ['10,000 complaints', `{"detail":[${'{"msg":"no","loc":["a"]},'.repeat(9_999)}1]}`],
  ] as const) {
    it(what, async () => {
      const error = errorOf(await ask({ status: 400, body }));
      assert.ok(error.kind === 'bad-request' && JSON.stringify(error).length < 1000);
    });
  }
});

describe('The annotations of an answer', () => {
  it('are limited to one hundred, in any number of chunks', async () => {
    const chunk = sseEvent({ choices: [{ index: 0, delta: { content: 'x', annotations } }] });
    const body = `${chunk.repeat(1000)}${sseEvent('[DONE]')}`;
    const session = createSession({
      ...portsOver(respondWith({ body }), testClock('hold')),
      newId: () => 'id',
    });
    await session.ask({ text: 'Why?' }, prepared(requestTo('http://127.0.0.1', { timeouts: testTimeouts })));
    const turn = lastTurn(session.conversation);
    assert.ok(turn);
    const choice = shownChoice(currentAnswer(turn));
    assert.deepEqual([choice.text.length, choice.annotations?.length], [1000, 100]);
  });
});

describe('An API key that the service quotes', () => {
  const utf8 = (text: string): string => Buffer.from(text).toString('base64');
  const escaped = encodeURIComponent(key);
  const spellings: readonly (readonly [string, string])[] = [
    ['as it is', key],
    ['in its header', `Bearer ${key}`],
    ['in base64', utf8(key)],
    ['in base64 with its header', utf8(`Bearer ${key}`)],
    ['in base64 for addresses', Buffer.from(key).toString('base64url')],
    ['in an address', escaped],
    ['in an address, in lower case', escaped.replace(/%../g, (code) => code.toLowerCase())],
  ];

  for (const [how, spelling] of spellings) {
    const replies: readonly (readonly [string, FakeResponse])[] = [
      ['the account of a stream', inside(streamed, spelling)],
      ['the account of a whole answer', inside(whole, spelling)],
      [
        'a refusal',
        { status: 401, headers: { 'x-request-id': spelling }, body: errorBody(`Wrong: ${spelling}`) },
      ],
      ['the page of a proxy', { status: 502, body: `<title>${spelling}</title>` }],
      ['plain text', { status: 400, body: `{"cut": "${spelling}` }],
      ['an error in the stream', { body: sseEvent({ error: { message: `Bad ${spelling}` } }) }],
      ['what is no answer', { body: `Hello ${spelling}` }],
      ['the name of a field', { body: whole.body.replace('"url_citation":', `"${spelling}":`) }],
    ];
    for (const [where, reply] of replies) {
      it(`is struck out ${how} of ${where}`, async () => {
        assert.ok(JSON.stringify([reply.body, reply.headers]).includes(spelling), 'it is there');
        const { events } = await ask(reply, key);
        const said = JSON.stringify(events);
        assert.ok(!said.includes(spelling) && !said.includes('sentinel'), said);
        assert.ok(said.includes('[key]'), said);
      });
    }
  }

  it('is redacted in JSON within a text', async () => {
    const quoted = 'sk-"quoted"\\sentinel';
    const { events } = await ask({ status: 400, body: `{"cut": ${JSON.stringify(quoted)}` }, quoted);
    assert.ok(!JSON.stringify(events).includes('sentinel'));
  });

  for (const odd of ['sk-…', 'sk-🗼', 'sk-\ud83d', ' ', 'sk-\n']) {
    it(`may be ${JSON.stringify(odd)}: what goes wrong is told, and nothing is thrown`, async () => {
      assert.equal(
        errorOf(await ask({ status: 401, body: errorBody('wrong key') }, odd)).kind,
        'unauthorized',
      );
    });
  }
});

/** The reply with the key in all that it says beside the text. */
function inside({ headers: given = {}, body, ...reply }: FakeResponse, spelling: string): FakeResponse {
  const quoted = [
    identity.id,
    identity.model,
    identity.system_fingerprint,
    'content_filter',
    'https://a.example',
  ];
  return {
    ...reply,
    headers: { ...given, 'x-request-id': spelling, 'x-inference-id': `i ${spelling} i` },
    body: quoted.reduce((text, word) => text.replaceAll(word, `${word} ${spelling}`), body),
  };
}
