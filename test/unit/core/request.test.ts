import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatParameters, Correction } from '../../../src/core/api';
import { buildChatBody as chatBody } from '../../../src/core/api/chat-completions/body';
import { requestTo } from '../../support/wire';

type Corrections = Parameters<typeof chatBody>[1];

function bodyOf(
  parameters: Partial<ChatParameters>,
  learned: readonly Correction[] = [],
): Record<string, unknown> {
  const { messages, ...body } = chatBody(requestTo('http://127.0.0.1', { parameters }), new Set(learned));
  return body;
}

const plain = {
  model: 'o1-mini',
  max_completion_tokens: 25_000,
  stream: true,
  stream_options: { include_usage: true },
};
const { stream_options, ...withoutOptions } = plain;
const { max_completion_tokens, ...withoutLimit } = plain;
const whole = { ...withoutOptions, stream: false };

describe('The body of a question', () => {
  const wanted: readonly (readonly [string, Partial<ChatParameters>, object])[] = [
    ['nothing but what has to be said', {}, plain],
    ['another model', { model: 'openai/o3' }, { ...plain, model: 'openai/o3' }],
    ['another limit', { maxCompletionTokens: 1 }, { ...plain, max_completion_tokens: 1 }],
    [
      'the limit under its old name',
      { tokenLimitParameter: 'max_tokens' },
      { ...withoutLimit, max_tokens: 25_000 },
    ],
    ['an answer in one piece', { stream: false }, whole],
    ['no usage', { includeUsage: false }, withoutOptions],
    ['no usage of an answer in one piece', { stream: false, includeUsage: false }, whole],
    ['two answers', { n: 2 }, { ...plain, n: 2 }],
    ['a seed', { seed: 1 }, { ...plain, seed: 1 }],
    ['a large seed', { seed: 2 ** 53 - 1 }, { ...plain, seed: 2 ** 53 - 1 }],
  ];
  for (const [what, parameters, body] of wanted) {
    it(`asks for ${what}, and for nothing else`, () => {
      assert.deepEqual(bodyOf(parameters), body);
    });
  }

  const learned: readonly (readonly [string, readonly Correction[], Partial<ChatParameters>, object])[] = [
    ['wants the old name', ['max-tokens'], {}, { ...withoutLimit, max_tokens: 25_000 }],
    ['wants the new name', ['max-completion-tokens'], { tokenLimitParameter: 'max_tokens' }, plain],
    ['wants the name that it has', ['max-completion-tokens'], {}, plain],
    ['refused both names in turn', ['max-tokens', 'max-completion-tokens'], {}, plain],
    ['does not stream', ['no-stream'], {}, whole],
    ['counts nothing in a stream', ['no-stream-options'], {}, withoutOptions],
    ['knows no seed', ['no-seed'], { seed: 7 }, plain],
  ];
  for (const [what, corrections, parameters, body] of learned) {
    it(`is as a service has it that ${what}`, () => {
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
    assert.deepEqual(chatBody(request, new Set()).messages, messages);
    assert.deepEqual(
      chatBody(request, new Set(['no-name'] as const)).messages,
      messages.map(({ role, content }) => ({ role, content })),
    );
  });

  const correction = fc.constantFrom<Correction[]>(
    'no-system-role',
    'max-tokens',
    'max-completion-tokens',
    'no-stream',
    'no-stream-options',
    'single-answers',
    'no-seed',
    'no-name',
  );
  const parameters: fc.Arbitrary<ChatParameters> = fc.record({
    model: fc.constantFrom('o1-mini', 'gpt-4o'),
    maxCompletionTokens: fc.integer({ min: 1, max: 65_536 }),
    tokenLimitParameter: fc.constantFrom('max_tokens', 'max_completion_tokens'),
    stream: fc.boolean(),
    includeUsage: fc.boolean(),
    n: fc.integer({ min: 1, max: 8 }),
    seed: fc.option(fc.integer({ min: 1 })),
    api: fc.constant('chat' as const),
  });
  const known = 'model messages max_completion_tokens max_tokens stream stream_options n seed'.split(' ');

  it('has exactly one limit, and no parameter that o1-mini rejects, for any corrections', () => {
    fc.assert(
      fc.property(parameters, fc.uniqueArray(correction), fc.string(), (asked, corrections, instructions) => {
        const set: Corrections = new Set(corrections);
        const request = requestTo('http://127.0.0.1', { instructions, parameters: asked });
        const body = JSON.parse(JSON.stringify(chatBody(request, set))) as Readonly<Record<string, unknown>>;
        assert.deepEqual(
          Object.keys(body).filter((name) => !known.includes(name)),
          [],
        );
        const given = [body['max_tokens'], body['max_completion_tokens']].filter(
          (limit) => limit !== undefined,
        );
        assert.deepEqual(given, [asked.maxCompletionTokens]);
        assert.ok(body['stream'] === true || !('stream_options' in body));
        const roles = (body['messages'] as { readonly role: string }[]).map(({ role }) => role);
        assert.ok(asked.model === 'gpt-4o' || !roles.includes('system'));
      }),
    );
  });

  it('does not change the question', () => {
    fc.assert(
      fc.property(parameters, fc.uniqueArray(correction), (asked, corrections) => {
        const request = requestTo('http://127.0.0.1', { instructions: 'Be brief.', parameters: asked });
        const before = JSON.stringify(request);
        const first = JSON.stringify(chatBody(request, new Set(corrections)));
        assert.equal(JSON.stringify(chatBody(request, new Set(corrections))), first);
        assert.equal(JSON.stringify(request), before);
      }),
    );
  });
});
