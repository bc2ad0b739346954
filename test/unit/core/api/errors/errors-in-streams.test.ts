import assert from 'node:assert/strict';
import { bytes, collectAnswer, requestTo, transportOf } from '../../../../support/wire';

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
    ['Cloudflare', { success: false, errors: [{ code: 5007, message: 'No such model' }] }, 'server'],
    ['MiniMax', { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'no-credit'],
    ['OpenRouter', { error: { code: 502, message: 'Upstream failed' }, choices: [failedChoice] }, 'server'],
    [
      'a choice',
      { choices: [{ ...failedChoice, error: { code: 429, message: 'Slow down' } }] },
      'rate-limited',
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

  it('is not assumed for fields that only resemble an error', async () => {
    const last = { choices: [{ index: 0, delta: { content: '!' }, finish_reason: 'stop' }] };
    for (const fields of [
      { error: null },
      { error: {} },
      { error: false },
      { message: 'Hello' },
      { success: true },
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
