import assert from 'node:assert/strict';
import { question, serverUnderTest } from './client';

describe('The local API server, reading parameters', () => {
  const api = serverUnderTest();

  const users = (content: unknown, others: object = {}) => ({
    messages: [{ role: 'user', content, ...others }],
  });
  const cases: readonly (readonly [
    name: string,
    change: object,
    param: string | null,
    code: string | null,
  ])[] = [
    ['a missing model', { model: undefined }, 'model', 'missing_required_parameter'],
    ['a model that is no string', { model: 1 }, 'model', 'invalid_type'],
    ['missing messages', { messages: undefined }, 'messages', 'missing_required_parameter'],
    ['no messages', { messages: [] }, 'messages', 'empty_array'],
    ['messages that are no list', { messages: 'Hello' }, 'messages', 'invalid_type'],
    ['a message that is no object', { messages: ['Hello'] }, 'messages[0]', 'invalid_type'],
    ['a message without content', users(undefined), 'messages[0].content', 'missing_required_parameter'],
    ['empty content', users(''), 'messages[0].content', 'empty_string'],
    ['content in parts', users([{ type: 'text', text: 'a' }]), 'messages[0].content', 'invalid_type'],
    ['a name with a space', users('a', { name: 'Ada L' }), 'messages[0].name', 'invalid_value'],
    ['an unknown field of a message', users('a', { tone: 1 }), 'messages[0].tone', 'unknown_parameter'],
    ['a role it does not know', users('a', { role: 'tool' }), 'messages[0].role', 'invalid_value'],
    ['a limit of 0', { max_completion_tokens: 0 }, 'max_completion_tokens', 'integer_below_min_value'],
    ['a limit that is not whole', { max_completion_tokens: 1.5 }, 'max_completion_tokens', 'invalid_type'],
    ['an old limit of 0', { max_tokens: 0 }, 'max_tokens', 'integer_below_min_value'],
    ['a limit that is a string', { max_tokens: '9' }, 'max_tokens', 'invalid_type'],
    ['a stream that is no boolean', { stream: 'yes' }, 'stream', 'invalid_type'],
    ['stream options without a stream', { stream_options: { include_usage: true } }, 'stream_options', null],
    [
      'stream options that are no object',
      { stream: true, stream_options: 1 },
      'stream_options',
      'invalid_type',
    ],
    [
      'usage that is no boolean',
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
    ['a parameter that nobody knows', { mood: 'good' }, null, null],
  ];
  for (const [name, change, param, code] of cases) {
    it(`refuses ${name}`, async () => {
      const error = await api.refused({ ...question, ...change });
      assert.deepEqual([error.status, error.param, error.code], [400, param, code]);
    });
  }

  it('names the unknown parameter in its words', async () => {
    const { message } = await api.refused({ ...question, mood: 'good' });
    assert.equal(message, 'Unrecognized request argument supplied: mood');
  });

  for (const role of ['system', 'developer']) {
    it(`refuses the role ${role} in the service's words`, async () => {
      const error = await api.refused({ ...question, messages: [{ role, content: 'Be kind.' }] });
      assert.equal(error.status, 400);
      assert.equal(error.code, 'unsupported_value');
      const words = `Unsupported value: 'messages[0].role' does not support '${role}' with this model.`;
      assert.equal(error.message, words);
    });
  }

  const unsupported = 'temperature top_p presence_penalty frequency_penalty tools response_format logprobs';
  for (const name of unsupported.split(' ')) {
    it(`refuses ${name}, which a reasoning model does not support`, async () => {
      const error = await api.refused({ ...question, [name]: 1 });
      assert.deepEqual([error.status, error.param, error.code], [400, name, 'unsupported_parameter']);
      assert.equal(error.message, `Unsupported parameter: '${name}' is not supported with this model.`);
    });
  }

  it('takes both limits together when lenient, and refuses them when strict', async () => {
    const both = { ...question, max_tokens: 512 };
    assert.equal((await api.post(both)).status, 201);
    await api.start({ limits: 'strict' });
    const error = await api.refused(both);
    assert.equal(error.code, 'invalid_parameter_combination');
    const words = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    assert.equal(error.message, words);
    assert.equal((await api.post(question)).status, 201);
  });

  it('takes null for n, a good name and both roles', async () => {
    const messages = [
      { role: 'user', content: 'a', name: 'Ada_L-1' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ];
    assert.equal((await api.post({ ...question, messages, n: null, seed: 1 })).status, 201);
  });

  it('answers a withdrawn and an unknown model with 404 and its name', async () => {
    for (const model of ['o1-preview', 'o1-preview-2024-09-12', 'o9']) {
      const error = await api.refused({ ...question, model });
      assert.deepEqual([error.status, error.param, error.code], [404, 'model', 'model_not_found']);
      assert.ok(error.message.includes(`'${model}'`));
    }
  });

  it('knows a model under all of its names', async () => {
    for (const model of ['o1-mini', 'o1-mini-2024-09-12', 'openai/o1-mini']) {
      assert.equal((await api.whole({ ...question, model })).model, 'o1-mini-2024-09-12');
    }
  });
});
