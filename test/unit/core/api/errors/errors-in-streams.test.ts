import assert from 'node:assert/strict';
import { askAndCollect, completion, respondWith, testClock, testTimeouts } from '../client-builders';
import { bytes, collectAnswer, requestTo, transportOf } from '../../../../support/wire';

const OVERLONG =
  'The number of tokens to keep from the initial prompt is greater than the context length. Load the model with a larger one.';

describe('An error in a stream', () => {
  const text = { choices: [{ index: 0, delta: { content: 'So far' } }] };
  const failedChoice = { index: 0, delta: { content: '' }, finish_reason: 'error' };

  for (const [source, event, kind] of [
    [
      'Gemini',
      [{ error: { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED' } }],
      'rate-limited',
    ],
    ['vLLM', { object: 'error', message: 'The model `m` does not exist.', code: 404 }, 'model-not-found'],
    ['Anthropic', { type: 'error', message: 'Overloaded', code: 'overloaded_error' }, 'server'],
    ['DashScope', { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded' }, 'rate-limited'],
    ['FastAPI', { detail: 'Internal Server Error' }, 'server'],
    ['Cloudflare', { success: false, errors: [{ code: 5007, message: 'No such model' }] }, 'model-not-found'],
    ['LM Studio', { error: { message: OVERLONG } }, 'context-too-long'],
    ['a local server', { error: 'The model `m` does not exist.' }, 'model-not-found'],
    ['a filter', { error: { message: 'Refused', code: 'content_filter' } }, 'forbidden'],
    ['a proxy', { error: 'Unexpected token < is not valid JSON' }, 'server'],
    ['a gateway', { error: { message: 'Unknown error, please retry.' } }, 'server'],
    ['MiniMax, 1008', { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'no-credit'],
    [
      'MiniMax',
      { base_resp: { status_code: 1004, status_msg: 'login fail: carry the key' } },
      'unauthorized',
    ],
    ['MiniMax, 1026', { base_resp: { status_code: 1026, status_msg: 'input new_sensitive' } }, 'forbidden'],
    [
      'MiniMax, 1039',
      { base_resp: { status_code: 1039, status_msg: 'token limit exceeded' } },
      'rate-limited',
    ],
    ['OpenRouter', { error: { code: 502, message: 'Upstream failed' }, choices: [failedChoice] }, 'server'],
    [
      'a choice',
      { choices: [{ ...failedChoice, error: { code: 429, message: 'Slow down' } }] },
      'rate-limited',
    ],
    [
      'Groq',
      {
        choices: [{ index: 0, delta: {}, finish_reason: null }],
        x_groq: { id: 'r', error: 'over_capacity' },
      },
      'server',
    ],
    ['a finish reason', { choices: [failedChoice] }, 'server'],
  ] as const) {
    const collect = (...events: readonly unknown[]): ReturnType<typeof collectAnswer> =>
      collectAnswer(
        requestTo('http://127.0.0.1'),
        transportOf({ chunks: events.map((json) => bytes(`data: ${JSON.stringify(json)}\n\n`)) }),
      );

    it(`is reported like an error response before any text, and interrupts the answer after text: ${source}`, async () => {
      const { outcome } = await collect(event);
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.error.kind, kind);
      assert.ok('message' in outcome.error && !/[{[]/.test(outcome.error.message), source);
      const later = await collect(text, event);
      assert.deepEqual(later.texts, ['So far']);
      assert.ok(later.outcome.kind === 'failed' && later.outcome.error.kind === 'broken-off');
    });
  }

  for (const [message, parameters, sentAgain] of [
    [
      "'reasoning_effort' is not supported with this model",
      { model: 'm', reasoningEffort: 'low' },
      { reasoning_effort: undefined },
    ],
    [
      'max_completion_tokens is too large: this model supports at most 4096 tokens',
      {},
      { max_completion_tokens: 4096 },
    ],
  ] as const) {
    it(`is corrected if its words reject a parameter, without a status: ${message}`, async () => {
      const error = `data: ${JSON.stringify({ error: { message } })}\n\n`;
      const transport = respondWith({ body: error }, { body: completion('Yes.') });
      const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts, parameters });
      const { outcome } = await askAndCollect(request, transport, testClock('pass'));
      assert.deepEqual(outcome, { kind: 'complete' });
      const last = JSON.parse(transport.sent.at(-1)?.body ?? '') as Record<string, unknown>;
      for (const [name, value] of Object.entries(sentAgain)) assert.equal(last[name], value);
    });
  }

  it('corrects nothing if it only mentions a parameter', async () => {
    for (const message of [
      'The stream ended unexpectedly',
      'Unknown error while thinking',
      'Invalid seed node',
    ]) {
      const transport = respondWith({ body: `data: ${JSON.stringify({ error: { message } })}\n\n` });
      const parameters = { model: 'm', reasoningEffort: 'low', seed: 7 };
      const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts, parameters });
      const { outcome } = await askAndCollect(request, transport, testClock('pass'));
      assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'server', message);
      assert.equal(transport.sent.length, 1, message);
    }
  });

  for (const repeated of ['use ', 'should be one of ', 'maximum tokens to ']) {
    it(`cannot slow down the client with a message that repeats ${JSON.stringify(repeated)}`, async () => {
      const message = `must ${repeated.repeat(200_000)}`;
      const transport = respondWith({ body: `data: ${JSON.stringify({ error: { message } })}\n\n` });
      const parameters = { model: 'm', reasoningEffort: 'low', seed: 7 };
      const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts, parameters });
      const { outcome } = await askAndCollect(request, transport, testClock('pass'));
      assert.equal(outcome.kind, 'failed');
    });
  }

  it('is not assumed for fields that only resemble an error', async () => {
    const last = { choices: [{ index: 0, delta: { content: '!' }, finish_reason: 'stop' }] };
    for (const fields of [
      { error: null },
      { error: {} },
      { error: false },
      { message: 'Hello' },
      { success: true },
      { x_groq: { id: 'r', usage: {} } },
    ]) {
      const { outcome } = await collectAnswer(
        requestTo('http://127.0.0.1'),
        transportOf({
          chunks: [{ ...fields, ...last }, '[DONE]'].map((json) =>
            bytes(`data: ${typeof json === 'string' ? json : JSON.stringify(json)}\n\n`),
          ),
        }),
      );
      assert.deepEqual(outcome, { kind: 'complete' });
    }
  });
});
