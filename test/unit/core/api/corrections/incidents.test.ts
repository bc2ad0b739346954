import assert from 'node:assert/strict';
import {
  askAndCollect,
  completion,
  errorBody,
  eventsOfType,
  respondWith,
  testClock,
  testTimeouts,
} from '../client-builders';
import { requestTo } from '../../../../support/wire';

async function correctionsAfter(message: string): Promise<readonly string[]> {
  const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts, parameters: { seed: 7 } });
  const transport = respondWith({ status: 400, body: errorBody(message) }, { body: completion('Yes') });
  const answer = await askAndCollect(request, transport, testClock('pass'));
  return eventsOfType(answer, 'corrected').map(({ correction }) => correction);
}

describe('The words of an incident', () => {
  for (const message of [
    'upstream error: the stream was closed unexpectedly',
    'Unexpected error in seed node 3',
    'Unexpected end of stream',
    'An unexpected error occurred while streaming the response',
    'unexpected EOF in stream',
  ]) {
    it(`do not turn a parameter off: ${message}`, async () => {
      assert.deepEqual(await correctionsAfter(message), []);
    });
  }

  const refusals = {
    "Unexpected parameter: 'seed'": 'no-seed',
    "Additional properties are not allowed ('seed' was unexpected)": 'no-seed',
    "unexpected keyword argument 'stream'": 'no-stream',
    'Unexpected error: streaming is not supported for this model': 'no-stream',
  };
  for (const [message, correction] of Object.entries(refusals)) {
    it(`are told apart from those of a refusal: ${message}`, async () => {
      assert.deepEqual(await correctionsAfter(message), [correction]);
    });
  }
});
