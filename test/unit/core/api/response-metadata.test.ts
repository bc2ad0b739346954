import assert from 'node:assert/strict';
import type { ChatEvent } from '../../../../src/core/api';
import type { CollectedAnswer } from '../../../support/wire';
import {
  askForResponse,
  completion,
  errorBody,
  errorOf,
  eventsOfType,
  sseEvent,
  type FakeResponse,
} from './client-builders';

const usage = {
  prompt_tokens: 57,
  completion_tokens: 2167,
  total_tokens: 2224,
  prompt_tokens_details: { cached_tokens: 32, audio_tokens: 5, image_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 64, rejected_prediction_tokens: 3, note: 'none' },
  num_sources_used: 2,
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
const complete: FakeResponse = {
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

describe('The metadata of an answer', () => {
  for (const [form, reply] of [
    ['in a stream', streamed],
    ['in one piece', complete],
  ] as const) {
    describe(form, () => {
      let answer: CollectedAnswer;
      before(async () => {
        answer = await askForResponse(reply);
      });
      const last = <Type extends ChatEvent['type']>(
        type: Type,
      ): (ChatEvent & { readonly type: Type }) | undefined => eventsOfType(answer, type).at(-1);

      it('keeps the ID, the model name of the service, and the system fingerprint', () => {
        assert.deepEqual(last('identified'), {
          type: 'identified',
          requestIndex: 0,
          identity: { id: 'chatcmpl-1', model: 'o1-mini-2024-09-12', fingerprint: 'fp_1' },
        });
      });

      it('keeps the HTTP status and both request IDs', () => {
        const { status } = reply;
        assert.deepEqual(last('accepted'), {
          type: 'accepted',
          requestIndex: 0,
          status,
          requestIds: ['r-1', 'i-1'],
        });
      });

      it('keeps the text, the refusal, the annotations and the finish reason', () => {
        assert.deepEqual(answer.texts, ['Yes']);
        assert.deepEqual(last('refusal'), { type: 'refusal', index: 0, text: 'No.' });
        assert.deepEqual(last('annotated'), { type: 'annotated', index: 0, annotations });
        assert.deepEqual(last('finished'), { type: 'finished', index: 0, reason: 'content_filter' });
        assert.deepEqual(answer.outcome, { kind: 'complete' });
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
          ],
        });
      });

      it('keeps the cost', () => {
        assert.deepEqual(last('billed'), {
          type: 'billed',
          requestIndex: 0,
          usd: 0.0123,
          scaledCounts: true,
        });
      });
    });
  }

  it('may contain either request ID, both, or none', async () => {
    for (const headerFields of [{ 'x-request-id': 'r' }, { 'x-inference-id': 'i' }, {}]) {
      const [accepted] = eventsOfType(
        await askForResponse({ ...complete, headers: headerFields }),
        'accepted',
      );
      assert.deepEqual(accepted?.requestIds, Object.values(headerFields));
    }
  });

  for (const cost of ['', '0', '-1', 'free', 'NaN', 'Infinity']) {
    it(`contains no cost if the header is "${cost}"`, async () => {
      const answer = await askForResponse({ ...complete, headers: { 'x-aimlapi-usd-spent': cost } });
      assert.deepEqual(eventsOfType(answer, 'billed'), []);
    });
  }

  for (const [source, last] of [
    ['Moonshot', { choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage }] }],
    ['Groq', { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], x_groq: { id: 'r', usage } }],
  ] as const) {
    it(`contains the usage from where ${source} reports it`, async () => {
      const body = [{ choices: [{ index: 0, delta: { content: 'Yes' } }] }, last, '[DONE]'].map(sseEvent);
      const answer = await askForResponse({ body: body.join('') });
      assert.equal(eventsOfType(answer, 'usage').at(-1)?.usage.totalTokens, 2224);
      assert.deepEqual(answer.outcome, { kind: 'complete' });
    });
  }

  it('contains the cost from the usage, unless the service uses a key that the user has for the model provider', async () => {
    const billed = { ...usage, cost: 0.25, is_byok: false, cost_details: { upstream_inference_cost: 0.2 } };
    const answer = await askForResponse({ body: completion('Yes', { usage: billed }) });
    assert.deepEqual(eventsOfType(answer, 'billed'), [{ type: 'billed', requestIndex: 0, usd: 0.25 }]);
    const [{ usage: tokenUsage } = { usage: {} }] = eventsOfType(answer, 'usage');
    assert.doesNotMatch(JSON.stringify(tokenUsage), /cost/);
    const withOwnKey = await askForResponse({
      body: completion('Yes', { usage: { ...billed, is_byok: true } }),
    });
    assert.deepEqual(eventsOfType(withOwnKey, 'billed'), []);
  });

  const counts = { prompt_tokens: 18, completion_tokens: 6, total_tokens: 24 };
  for (const [service, fields, usd] of [
    ['Groq', { queue_time: 0.037, prompt_time: 0.0004, completion_time: 1, total_time: 1.04 }, undefined],
    ['Perplexity', { cost: { input_tokens_cost: 0.1, request_cost: 1, total_cost: 0.3 } }, 0.3],
    ['DeepInfra', { estimated_cost: 0.000027 }, undefined],
    ['Mistral', { prompt_audio_seconds: 12 }, undefined],
    ['xAI', { cost_in_usd_ticks: 37_756_000 }, undefined],
  ] as const) {
    it(`contains neither times nor amounts of money as token counts: ${service}`, async () => {
      const answer = await askForResponse({ body: completion('Yes', { usage: { ...counts, ...fields } }) });
      assert.deepEqual(eventsOfType(answer, 'usage').at(-1)?.usage, {
        promptTokens: 18,
        completionTokens: 6,
        totalTokens: 24,
      });
      assert.equal(eventsOfType(answer, 'billed').at(-1)?.usd, usd);
    });
  }

  it('contains no cost if the cost is negative', async () => {
    const body = streamed.body.replace('0.0123', '-5');
    assert.deepEqual(eventsOfType(await askForResponse({ ...streamed, body }), 'billed'), []);
  });

  it('is also kept for an answer that is interrupted', async () => {
    const cut = streamed.body.slice(0, streamed.body.indexOf('data: {"meta"'));
    const answer = await askForResponse({
      ...streamed,
      body: cut + sseEvent({ error: { message: 'overloaded' } }),
    });
    assert.equal(errorOf(answer).kind, 'broken-off');
    assert.equal(eventsOfType(answer, 'usage').at(-1)?.usage.totalTokens, 2224);
    assert.equal(eventsOfType(answer, 'identified').at(-1)?.identity.id, 'chatcmpl-1');
  });
});

