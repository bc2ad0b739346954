import assert from 'node:assert/strict';
import {
  createLearnedCorrections,
  type ChatRequest,
  type LearnedCorrections,
} from '../../../../src/core/api';
import { applyToAnswer, newAnswer } from '../../../../src/core/chat/answer-reducer';
import { limitAnswer } from '../../../../src/core/prompt/answer-limit';
import { requestTo, type CollectedAnswer } from '../../../support/wire';
import {
  askAndCollect,
  completion,
  errorBody,
  errorOf,
  eventsOfType,
  respondWith,
  responsesCompletion,
  sseEvent,
  testClock,
  testTimeouts,
  textEvent,
  type FakeResponse,
  type RecordingTransport,
} from '../api/client-builders';
import { refusedValues } from '../api/errors/error-responses';

type Parameters = Partial<ChatRequest['parameters']>;

function ask(
  transport: RecordingTransport,
  parameters: Parameters = {},
  learnedCorrections: LearnedCorrections = createLearnedCorrections(),
): Promise<CollectedAnswer> {
  const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts, parameters });
  return askAndCollect(request, transport, testClock('pass'), { learnedCorrections });
}

/** The token limit of each sent request, with its name. */
function limitsOf({ sent }: RecordingTransport): readonly object[] {
  return sent.map(({ body }) => {
    const names = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'];
    const fields = Object.entries(JSON.parse(body ?? '{}') as object).filter(([name]) =>
      names.includes(name),
    );
    return Object.fromEntries(fields);
  });
}

function responseWithUsage(completionTokens: number, fields: object = {}): FakeResponse {
  return {
    body: completion('Yes', { usage: { prompt_tokens: 9, completion_tokens: completionTokens }, ...fields }),
  };
}

const smallLimit: Parameters = { maxCompletionTokens: 1000 };

