import assert from 'node:assert/strict';
import { createLearnedCorrections, type ChatParameters } from '../../../../src/core/api';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer } from '../../../server/server';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../../support/wire';
import {
  completion,
  errorOf,
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  respondWith,
  responsesCompletion,
  testClock,
  type FakeResponse,
} from './client-builders';

const response: FakeResponse = { body: responsesCompletion('Yes.') };
const chatCompletion: FakeResponse = { body: completion('Yes.') };
const responsesOnly: readonly FakeResponse[] = [
  'This model is only supported in v1/responses and not in v1/chat/completions.',
  'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
].map((message) => ({ status: 404, body: errorBody(message, { param: 'model' }) }));

interface AskResult {
  readonly answer: CollectedAnswer;
  /** The last parts of the addresses. */
  readonly paths: readonly string[];
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
}

async function ask(
  replies: readonly [FakeResponse, ...FakeResponse[]],
  parameters: Partial<ChatParameters>,
  learnedCorrections = createLearnedCorrections(),
): Promise<AskResult> {
  const transport = respondWith(...replies);
  const request = requestTo('http://127.0.0.1', { parameters, timeouts: testTimeouts });
  const answer = await askAndCollect(request, transport, testClock('pass'), { learnedCorrections });
  return {
    answer,
    paths: transport.sent.map(({ url }) => url.pathname.replace('/v1/', '')),
    bodies: transport.sent.map(({ body = '' }) => JSON.parse(body) as Readonly<Record<string, unknown>>),
  };
}

const complete = { kind: 'complete' };
const bothPaths = ['chat/completions', 'responses'];
const withSummaries = { reasoningSummary: 'auto' } as const;

describe('The API for a question', () => {
  it('is Chat Completions by default', async () => {
    assert.deepEqual((await ask([chatCompletion], {})).paths, ['chat/completions']);
  });

  it('is the one in the settings even if the model requires the other one', async () => {
    for (const reply of responsesOnly) {
      const { answer, paths } = await ask([reply], { api: 'chat' });
      const error = errorOf(answer);
      assert.deepEqual(paths, ['chat/completions']);
      assert.equal(error.kind === 'wrong-address' && error.needs, 'responses');
    }
    assert.deepEqual((await ask([response], { api: 'responses' })).paths, ['responses']);
  });

  it('is Responses if the model requires it, also for later questions', async () => {
    for (const reply of responsesOnly) {
      const learnedCorrections = createLearnedCorrections();
      const { answer, paths } = await ask([reply, response], {}, learnedCorrections);
      assert.deepEqual([answer.outcome, paths, answer.texts], [complete, bothPaths, ['Yes.']]);
      assert.deepEqual(
        eventsOfType(answer, 'corrected').map(({ correction }) => correction),
        ['responses-api'],
      );
      assert.deepEqual((await ask([response], {}, learnedCorrections)).paths, ['responses']);
    }
  });

  it('is Responses if reasoning summaries are requested', async () => {
    const { paths, bodies } = await ask([response], withSummaries);
    assert.deepEqual([paths, bodies[0]?.['reasoning']], [['responses'], { summary: 'auto' }]);
  });

  const rejections: readonly (readonly [string, FakeResponse])[] = [
    ['does not have the address', { status: 404, body: '{"detail":"Not Found"}' }],
    ['does not allow POST there', { status: 405, body: '{"detail":"Method Not Allowed"}' }],
    ['does not implement it', { status: 501, body: '{"error":{"message":"Not implemented"}}' }],
    [
      'does not know its parameters',
      { status: 400, body: errorBody("Unknown parameter: 'store'.", { param: 'store' }) },
    ],
    [
      'does not offer the model through it',
      { status: 400, body: errorBody("The requested model 'x' cannot be used with the Responses API.") },
    ],
    [
      'responds to every address with 200',
      { body: '{"error":"Unexpected endpoint or method. (POST /v1/responses)"}' },
    ],
    [
      'does not permit it for the API key',
      { status: 403, body: errorBody('Missing scopes: api.responses.write') },
    ],
  ];
  for (const [reason, reply] of rejections) {
    it(`is Chat Completions even for summaries, also later, if the service ${reason}`, async () => {
      const learnedCorrections = createLearnedCorrections();
      const { answer, paths } = await ask([reply, chatCompletion], withSummaries, learnedCorrections);
      assert.deepEqual([answer.outcome, paths], [complete, ['responses', 'chat/completions']]);
      assert.deepEqual(
        eventsOfType(answer, 'corrected').map(({ correction }) => correction),
        ['chat-api'],
      );
      assert.deepEqual((await ask([chatCompletion], withSummaries, learnedCorrections)).paths, [
        'chat/completions',
      ]);
    });
  }

  const otherErrors: readonly (readonly [string, FakeResponse])[] = [
    ['an error about a wrong API key', { status: 401, body: errorBody('Incorrect API key provided.') }],
    [
      'an error about a missing model',
      { status: 404, body: errorBody('The model `x` does not exist', { code: 'model_not_found' }) },
    ],
    [
      'an error about a value that is too large',
      { status: 400, body: errorBody('max_output_tokens is too large: 99999.') },
    ],
  ];
  for (const [name, reply] of otherErrors) {
    it(`does not change after ${name}`, async () => {
      const { answer, paths } = await ask([reply], withSummaries);
      assert.deepEqual([answer.outcome.kind, paths], ['failed', ['responses']]);
    });
  }

  it('is tried only once each if a service rejects both', async () => {
    const [needsResponses] = responsesOnly;
    assert.ok(needsResponses);
    const missing = { status: 404, body: '{"detail":"Not Found"}' };
    const { answer, paths } = await ask([needsResponses, missing, needsResponses], {});
    assert.deepEqual([answer.outcome.kind, paths], ['failed', [...bothPaths, 'chat/completions']]);
  });

  it('can be Responses without summaries if these require a verified organization', async () => {
    const message = 'Your organization must be verified to generate reasoning summaries.';
    const reply = { status: 400, body: errorBody(message, { param: 'reasoning.summary', code: null }) };
    const { answer, paths, bodies } = await ask([reply, response], { api: 'responses', ...withSummaries });
    assert.deepEqual([answer.outcome, paths], [complete, ['responses', 'responses']]);
    assert.ok(!('reasoning' in (bodies[1] ?? {})));
    assert.deepEqual((await ask([reply, chatCompletion], withSummaries)).paths, [
      'responses',
      'chat/completions',
    ]);
  });

  it('is the same for several answers, each of which needs a request of its own', async () => {
    const [needsResponses] = responsesOnly;
    assert.ok(needsResponses);
    const { answer, paths } = await ask([needsResponses, response], { n: 2 });
    assert.deepEqual(
      [answer.texts, paths],
      [
        ['Yes.', 'Yes.'],
        ['chat/completions', 'responses', 'responses'],
      ],
    );
  });

  for (const apis of ['chat', 'responses'] as const) {
    it(`is found for a server that supports only ${apis}`, async () => {
      const api = await startServer({ apis, pace: NO_DELAY });
      const { outcome } = await collectAnswer(
        requestTo(api.origin, { parameters: withSummaries }),
        nodeTransport,
      );
      const { outcome: outcomeWithoutSummaries } = await collectAnswer(requestTo(api.origin), nodeTransport);
      await api.close();
      assert.deepEqual([outcome, outcomeWithoutSummaries], [complete, complete]);
    });
  }
});