describe('An API key in a response', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const urlEncoded = encodeURIComponent(key);
  const encodings: readonly (readonly [string, string])[] = [
    ['unchanged', key],
    ['with its scheme', `Bearer ${key}`],
    ['in base64', base64(key)],
    ['in base64 with its scheme', base64(`Bearer ${key}`)],
    ['in base64url', Buffer.from(key).toString('base64url')],
    ['URL-encoded', urlEncoded],
    ['URL-encoded in lower case', urlEncoded.replace(/%../g, (code) => code.toLowerCase())],
  ];

  for (const [encoding, encoded] of encodings) {
    const replies: readonly (readonly [string, FakeResponse])[] = [
      ['the metadata of a stream', withKey(streamed, encoded)],
      ['the metadata of a complete response', withKey(complete, encoded)],
      [
        'an error response',
        { status: 401, headers: { 'x-request-id': encoded }, body: errorBody(`Wrong: ${encoded}`) },
      ],
      ['the error page of a proxy', { status: 502, body: `<title>${encoded}</title>` }],
      ['plain text', { status: 400, body: `{"cut": "${encoded}` }],
      ['an error in the stream', { body: sseEvent({ error: { message: `Bad ${encoded}` } }) }],
      ['a response that is not an answer', { body: `Hello ${encoded}` }],
      ['the name of a field', { body: complete.body.replace('"url_citation":', `"${encoded}":`) }],
    ];
    for (const [place, reply] of replies) {
      it(`is redacted in ${place}: ${encoding}`, async () => {
        assert.ok(
          JSON.stringify([reply.body, reply.headers]).includes(encoded),
          'the response contains the key',
        );
        const { events } = await askForResponse(reply, { apiKey: key });
        const received = JSON.stringify(events);
        assert.ok(!received.includes(encoded) && !received.includes('sentinel'), received);
        assert.ok(received.includes('[key]'), received);
      });
    }
  }

  it('is redacted in JSON within a text', async () => {
    const keyWithQuotes = 'sk-"quoted"\\sentinel';
    const { events } = await askForResponse(
      { status: 400, body: `{"cut": ${JSON.stringify(keyWithQuotes)}` },
      { apiKey: keyWithQuotes },
    );
    assert.ok(!JSON.stringify(events).includes('sentinel'));
  });

  for (const unusualKey of ['sk-…', 'sk-🗼', 'sk-\ud83d', ' ', 'sk-\n']) {
    it(`may be ${JSON.stringify(unusualKey)}, with the same error and no exception`, async () => {
      assert.equal(
        errorOf(await askForResponse({ status: 401, body: errorBody('wrong key') }, { apiKey: unusualKey }))
          .kind,
        'unauthorized',
      );
    });
  }
});

/** The response with the key in every field except the text. */
function withKey(
  { headers: headersWithoutKey = {}, body, ...reply }: FakeResponse,
  encoded: string,
): FakeResponse {
  const values = [
    identity.id,
    identity.model,
    identity.system_fingerprint,
    'content_filter',
    'https://a.example',
  ];
  return {
    ...reply,
    headers: { ...headersWithoutKey, 'x-request-id': encoded, 'x-inference-id': `i ${encoded} i` },
    body: values.reduce((text, value) => text.replaceAll(value, `${value} ${encoded}`), body),
  };
}
