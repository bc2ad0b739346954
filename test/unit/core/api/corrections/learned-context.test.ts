import assert from 'node:assert/strict';
import { createLearnedCorrections } from '../../../../../src/core/api';
import { requestTo } from '../../../../support/wire';
import {
  askAndCollect,
  completion,
  errorBody,
  respondWith,
  testClock,
  testTimeouts,
  type FakeResponse,
} from '../client-builders';

const tooLong: FakeResponse = {
  status: 400,
  body: errorBody(
    "This model's maximum context length is 4096 tokens. However, your messages resulted in 150000 tokens.",
    { code: 'context_length_exceeded' },
  ),
};

describe('The context window that an error names', () => {
  const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts });
  const { endpoint, parameters } = request;

  /** The learned window after these responses to one question each. */
  async function windowAfter(...responses: readonly FakeResponse[]): Promise<number | undefined> {
    const learnedCorrections = createLearnedCorrections();
    for (const response of responses)
      await askAndCollect(request, respondWith(response), testClock('pass'), { learnedCorrections });
    return learnedCorrections.get(endpoint, parameters.model).properties?.context;
  }

  const answer = (promptTokens: number, fields: object = {}): FakeResponse => ({
    body: completion('Yes.', { usage: { prompt_tokens: promptTokens, completion_tokens: 1 }, ...fields }),
  });

  it('is remembered for the next questions', async () => {
    assert.equal(await windowAfter(tooLong), 4096);
    assert.equal(await windowAfter(tooLong, answer(4000)), 4096);
  });

  it('is forgotten when a longer prompt was answered, as the server may have another window now', async () => {
    assert.equal(await windowAfter(tooLong, answer(5000)), undefined);
  });

  it('is not remembered if it is smaller than that of any model', async () => {
    const message = 'The prompt exceeds the context length of 400 tokens';
    assert.equal(await windowAfter({ status: 400, body: errorBody(message) }), undefined);
  });

  it('is kept if the counts are scaled for the bill, or missing', async () => {
    const billed = { meta: { usage: { credits_used: 1, usd_spent: 0.01 } } };
    assert.equal(await windowAfter(tooLong, answer(5000, billed)), 4096);
    assert.equal(await windowAfter(tooLong, { body: completion('Yes.') }), 4096);
  });
});
