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
} from '../unit/core/client-builders';
import { refusedParameters, refusedValues } from '../unit/core/error-responses';
import { requestTo } from '../support/wire';

const names = ['messages[0].role', 'messages[0].name', 'max_tokens', 'max_completion_tokens', 'n', 'seed'];
const message = fc.oneof(
  fc.constantFrom(...refusedParameters.map((refused) => refused.message)),
  fc.constantFrom(...refusedValues.map((refused) => refused.message)),
  fc.constant(
    "Unsupported: 'system' role, stream, stream_options, 'n', seed, max_tokens and max_completion_tokens.",
  ),
  fc.string(),
);
const reply: fc.Arbitrary<FakeResponse> = fc
  .tuple(message, fc.constantFrom(null, 'stream', 'stream_options', ...names), fc.constantFrom(400, 422, 500))
  .map(([said, param, status]) => ({
    status,
    body: status === 500 ? JSON.stringify({ message: `400 ${said}` }) : errorBody(said, { param }),
  }));
const question = fc.record({
  n: fc.constantFrom(1, 3),
  seed: fc.constantFrom(null, 7),
  stream: fc.boolean(),
  includeUsage: fc.boolean(),
  tokenLimitParameter: fc.constantFrom('max_tokens' as const, 'max_completion_tokens' as const),
  model: fc.constantFrom('gpt-4o', 'o1-mini'),
});

describe('A server that rejects every request', () => {
  it("receives the question a few times; each correction is reported once, and the question ends with the server's message", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(reply, { minLength: 1, maxLength: 30 }),
        question,
        async (replies, parameters) => {
          const [first, ...rest] = replies;
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
          const heard = await askAndCollect(request, transport, clock);
          const corrections = eventsOfType(heard, 'corrected').map(({ correction }) => correction);
          const most = (1 + corrections.length + 2) * parameters.n;
          assert.ok(transport.sent.length <= most, `${transport.sent.length} requests`);
          assert.equal(new Set(corrections).size, corrections.length);
          assert.equal(heard.outcome.kind, 'failed');
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
