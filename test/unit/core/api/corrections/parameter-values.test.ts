import assert from 'node:assert/strict';
import {
  createLearnedCorrections,
  type ChatParameters,
  type LearnedCorrections,
} from '../../../../../src/core/api';
import { requestTo, type CollectedAnswer } from '../../../../support/wire';
import {
  askAndCollect,
  completion,
  errorBody,
  eventsOfType,
  respondWith,
  responsesCompletion,
  testClock,
  testTimeouts,
  type FakeResponse,
} from '../client-builders';

const chatAnswer: FakeResponse = { body: completion('Yes.') };
const response: FakeResponse = { body: responsesCompletion('Yes.') };
const model = 'next-model';

interface AskResult {
  readonly answer: CollectedAnswer;
  /** The effort and the verbosity of each request, in order. */
  readonly sent: readonly unknown[];
}

async function ask(
  parameters: Partial<ChatParameters>,
  replies: readonly [FakeResponse, ...FakeResponse[]],
  learnedCorrections: LearnedCorrections = createLearnedCorrections(),
): Promise<AskResult> {
  const transport = respondWith(...replies);
  const request = requestTo('http://127.0.0.1', {
    timeouts: testTimeouts,
    parameters: { model, ...parameters },
  });
  const answer = await askAndCollect(request, transport, testClock('pass'), { learnedCorrections });
  const sent = transport.sent.map(({ body = '' }) => {
    const { reasoning_effort, verbosity, reasoning, text } = JSON.parse(body) as Record<string, unknown>;
    return JSON.parse(JSON.stringify({ reasoning_effort, verbosity, reasoning, text })) as unknown;
  });
  return { answer, sent };
}

const rejectedWith = (message: string, fields: object = {}, status = 400): FakeResponse => ({
  status,
  body: errorBody(message, fields),
});

describe('Reasoning effort and verbosity', () => {
  it('are sent in the form of each API', async () => {
    const requested = { reasoningEffort: 'high', verbosity: 'low' };
    const inChat = await ask({ api: 'chat', ...requested }, [chatAnswer]);
    assert.deepEqual(inChat.sent, [{ reasoning_effort: 'high', verbosity: 'low' }]);
    const inResponses = await ask({ api: 'responses', reasoningSummary: 'auto', ...requested }, [response]);
    assert.deepEqual(inResponses.sent, [
      { reasoning: { effort: 'high', summary: 'auto' }, text: { verbosity: 'low' } },
    ]);
  });

  it('are never sent to o1-mini, whatever it is called', async () => {
    for (const name of ['o1-mini', 'o1-mini-2024-09-12', 'openai/o1-mini'])
      for (const [api, reply] of [['chat', chatAnswer] as const, ['responses', response] as const]) {
        const { sent } = await ask({ model: name, api, reasoningEffort: 'high', verbosity: 'low' }, [reply]);
        assert.deepEqual(sent, [{}], `${name}, ${api}`);
      }
  });

  it('are not sent unless they are set', async () => {
    assert.deepEqual((await ask({}, [chatAnswer])).sent, [{}]);
    assert.deepEqual((await ask({ api: 'responses' }, [response])).sent, [{}]);
  });
});

/** Messages of several servers, and the value that is sent instead of the rejected one; null if none is sent. */
const rejections: readonly (readonly [
  requested: string,
  message: string,
  param: string | null,
  next: string | null,
])[] = [
  [
    'minimal',
    "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'none', 'low', 'medium', and 'high'.",
    'reasoning_effort',
    'low',
  ],
  [
    'max',
    "Unsupported value: 'reasoning_effort' does not support 'max' with this model. Supported values are: 'low', 'medium', and 'high'.",
    null,
    'high',
  ],
  [
    'minimal',
    "Unsupported value: 'minimal' is not supported with the 'gpt-next' model. Supported values are: 'low', 'medium', and 'high'.",
    'reasoning.effort',
    'low',
  ],
  [
    'minimal',
    "Unsupported value: 'minimal' is not supported with the 'gpt-next' model. Supported values are: 'low', 'medium', and 'high'.",
    null,
    'low',
  ],
  ['xhigh', "Input should be 'low', 'medium' or 'high'", 'reasoning_effort', 'high'],
  ['xhigh', "Input should be 'low', 'medium' or 'high', field: 'reasoning_effort'", null, 'high'],
  ['medium', 'think value "medium" is not supported for this model', null, null],
  [
    'minimal',
    'invalid reasoning value: \'minimal\' (must be "high", "medium", "low", "max", or "none")',
    null,
    'low',
  ],
  [
    'xhigh',
    'invalid reasoning value: \'xhigh\' (must be "high", "medium", "low", "max", or "none")',
    null,
    'high',
  ],
  ['minimal', "Invalid option 'minimal', expected one of 'low', 'medium', 'high'", null, 'low'],
  ['low', '"gemma-next" does not support thinking', null, null],
  ['low', "Unsupported parameter: 'reasoning_effort' is not supported with this model.", null, null],
  ['low', 'Unrecognized request argument supplied: reasoning_effort', null, null],
  [
    'low',
    "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
    'reasoning.effort',
    null,
  ],
  ['low', 'Unsupported parameter: reasoning_effort', null, null],
  ['low', 'Model next does not support parameter reasoningEffort.', null, null],
  ['low', "Extra inputs are not permitted, field: 'reasoning_effort'", null, null],
  ['none', 'Reasoning is mandatory for this endpoint and cannot be disabled.', null, null],
  [
    'xhigh',
    "reasoning_effort: Invalid enum value. Expected 'low' | 'medium' | 'high', received 'xhigh'",
    null,
    'high',
  ],
  ['medium', 'reasoning_effort must be one of: low, high', null, 'low'],
  ['medium', 'reasoning_effort must be one of ["low","high"]', null, 'low'],
  [
    'max',
    "Invalid value: 'max'. Supported values are: 'low', 'high', and 'ultra'.",
    'reasoning_effort',
    'ultra',
  ],
  [
    'ultra',
    "Unsupported value: 'reasoning_effort' does not support 'ultra' with this model. Supported values are: 'low' and 'high'.",
    'reasoning_effort',
    null,
  ],
];

