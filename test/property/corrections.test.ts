import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  testTimeouts,
  askAndCollect,
  eventsOfType,
  errorBody,
  respondWith,
  testClock,
  type FakeResponse,
} from '../unit/core/api/client-builders';
import { refusedParameters, refusedValues } from '../unit/core/api/errors/error-responses';
import { requestTo } from '../support/wire';

const parameterNames = [
  'messages[0].role',
  'messages[0].name',
  'max_tokens',
  'max_completion_tokens',
  'n',
  'seed',
];
const anyMessage = fc.oneof(
  fc.constantFrom(...refusedParameters.map((refused) => refused.message)),
  fc.constantFrom(...refusedValues.map((refused) => refused.message)),
  fc.constant(
    "Unsupported: 'system' role, stream, stream_options, 'n', seed, max_tokens and max_completion_tokens.",
  ),
  fc.string(),
);
const anyResponse: fc.Arbitrary<FakeResponse> = fc
  .tuple(
    anyMessage,
    fc.constantFrom(null, 'stream', 'stream_options', ...parameterNames),
    fc.constantFrom(400, 422, 500),
  )
  .map(([message, param, status]) => ({
    status,
    body: status === 500 ? JSON.stringify({ message: `400 ${message}` }) : errorBody(message, { param }),
  }));
const anyParameters = fc.record({
  n: fc.constantFrom(1, 3),
  seed: fc.constantFrom(null, 7),
  stream: fc.boolean(),
  includeUsage: fc.boolean(),
  tokenLimitParameter: fc.constantFrom('max_tokens' as const, 'max_completion_tokens' as const),
  model: fc.constantFrom('gpt-4o', 'o1-mini'),
});

describe('A server that rejects every request', () => {
  it('receives a limited number of requests, and each correction is reported once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyResponse, { minLength: 1, maxLength: 30 }),
        anyParameters,
        async (responses, parameters) => {
          const [first, ...rest] = responses;
          assert.ok(first);
          const transport = respondWith(first, ...rest);
          const clock = testClock('pass');
          const request = requestTo('http://127.0.0.1', {
            instructions: 'Be brief.',
            messages: [{ role: 'user', content: 'Hello', name: 'ada' }],
            timeouts: testTimeouts,
            maxRetries: 2,
            parameters,
          });
          const answer = await askAndCollect(request, transport, clock);
          const corrections = eventsOfType(answer, 'corrected').map(({ correction }) => correction);
          const maxRequestCount = (1 + corrections.length + 2) * parameters.n;
          assert.ok(transport.sent.length <= maxRequestCount, `${transport.sent.length} requests`);
          assert.equal(new Set(corrections).size, corrections.length);
          assert.equal(answer.outcome.kind, 'failed');
          assert.equal(clock.running(), 0);
          for (const { body = '' } of transport.sent) {
            const sent = JSON.parse(body) as object;
            assert.notEqual('max_tokens' in sent, 'max_completion_tokens' in sent, body);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