describe('A service that ignores the token limit', () => {
  it('is detected by its token count, is reported, and receives the other name of the limit afterwards', async () => {
    for (const [name, next] of [
      ['max_completion_tokens', 'max_tokens'],
      ['max_tokens', 'max_completion_tokens'],
    ] as const) {
      const learnedCorrections = createLearnedCorrections();
      const transport = respondWith(responseWithUsage(4211), responseWithUsage(900));
      const parameters = { ...smallLimit, tokenLimitParameter: name };
      const answer = await ask(transport, parameters, learnedCorrections);
      assert.deepEqual(eventsOfType(answer, 'limitIgnored'), [
        { type: 'limitIgnored', requestIndex: 0, parameter: name, next },
      ]);
      assert.deepEqual(answer.outcome, { kind: 'complete' });
      assert.deepEqual(
        eventsOfType(await ask(transport, parameters, learnedCorrections), 'limitIgnored'),
        [],
      );
      assert.deepEqual(limitsOf(transport), [{ [name]: 1000 }, { [next]: 1000 }]);
    }
  });

  it('under both names receives the second name, and is reported again', async () => {
    const learnedCorrections = createLearnedCorrections();
    const transport = respondWith(responseWithUsage(4211));
    for (let answers = 0; answers < 3; answers++) await ask(transport, smallLimit, learnedCorrections);
    const [last] = eventsOfType(await ask(transport, smallLimit, learnedCorrections), 'limitIgnored');
    assert.ok(last && !('next' in last), JSON.stringify(last));
  });

  it('receives the name of the limit that it has not rejected', async () => {
    const learnedCorrections = createLearnedCorrections();
    const transport = respondWith(
      { status: 400, body: errorBody("Unsupported parameter: 'max_completion_tokens'.") },
      responseWithUsage(4211),
    );
    const answer = await ask(transport, smallLimit, learnedCorrections);
    assert.ok(!('next' in (eventsOfType(answer, 'limitIgnored')[0] ?? { next: '' })));
    assert.deepEqual(eventsOfType(await ask(transport, smallLimit, learnedCorrections), 'corrected'), []);
    assert.deepEqual(limitsOf(transport).at(-1), { max_tokens: 1000 });
  });

  it('is detected in a stream, and with the Responses API, where the limit has only one name', async () => {
    const usage = { choices: [], usage: { completion_tokens: 4211 } };
    const stream = textEvent('Yes') + sseEvent(usage) + sseEvent('[DONE]');
    assert.equal(
      eventsOfType(await ask(respondWith({ body: stream }), smallLimit), 'limitIgnored').length,
      1,
    );
    const response = { body: responsesCompletion('Yes', { usage: { output_tokens: 4211 } }) };
    const answer = await ask(respondWith(response), { ...smallLimit, api: 'responses' });
    assert.deepEqual(eventsOfType(answer, 'limitIgnored'), [
      { type: 'limitIgnored', requestIndex: 0, parameter: 'max_output_tokens' },
    ]);
  });

  it('is noticed by the length of its text if it reports no count, or scales its counts for the bill', async () => {
    const long = 'word '.repeat(4000);
    const bill = { meta: { usage: { usd_spent: 0.1 } } };
    for (const fields of [{}, bill]) {
      const answer = await ask(respondWith({ body: completion(long, fields) }), smallLimit);
      assert.equal(eventsOfType(answer, 'limitIgnored').length, 1);
    }
    const short = await ask(respondWith({ body: completion(long.slice(0, 8000)) }), smallLimit);
    assert.deepEqual(eventsOfType(short, 'limitIgnored'), []);
  });

  const responsesWithinLimit: readonly (readonly [string, FakeResponse, Parameters?])[] = [
    ['a count within the limit', responseWithUsage(1000)],
    ['a count that includes the end of the answer', responseWithUsage(1001)],
    [
      'a count of two answers of one request',
      responseWithUsage(1900, { choices: [0, 1].map((index) => ({ index, message: { content: 'Yes' } })) }),
      { n: 2 },
    ],
    ['no count', { body: completion('Yes') }],
    ['a count of the prompt only', { body: completion('Yes', { usage: { prompt_tokens: 9000 } }) }],
    ['counts that are scaled for the bill', responseWithUsage(4211, { meta: { usage: { usd_spent: 0.1 } } })],
    [
      'counts that are scaled for the bill in a header',
      { ...responseWithUsage(4211), headers: { 'x-aimlapi-usd-spent': '0.1' } },
    ],
  ];
  for (const [name, response, parameters] of responsesWithinLimit) {
    it(`is not assumed for ${name}`, async () => {
      const answer = await ask(respondWith(response), { ...smallLimit, ...parameters });
      assert.deepEqual(eventsOfType(answer, 'limitIgnored'), []);
    });
  }
});

