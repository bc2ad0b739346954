import assert from 'node:assert/strict';
import type { ChatRequest } from '../../../../../src/core/api';
import { requestTo } from '../../../../support/wire';
import {
  askAndCollect,
  completion,
  errorBody,
  respondWith,
  testClock,
  testTimeouts,
} from '../client-builders';

type Changes = NonNullable<Parameters<typeof requestTo>[1]>;

const withSystemRole: Changes = { instructions: 'Be brief.', parameters: { model: 'gpt-4o' } };
const withName: Changes = { messages: [{ role: 'user', content: 'Hello', name: 'Ada' }] };
const withTwoAnswers: Changes = { parameters: { n: 2 } };

/** Rejections in the words of services, and what the next request contains of the rejected parameter. */
const rejections: readonly (readonly [
  source: string,
  status: number,
  body: string,
  changes: Changes,
  next: Readonly<Record<string, unknown>>,
])[] = [
  [
    'llama.cpp',
    500,
    errorBody('Error at row 1: System role not supported'),
    withSystemRole,
    { role: 'user' },
  ],
  [
    'vLLM',
    400,
    errorBody('Conversation roles must alternate user/assistant'),
    withSystemRole,
    { role: 'user' },
  ],
  [
    'a server with Zod',
    400,
    errorBody("Invalid enum value. Expected 'user' | 'assistant', received 'system'"),
    withSystemRole,
    { role: 'user' },
  ],
  [
    'Azure',
    400,
    errorBody('invalid input error', {
      details: [{ loc: ['body', 'max_completion_tokens'], msg: 'Extra inputs are not permitted' }],
    }),
    {},
    { max_tokens: 25_000, max_completion_tokens: undefined },
  ],
  ['Anthropic', 400, errorBody('max_tokens: Field required'), {}, { max_tokens: 25_000 }],
  ['a gateway', 400, errorBody('Invalid parameter: max_completion_tokens'), {}, { max_tokens: 25_000 }],
  [
    'Cohere',
    400,
    errorBody('too many tokens: max tokens must be less than or equal to 4096, the maximum output length'),
    {},
    { max_completion_tokens: 4096 },
  ],
  ['Moonshot', 400, errorBody('max_tokens must be less than 16384'), {}, { max_completion_tokens: 16_383 }],
  [
    'a server with Zod 4',
    400,
    JSON.stringify({
      error: {
        issues: [{ path: ['max_completion_tokens'], message: 'Too big: expected number to be <=4096' }],
      },
    }),
    {},
    { max_completion_tokens: 4096 },
  ],
  [
    'a server with Zod 4',
    400,
    JSON.stringify({ error: { issues: [{ path: ['n'], message: 'Too big: expected number to be <=1' }] } }),
    withTwoAnswers,
    { n: undefined },
  ],
  ['DashScope', 400, errorBody('n should be 1'), withTwoAnswers, { n: undefined }],
  ['xAI', 400, errorBody('Argument not supported on this model: n'), withTwoAnswers, { n: undefined }],
  ['Groq', 400, errorBody("'messages.0' : property 'name' is unsupported"), withName, { name: undefined }],
  ['a server in Go', 400, errorBody('json: unknown field "name"'), withName, { name: undefined }],
  [
    'Mistral',
    400,
    errorBody('reasoning_effort is not enabled for this model'),
    { parameters: { model: 'm', reasoningEffort: 'low' } },
    { reasoning_effort: undefined },
  ],
  [
    'LM Studio',
    400,
    errorBody("Invalid value for 'reasoning_effort'. Allowed: 'low', 'high'"),
    { parameters: { model: 'm', reasoningEffort: 'minimal' } },
    { reasoning_effort: 'low' },
  ],
];

/** Errors that mention a parameter and do not reject it. */
const others: readonly (readonly [status: number, message: string, changes: Changes])[] = [
  [500, 'The system role caused an exception', withSystemRole],
  [503, 'System role not supported', withSystemRole],
  [400, 'Conversation roles must alternate user/assistant', {}],
  [400, 'Invalid parameter: messages', withTwoAnswers],
  [400, 'max_completion_tokens must be less than the sum of all parts', {}],
];

async function requestsAfter(status: number, body: string, changes: Changes): Promise<readonly unknown[]> {
  const transport = respondWith({ status, body }, { body: completion('Yes') });
  const request: ChatRequest = requestTo('https://a.example', { timeouts: testTimeouts, ...changes });
  await askAndCollect(request, transport, testClock('pass'));
  return transport.sent.map((sent) => JSON.parse(sent.body ?? '{}') as unknown);
}

describe('A request is corrected after a rejection in the words of', () => {
  for (const [source, status, body, changes, next] of rejections) {
    it(`${source}: ${body}`, async () => {
      const [, second] = await requestsAfter(status, body, changes);
      assert.ok(second !== undefined, 'a second request');
      const { messages, ...parameters } = second as { readonly messages: readonly object[] };
      const sent: Readonly<Record<string, unknown>> = { ...messages[0], ...parameters };
      for (const [name, value] of Object.entries(next)) assert.equal(sent[name], value, name);
    });
  }
});

describe('A request is not corrected after', () => {
  for (const [status, message, changes] of others) {
    it(`${message}, with status ${status}`, async () => {
      const sent = await requestsAfter(status, errorBody(message), changes);
      assert.equal(sent.length, 1);
    });
  }
});
