import assert from 'node:assert/strict';
import { createLearnedCorrections, type ChatParameters } from '../../../src/core/api';
import { nodeTransport } from '../../../src/platform/node/transport';
import { startServer } from '../../server/server';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../support/wire';
import {
  completion,
  errorOf,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  respondWith,
  testClock,
  type FakeResponse,
} from './client-builders';

const response: FakeResponse = {
  body: JSON.stringify({
    object: 'response',
    status: 'completed',
    output: [{ type: 'message', content: [{ type: 'output_text', text: 'Yes.' }] }],
  }),
};
const chat: FakeResponse = { body: completion('Yes.') };
const responsesOnly: readonly FakeResponse[] = [
  'This model is only supported in v1/responses and not in v1/chat/completions.',
  'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
].map((message) => ({ status: 404, body: errorBody(message, { param: 'model' }) }));

interface Asked {
  readonly heard: CollectedAnswer;
  /** The last parts of the addresses. */
  readonly paths: readonly string[];
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
}

const memory = createLearnedCorrections;

async function ask(
  replies: readonly [FakeResponse, ...FakeResponse[]],
  parameters: Partial<ChatParameters>,
  learnedCorrections = memory(),
): Promise<Asked> {
  const transport = respondWith(...replies);
  const request = requestTo('http://127.0.0.1', { parameters, timeouts: testTimeouts });
  const heard = await askAndCollect(request, transport, testClock('pass'), { learnedCorrections });
  return {
    heard,
    paths: transport.sent.map(({ url }) => url.pathname.replace('/v1/', '')),
    bodies: transport.sent.map(({ body = '' }) => JSON.parse(body) as Readonly<Record<string, unknown>>),
  };
}

const done = { kind: 'complete' };
const both = ['chat/completions', 'responses'];
const summaries = { reasoningSummary: 'auto' } as const;

describe('The API of a question', () => {
  it('is Chat Completions, where nothing else is needed or wanted', async () => {
    assert.deepEqual((await ask([chat], {})).paths, ['chat/completions']);
  });

  it('is the one in the settings, although the model needs another', async () => {
    for (const reply of responsesOnly) {
      const { heard, paths } = await ask([reply], { api: 'chat' });
      const error = errorOf(heard);
      assert.deepEqual(paths, ['chat/completions']);
      assert.equal(error.kind === 'wrong-address' && error.needs, 'responses');
    }
    assert.deepEqual((await ask([response], { api: 'responses' })).paths, ['responses']);
  });

  it('is Responses where the model needs it, which is remembered', async () => {
    for (const reply of responsesOnly) {
      const learnedCorrections = memory();
      const { heard, paths } = await ask([reply, response], {}, learnedCorrections);
      assert.deepEqual([heard.outcome, paths, heard.texts], [done, both, ['Yes.']]);
      assert.deepEqual(
        eventsOfType(heard, 'corrected').map(({ correction }) => correction),
        ['responses-api'],
      );
      assert.deepEqual((await ask([response], {}, learnedCorrections)).paths, ['responses']);
    }
  });

  it('is Responses where summaries are wanted', async () => {
    const { paths, bodies } = await ask([response], summaries);
    assert.deepEqual([paths, bodies[0]?.['reasoning']], [['responses'], { summary: 'auto' }]);
  });

  const rejections: readonly (readonly [string, FakeResponse])[] = [
    ['has no such address', { status: 404, body: '{"detail":"Not Found"}' }],
    ['allows no POST there', { status: 405, body: '{"detail":"Method Not Allowed"}' }],
    ['does not implement it', { status: 501, body: '{"error":{"message":"Not implemented"}}' }],
    ['knows none of it', { status: 400, body: errorBody("Unknown parameter: 'store'.", { param: 'store' }) }],
    [
      'does not serve the model by it',
      { status: 400, body: errorBody("The requested model 'x' cannot be used with the Responses API.") },
    ],
    [
      'answers every address with 200',
      { body: '{"error":"Unexpected endpoint or method. (POST /v1/responses)"}' },
    ],
    ['gives the key no right to it', { status: 403, body: errorBody('Missing scopes: api.responses.write') }],
  ];
  for (const [what, reply] of rejections) {
    it(`is Chat Completions, for summaries too, where the service ${what}, which is remembered`, async () => {
      const learnedCorrections = memory();
      const { heard, paths } = await ask([reply, chat], summaries, learnedCorrections);
      assert.deepEqual([heard.outcome, paths], [done, ['responses', 'chat/completions']]);
      assert.deepEqual(
        eventsOfType(heard, 'corrected').map(({ correction }) => correction),
        ['chat-api'],
      );
      assert.deepEqual((await ask([chat], summaries, learnedCorrections)).paths, ['chat/completions']);
    });
  }

  const others: readonly (readonly [string, FakeResponse])[] = [
    ['a wrong key', { status: 401, body: errorBody('Incorrect API key provided.') }],
    [
      'a model that is gone',
      { status: 404, body: errorBody('The model `x` does not exist', { code: 'model_not_found' }) },
    ],
    ['a value that is too large', { status: 400, body: errorBody('max_output_tokens is too large: 99999.') }],
  ];
  for (const [what, reply] of others) {
    it(`does not change for ${what}`, async () => {
      const { heard, paths } = await ask([reply], summaries);
      assert.deepEqual([heard.outcome.kind, paths], ['failed', ['responses']]);
    });
  }

  it('is asked once each where a service rejects both', async () => {
    const [needsResponses] = responsesOnly;
    assert.ok(needsResponses);
    const missing = { status: 404, body: '{"detail":"Not Found"}' };
    const { heard, paths } = await ask([needsResponses, missing, needsResponses], {});
    assert.deepEqual([heard.outcome.kind, paths], ['failed', [...both, 'chat/completions']]);
  });

  it('may be Responses without summaries, where these need a verified organization', async () => {
    const message = 'Your organization must be verified to generate reasoning summaries.';
    const reply = { status: 400, body: errorBody(message, { param: 'reasoning.summary', code: null }) };
    const { heard, paths, bodies } = await ask([reply, response], { api: 'responses', ...summaries });
    assert.deepEqual([heard.outcome, paths], [done, ['responses', 'responses']]);
    assert.ok(!('reasoning' in (bodies[1] ?? {})));
    assert.deepEqual((await ask([reply, chat], summaries)).paths, ['responses', 'chat/completions']);
  });

  it('is the same for several answers, each of which is a request', async () => {
    const [needsResponses] = responsesOnly;
    assert.ok(needsResponses);
    const { heard, paths } = await ask([needsResponses, response], { n: 2 });
    assert.deepEqual(
      [heard.texts, paths],
      [
        ['Yes.', 'Yes.'],
        ['chat/completions', 'responses', 'responses'],
      ],
    );
  });

  for (const apis of ['chat', 'responses'] as const) {
    it(`is found with a server that has ${apis} alone`, async () => {
      const api = await startServer({ apis, pace: { thinkingMs: 0, deltaMs: 0 } });
      const { outcome } = await collectAnswer(
        requestTo(api.origin, { parameters: summaries }),
        nodeTransport,
      );
      const { outcome: without } = await collectAnswer(requestTo(api.origin), nodeTransport);
      await api.close();
      assert.deepEqual([outcome, without], [done, done]);
    });
  }
});