describe('A token limit that the service rejects', () => {
  const accepted: FakeResponse = { body: completion('Yes') };
  const rejections: readonly (readonly [string, number])[] = [
    ...refusedValues.flatMap(({ message, lowered }) =>
      lowered === undefined ? [] : [[message, lowered] as const],
    ),
    ['Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', 8192],
    ['Range of max_tokens should be [1, 16384]', 16_384],
    [
      'max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for this model',
      64_000,
    ],
    ['`max_completion_tokens` must be less than or equal to `32768`, the maximum value for it', 32_768],
    ["Input should be less than or equal to 65536, field: 'max_completion_tokens'", 65_536],
    [
      "'max_tokens' or 'max_completion_tokens' is too large: 100000. This model's maximum context length is 32768 tokens and your request has 100 input tokens (100000 > 32768 - 100).",
      32_668,
    ],
    [
      "This model's maximum context length is 128000 tokens. However, you requested 100000 output tokens and your prompt contains at least 28001 input tokens, for a total of at least 128001 tokens.",
      50_000,
    ],
    [
      "This endpoint's maximum context length is 131072 tokens. However, you requested about 140000 tokens (40000 of text input, 100000 in the output).",
      91_072,
    ],
    [
      '`inputs` tokens + `max_new_tokens` must be <= 32769. Given: 8000 `inputs` tokens and 100000 `max_new_tokens`',
      24_769,
    ],
  ];
  for (const [message, limit] of rejections) {
    it(`is lowered to the allowed value: ${message}`, async () => {
      const transport = respondWith({ status: 400, body: errorBody(message) }, accepted);
      const answer = await ask(transport, { maxCompletionTokens: 100_000 });
      assert.deepEqual(answer.texts, ['Yes']);
      assert.deepEqual(limitsOf(transport).at(-1), { max_completion_tokens: limit });
      const [lowered] = eventsOfType(answer, 'limitLowered');
      assert.deepEqual([lowered?.limit, lowered?.because], [limit, message]);
    });
  }

  it('is also lowered with the Responses API', async () => {
    const message =
      "Invalid 'max_output_tokens': integer above maximum value. Expected a value <= 65536, but got 100000 instead.";
    const transport = respondWith(
      { status: 400, body: errorBody(message, { code: 'integer_above_max_value' }) },
      { body: responsesCompletion('Yes') },
    );
    await ask(transport, { maxCompletionTokens: 100_000, api: 'responses' });
    assert.deepEqual(limitsOf(transport), [{ max_output_tokens: 100_000 }, { max_output_tokens: 65_536 }]);
  });

  const otherMessages: readonly string[] = [
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 150000 tokens.",
    "This model's maximum context length is 8192 tokens. However, you requested 108000 tokens (8000 in the messages, 100000 in the completion).",
    'max_tokens is too large: 100000. This model supports at most 100000 completion tokens.',
    'max_tokens must be at most 1.',
    'Your plan allows up to 3 requests.',
  ];
  for (const message of otherMessages) {
    it(`is not changed if a lower limit would not help: ${message}`, async () => {
      const transport = respondWith({ status: 400, body: errorBody(message) });
      const answer = await ask(transport, { maxCompletionTokens: 100_000 });
      errorOf(answer);
      assert.deepEqual([transport.sent.length, eventsOfType(answer, 'limitLowered')], [1, []]);
    });
  }

  it('is lowered at most three times if the service does not report the length of the prompt', async () => {
    const message =
      "This model's maximum context length is 128000 tokens. However, you requested 9 output tokens and your prompt contains at least 28001 input tokens, for a total of at least 128001 tokens.";
    const transport = respondWith({ status: 400, body: errorBody(message) });
    assert.equal(errorOf(await ask(transport, { maxCompletionTokens: 100_000 })).kind, 'context-too-long');
    assert.deepEqual(
      limitsOf(transport),
      [100_000, 50_000, 25_000, 12_500].map((limit) => ({ max_completion_tokens: limit })),
    );
  });

  it('is stored in the answer together with the limit in the settings', () => {
    const terms = { origin: 'http://a', model: 'm', limit: 1000, n: 1, promptTokens: 1 };
    const event = {
      type: 'limitLowered',
      requestIndex: 0,
      known: { maxOutput: 500 },
      because: 'no',
    } as const;
    const once = applyToAnswer(newAnswer(0, terms), { ...event, limit: 500 }, 1);
    const { runs } = applyToAnswer(once, { ...event, limit: 400 }, 2);
    assert.deepEqual(runs[0]?.terms, {
      ...terms,
      limit: 400,
      lowered: { from: 1000, by: { maxOutput: 500 }, refused: true },
      maxOutput: 500,
    });
  });
});

describe('The token limit of an answer', () => {
  it('is the limit in the settings if the model allows it or nothing is known', () => {
    assert.deepEqual(limitAnswer(1000, {}, 50), { tokens: 1000 });
    assert.deepEqual(limitAnswer(1000, { maxOutput: 1000, context: 4096 }, 50), { tokens: 1000 });
  });

  it('is limited by the longest answer of the model, or by the rest of its context window', () => {
    assert.deepEqual(limitAnswer(100_000, { maxOutput: 8192, context: 128_000 }, 1000), {
      tokens: 8192,
      lowered: { from: 100_000, by: { maxOutput: 8192 } },
    });
    const { tokens, lowered } = limitAnswer(100_000, { maxOutput: 65_536, context: 32_768 }, 1000);
    assert.ok(tokens < 31_768 && tokens > 31_000, `${tokens}`);
    assert.deepEqual(lowered, { from: 100_000, by: { context: 32_768 } });
  });

  it('is not changed if the prompt leaves no space for an answer, so that the service decides', () => {
    assert.deepEqual(limitAnswer(1000, { context: 4096 }, 4000), { tokens: 1000 });
    assert.deepEqual(limitAnswer(9000, { maxOutput: 2000, context: 4096 }, 4000).tokens, 2000);
  });
});
