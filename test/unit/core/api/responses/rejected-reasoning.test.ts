import assert from 'node:assert/strict';
import { createLearnedCorrections, type LearnedCorrections } from '../../../../../src/core/api';
import { streamOf } from '../../../../support/response-stream';
import { requestTo } from '../../../../support/wire';
import {
  askAndCollect,
  errorBody,
  eventsOfType,
  respondWith,
  testClock,
  testTimeouts,
  type FakeResponse,
} from '../client-builders';
import { completed, secondQuestion, typesIn, type Body } from './reasoning-builders';

describe('Encrypted reasoning that the service may reject', () => {
  const rejections: readonly (readonly [string, FakeResponse])[] = [
    [
      'because it does not store items',
      {
        status: 404,
        body: errorBody(
          "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.",
          { param: 'input' },
        ),
      },
    ],
    [
      'because its message is missing',
      {
        status: 400,
        body: errorBody("Item 'rs_1' of type 'reasoning' was provided without its required following item.", {
          param: 'input',
        }),
      },
    ],
    [
      'because it can no longer decrypt it',
      {
        status: 400,
        body: errorBody('The encrypted content for item rs_1 could not be verified.', {
          code: 'invalid_encrypted_content',
        }),
      },
    ],
    [
      'because it does not support encrypted content',
      {
        status: 400,
        body: errorBody('Encrypted content is not supported with this model.', { param: 'include' }),
      },
    ],
    [
      'because it does not know the parameter',
      { status: 422, body: errorBody("Unknown parameter: 'include'.") },
    ],
    [
      'because it does not know the item',
      {
        status: 400,
        body: errorBody("Unknown parameter: 'input[1].summary'.", { param: 'input[1].summary' }),
      },
    ],
    ['because it makes the request too large', { status: 413, body: errorBody('Request too large') }],
    ['without a reason', { status: 400, body: '{"detail":"Bad Request"}' }],
    [
      'in the first event of a stream',
      {
        body: streamOf([
          {
            type: 'response.failed',
            response: {
              status: 'failed',
              error: { code: 'invalid_request_error', message: "Item with id 'rs_1' not found." },
            },
          },
        ]),
      },
    ],
  ];
  for (const [reason, rejection] of rejections) {
    it(`is omitted, also later, if the service rejects it ${reason}`, async () => {
      const learnedCorrections: LearnedCorrections = createLearnedCorrections();
      const transport = respondWith(rejection, completed);
      const request = requestTo('http://127.0.0.1', {
        ...secondQuestion,
        parameters: { ...secondQuestion.parameters, api: 'auto', reasoningSummary: 'auto' },
      });
      const answer = await askAndCollect(request, transport, testClock('pass'), { learnedCorrections });
      assert.deepEqual(answer.outcome, { kind: 'complete' });
      assert.deepEqual(
        eventsOfType(answer, 'corrected').map(({ correction }) => correction),
        ['no-encrypted-reasoning'],
      );
      await askAndCollect(request, transport, testClock('pass'), { learnedCorrections });
      const sent = transport.sent.map(({ body }) => JSON.parse(body ?? '{}') as Body);
      const withoutReasoning = ['user', 'assistant', 'user'];
      assert.deepEqual(sent.map(typesIn), [
        ['user', 'reasoning', 'assistant', 'user'],
        withoutReasoning,
        withoutReasoning,
      ]);
      assert.deepEqual(
        sent.map(({ include }) => include?.length),
        [1, undefined, undefined],
      );
    });
  }

  const otherErrors: readonly (readonly [string, FakeResponse])[] = [
    ['a wrong key', { status: 401, body: errorBody('Incorrect API key provided') }],
    ['too many requests', { status: 429, body: errorBody('Rate limit reached') }],
    [
      'a prompt that is too long',
      { status: 400, body: errorBody('prompt is too long: 208310 tokens > 200000 maximum') },
    ],
  ];
  for (const [name, rejection] of otherErrors) {
    it(`is still sent after an error about ${name}`, async () => {
      const answer = await askAndCollect(
        requestTo('http://127.0.0.1', secondQuestion),
        respondWith(rejection),
        testClock('pass'),
      );
      assert.deepEqual(eventsOfType(answer, 'corrected'), []);
    });
  }

  for (const [name, rejection] of [
    ['the verb include', { status: 400, body: errorBody('Your question must include a text.') }],
    [
      'a key that does not include a model',
      { status: 403, body: errorBody("Your key does not 'include' it.") },
    ],
    ['another parameter', { status: 400, body: errorBody("Unknown parameter: 'store'.") }],
  ] as const) {
    it(`is still requested after an error about ${name}`, async () => {
      const request = requestTo('http://127.0.0.1', {
        timeouts: testTimeouts,
        parameters: { api: 'responses' },
      });
      const answer = await askAndCollect(request, respondWith(rejection), testClock('pass'));
      assert.deepEqual(eventsOfType(answer, 'corrected'), []);
    });
  }
});