describe('A reasoning effort that the model rejects', () => {
  for (const [requested, message, param, next] of rejections) {
    it(`is replaced by ${next ?? 'nothing'} for "${message}" (${param ?? 'no param'})`, async () => {
      for (const api of ['chat', 'responses'] as const) {
        const accepted = api === 'chat' ? chatAnswer : response;
        for (const reply of [
          rejectedWith(message, { param, code: 'unsupported_value' }),
          rejectedWith(message, { param }, 422),
        ]) {
          const learned = createLearnedCorrections();
          const { answer, sent } = await ask({ api, reasoningEffort: requested }, [reply, accepted], learned);
          const expected = [requested, next].map((value) =>
            value === null
              ? {}
              : api === 'chat'
                ? { reasoning_effort: value }
                : { reasoning: { effort: value } },
          );
          assert.deepEqual([answer.outcome, sent], [{ kind: 'complete' }, expected], api);
          const [first, second] = eventsOfType(answer, 'sent');
          assert.deepEqual([first?.reasoningEffort, second?.reasoningEffort], [requested, next ?? undefined]);
          // The correction is remembered.
          const later = await ask({ api, reasoningEffort: requested }, [accepted], learned);
          assert.deepEqual(later.sent, expected.slice(1), api);
        }
      }
    });
  }

  it('is reported once with the reason', async () => {
    const message = 'think value "medium" is not supported for this model';
    const { answer } = await ask({ reasoningEffort: 'medium' }, [rejectedWith(message), chatAnswer]);
    const reported = eventsOfType(answer, 'valueRejected', 'corrected');
    assert.deepEqual(reported, [
      { type: 'valueRejected', parameter: 'reasoningEffort', value: 'medium', because: message },
    ]);
  });

  it('does not prevent another value from being sent', async () => {
    const learned = createLearnedCorrections();
    const reply = rejectedWith('think value "medium" is not supported for this model');
    await ask({ reasoningEffort: 'medium' }, [reply, chatAnswer], learned);
    assert.deepEqual((await ask({ reasoningEffort: 'high' }, [chatAnswer], learned)).sent, [
      { reasoning_effort: 'high' },
    ]);
  });

  it('is omitted if the service also rejects a value that it has listed', async () => {
    const reply = rejectedWith("'reasoning_effort' is invalid. Supported values are: 'low', 'medium'.");
    const { answer, sent } = await ask({ reasoningEffort: 'high' }, [reply, reply, chatAnswer]);
    assert.deepEqual(sent, [{ reasoning_effort: 'high' }, { reasoning_effort: 'medium' }, {}]);
    assert.deepEqual(answer.outcome, { kind: 'complete' });
  });

  it('is distinguished from a verbosity with the same value', async () => {
    const message =
      "Unsupported value: 'low' is not supported with the 'x' model. Supported values are: 'medium'.";
    const requested = { api: 'responses', reasoningEffort: 'low', verbosity: 'low' } as const;
    const effort = await ask(requested, [rejectedWith(message, { param: 'reasoning.effort' }), response]);
    assert.deepEqual(effort.sent[1], { reasoning: { effort: 'medium' }, text: { verbosity: 'low' } });
    const verbosity = await ask(requested, [rejectedWith(message, { param: 'text.verbosity' }), response]);
    assert.deepEqual(verbosity.sent[1], { reasoning: { effort: 'low' }, text: { verbosity: 'medium' } });
  });

  it('causes at most one more request for each parallel one, and is reported once', async () => {
    const reply = rejectedWith("Input should be 'low' or 'high', field: 'reasoning_effort'");
    const { answer, sent } = await ask({ api: 'responses', n: 3, reasoningEffort: 'xhigh' }, [
      reply,
      reply,
      reply,
      response,
    ]);
    assert.equal(sent.length, 6);
    assert.equal(eventsOfType(answer, 'valueRejected').length, 1);
    assert.deepEqual(answer.outcome, { kind: 'complete' });
  });

  it('is not assumed for other errors', async () => {
    for (const [message, status] of [
      ['The prompt was flagged. Try again with another prompt.', 400],
      ["Invalid value: 'low'. The detail must be 'auto' or 'low'.", 400],
      ["Unsupported value: 'temperature' does not support 0.7 with this model.", 400],
      ["'reasoning_effort' does not support 'low' with this model.", 500],
    ] as const) {
      const { answer, sent } = await ask({ reasoningEffort: 'low' }, [
        rejectedWith(message, {}, status),
        chatAnswer,
      ]);
      assert.deepEqual([sent.length, eventsOfType(answer, 'valueRejected').length], [1, 0], message);
    }
  });
});
