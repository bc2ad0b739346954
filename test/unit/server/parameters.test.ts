import assert from 'node:assert/strict';
import { question, serverUnderTest } from './client';

describe('The local API server', () => {
  const api = serverUnderTest();

  const userMessage = (content: unknown, otherFields: object = {}) => ({
    messages: [{ role: 'user', content, ...otherFields }],
  });
  const cases: readonly (readonly [
    name: string,
    change: object,
    param: string | null,
    code: string | null,
  ])[] = [
    ['a missing model', { model: undefined }, 'model', 'missing_required_parameter'],
    ['a model that is not a string', { model: 1 }, 'model', 'invalid_type'],
    ['missing messages', { messages: undefined }, 'messages', 'missing_required_parameter'],
    ['no messages', { messages: [] }, 'messages', 'empty_array'],
    ['messages that are not a list', { messages: 'Hello' }, 'messages', 'invalid_type'],
    ['a message that is not an object', { messages: ['Hello'] }, 'messages[0]', 'invalid_type'],
    [
      'a message without content',
      userMessage(undefined),
      'messages[0].content',
      'missing_required_parameter',
    ],
    ['empty content', userMessage(''), 'messages[0].content', 'empty_string'],
    ['content in parts', userMessage([{ type: 'text', text: 'a' }]), 'messages[0].content', 'invalid_type'],
    ['a name with a space', userMessage('a', { name: 'Ada L' }), 'messages[0].name', 'invalid_value'],
    ['an unknown field of a message', userMessage('a', { tone: 1 }), 'messages[0].tone', 'unknown_parameter'],
    ['an unknown role', userMessage('a', { role: 'tool' }), 'messages[0].role', 'invalid_value'],
    ['a limit of 0', { max_completion_tokens: 0 }, 'max_completion_tokens', 'integer_below_min_value'],
    [
      'a limit that is not an integer',
      { max_completion_tokens: 1.5 },
      'max_completion_tokens',
      'invalid_type',
    ],
    ['an old limit of 0', { max_tokens: 0 }, 'max_tokens', 'integer_below_min_value'],
    ['a limit that is a string', { max_tokens: '9' }, 'max_tokens', 'invalid_type'],
    ['a stream that is not a boolean', { stream: 'yes' }, 'stream', 'invalid_type'],
    ['stream options without a stream', { stream_options: { include_usage: true } }, 'stream_options', null],
    [
      'stream options that are not an object',
      { stream: true, stream_options: 1 },
      'stream_options',
      'invalid_type',
    ],
    [
      'include_usage that is not a boolean',
      { stream: true, stream_options: { include_usage: 1 } },
      'stream_options.include_usage',
      'invalid_type',
    ],
    [
      'an unknown stream option',
      { stream: true, stream_options: { pace: 1 } },
      'stream_options.pace',
      'unknown_parameter',
    ],
    ['0 answers', { n: 0 }, 'n', 'integer_below_min_value'],
    ['9 answers', { n: 9 }, 'n', 'integer_above_max_value'],
    ['a seed of 0', { seed: 0 }, 'seed', 'integer_below_min_value'],
    ['a seed of null', { seed: null }, 'seed', 'invalid_type'],
    ['an unknown parameter', { mood: 'good' }, null, null],
  ];
  for (const [name, change, param, code] of cases) {
    it(`rejects ${name}`, async () => {
      const error = await api.requestError({ ...question, ...change });
      assert.deepEqual([error.status, error.param, error.code], [400, param, code]);
    });
  }

  it('names an unknown parameter in its error message', async () => {
    const { message } = await api.requestError({ ...question, mood: 'good' });
    assert.equal(message, 'Unrecognized request argument supplied: mood');
  });

  for (const role of ['system', 'developer']) {
    it(`rejects the role ${role} with the message of the service`, async () => {
      const error = await api.requestError({ ...question, messages: [{ role, content: 'Be kind.' }] });
      assert.equal(error.status, 400);
      assert.equal(error.code, 'unsupported_value');
      const expectedMessage = `Unsupported value: 'messages[0].role' does not support '${role}' with this model.`;
      assert.equal(error.message, expectedMessage);
    });
  }

  const unsupported = 'temperature top_p presence_penalty frequency_penalty tools response_format logprobs';
  for (const name of unsupported.split(' ')) {
    it(`rejects ${name}, which a reasoning model does not support`, async () => {
      const error = await api.requestError({ ...question, [name]: 1 });
      assert.deepEqual([error.status, error.param, error.code], [400, name, 'unsupported_parameter']);
      assert.equal(error.message, `Unsupported parameter: '${name}' is not supported with this model.`);
    });
  }

  it('accepts both token limits together when it is lenient, and rejects them when it is strict', async () => {
    const both = { ...question, max_tokens: 512 };
    assert.equal((await api.post(both)).status, 201);
    await api.start({ limits: 'strict' });
    const error = await api.requestError(both);
    assert.equal(error.code, 'invalid_parameter_combination');
    const expectedMessage =
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    assert.equal(error.message, expectedMessage);
    assert.equal((await api.post(question)).status, 201);
  });

  it('accepts null for n, a valid name and both roles', async () => {
    const messages = [
      { role: 'user', content: 'a', name: 'Ada_L-1' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ];
    assert.equal((await api.post({ ...question, messages, n: null, seed: 1 })).status, 201);
  });

  it('responds to withdrawn and unknown models with 404 and their names', async () => {
    for (const model of ['o1-preview', 'o1-preview-2024-09-12', 'o9']) {
      const error = await api.requestError({ ...question, model });
      assert.deepEqual([error.status, error.param, error.code], [404, 'model', 'model_not_found']);
      assert.ok(error.message.includes(`'${model}'`));
    }
  });

  it('accepts all names of a model', async () => {
    for (const model of ['o1-mini', 'o1-mini-2024-09-12', 'openai/o1-mini']) {
      assert.equal((await api.complete({ ...question, model })).model, 'o1-mini-2024-09-12');
    }
  });
});
