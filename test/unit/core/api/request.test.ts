import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatParameters, Correction } from '../../../../src/core/api';
import { buildChatBody } from '../../../../src/core/api/chat-completions/body';
import { requestTo } from '../../../support/wire';

type Corrections = Parameters<typeof buildChatBody>[1];

function bodyOf(
  parameters: Partial<ChatParameters>,
  learned: readonly Correction[] = [],
): Record<string, unknown> {
  const { messages, ...body } = buildChatBody(
    requestTo('http://127.0.0.1', { parameters }),
    new Set(learned),
  );
  return body;
}

const defaultBody = {
  model: 'o1-mini',
  max_completion_tokens: 25_000,
  stream: true,
  stream_options: { include_usage: true },
};
const { stream_options, ...bodyWithoutOptions } = defaultBody;
const { max_completion_tokens, ...bodyWithoutLimit } = defaultBody;
const bodyWithoutStream = { ...bodyWithoutOptions, stream: false };

describe('The body of a request', () => {
  const requested: readonly (readonly [string, Partial<ChatParameters>, object])[] = [
    ['the required parameters', {}, defaultBody],
    ['another model', { model: 'openai/o3' }, { ...defaultBody, model: 'openai/o3' }],
    ['another limit', { maxCompletionTokens: 1 }, { ...defaultBody, max_completion_tokens: 1 }],
    [
      'the limit with its old name',
      { tokenLimitParameter: 'max_tokens' },
      { ...bodyWithoutLimit, max_tokens: 25_000 },
    ],
    ['no streaming', { stream: false }, bodyWithoutStream],
    ['no usage', { includeUsage: false }, bodyWithoutOptions],
    ['neither streaming nor usage', { stream: false, includeUsage: false }, bodyWithoutStream],
    ['two answers', { n: 2 }, { ...defaultBody, n: 2 }],
    ['a seed', { seed: 1 }, { ...defaultBody, seed: 1 }],
    ['a large seed', { seed: 2 ** 53 - 1 }, { ...defaultBody, seed: 2 ** 53 - 1 }],
  ];
  for (const [name, parameters, body] of requested) {
    it(`contains ${name} and nothing else`, () => {
      assert.deepEqual(bodyOf(parameters), body);
    });
  }

  const correctionsOfServices: readonly (readonly [
    string,
    readonly Correction[],
    Partial<ChatParameters>,
    object,
  ])[] = [
    ['requires the old name of the limit', ['max-tokens'], {}, { ...bodyWithoutLimit, max_tokens: 25_000 }],
    [
      'requires the new name of the limit',
      ['max-completion-tokens'],
      { tokenLimitParameter: 'max_tokens' },
      defaultBody,
    ],
    ['requires the current name of the limit', ['max-completion-tokens'], {}, defaultBody],
    ['has rejected both names of the limit', ['max-tokens', 'max-completion-tokens'], {}, defaultBody],
    ['does not support streaming', ['no-stream'], {}, bodyWithoutStream],
    ['does not support usage in a stream', ['no-stream-options'], {}, bodyWithoutOptions],
    ['does not support a seed', ['no-seed'], { seed: 7 }, defaultBody],
  ];
  for (const [behavior, corrections, parameters, body] of correctionsOfServices) {
    it(`is corrected for a service that ${behavior}`, () => {
      assert.deepEqual(bodyOf(parameters, corrections), body);
    });
  }

  it('has the messages unchanged, without names if these are rejected', () => {
    const messages = [
      { role: 'user', content: 'One? \ud83d\udde0\n', name: 'ada' },
      { role: 'assistant', content: '1' },
      { role: 'user', content: 'Two?' },
    ] as const;
    const request = requestTo('http://127.0.0.1', { messages });
    assert.deepEqual(buildChatBody(request, new Set()).messages, messages);
    assert.deepEqual(
      buildChatBody(request, new Set(['no-name'] as const)).messages,
      messages.map(({ role, content }) => ({ role, content })),
    );
  });

  const anyCorrection = fc.constantFrom<Correction[]>(
    'no-system-role',
    'max-tokens',
    'max-completion-tokens',
    'no-stream',
    'no-stream-options',
    'single-answers',
    'no-seed',
    'no-name',
  );
  const anyParameters: fc.Arbitrary<ChatParameters> = fc.record({
    model: fc.constantFrom('o1-mini', 'gpt-4o'),
    maxCompletionTokens: fc.integer({ min: 1, max: 65_536 }),
    tokenLimitParameter: fc.constantFrom('max_tokens', 'max_completion_tokens'),
    stream: fc.boolean(),
    includeUsage: fc.boolean(),
    n: fc.integer({ min: 1, max: 8 }),
    seed: fc.option(fc.integer({ min: 1 })),
    api: fc.constant('chat' as const),
  });
  const knownParameters =
    'model messages max_completion_tokens max_tokens stream stream_options n seed'.split(' ');

  it('has exactly one limit, and no parameter that o1-mini rejects, for any corrections', () => {
    fc.assert(
      fc.property(
        anyParameters,
        fc.uniqueArray(anyCorrection),
        fc.string(),
        (parameters, corrections, instructions) => {
          const set: Corrections = new Set(corrections);
          const request = requestTo('http://127.0.0.1', { instructions, parameters });
          const body = JSON.parse(JSON.stringify(buildChatBody(request, set))) as Readonly<
            Record<string, unknown>
          >;
          assert.deepEqual(
            Object.keys(body).filter((name) => !knownParameters.includes(name)),
            [],
          );
          const limits = [body['max_tokens'], body['max_completion_tokens']].filter(
            (limit) => limit !== undefined,
          );
          assert.deepEqual(limits, [parameters.maxCompletionTokens]);
          assert.ok(body['stream'] === true || !('stream_options' in body));
          const roles = (body['messages'] as { readonly role: string }[]).map(({ role }) => role);
          assert.ok(parameters.model === 'gpt-4o' || !roles.includes('system'));
        },
      ),
    );
  });

  it('does not change the question', () => {
    fc.assert(
      fc.property(anyParameters, fc.uniqueArray(anyCorrection), (parameters, corrections) => {
        const request = requestTo('http://127.0.0.1', { instructions: 'Be brief.', parameters });
        const before = JSON.stringify(request);
        const first = JSON.stringify(buildChatBody(request, new Set(corrections)));
        assert.equal(JSON.stringify(buildChatBody(request, new Set(corrections))), first);
        assert.equal(JSON.stringify(request), before);
      }),
    );
  });
});
