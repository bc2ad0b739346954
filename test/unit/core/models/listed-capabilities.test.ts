import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLearnedCorrections } from '../../../../src/core/api';
import { mergeMetadata, type MetadataSources } from '../../../../src/core/models/sourced-metadata';
import { parseModels, type ListedModel } from '../../../../src/core/models/model-parser';
import { requestTo } from '../../../support/wire';

/** The first model of a list, without its ID and its aliases. */
function listed(entry: object): Omit<ListedModel, 'id' | 'aliases'> {
  const [{ id, aliases, ...rest } = { id: '', aliases: [] }] = parseModels([{ id: 'm', ...entry }]);
  return rest;
}

describe('The entry of a model', () => {
  const shapes: readonly (readonly [string, object, object])[] = [
    [
      'AI/ML API',
      {
        type: 'chat-completion',
        info: { contextLength: 128_000, maxTokens: 65_536 },
        features: [
          'openai/chat-completion',
          'openai/chat-completion.function',
          'openai/chat-completion.vision',
        ],
      },
      { context: 128_000, maxOutput: 65_536, tools: true, vision: true },
    ],
    [
      'OpenAI',
      { object: 'model', created: 1_726_000_000, owned_by: 'system', shutdown_date: '2027-01-14' },
      { created: 1_726_000_000, retirement: { status: 'deprecated', shutdownAt: '2027-01-14' } },
    ],
    ['OpenAI without an end', { shutdown_date: null }, {}],
    [
      'OpenRouter',
      {
        context_length: 400_000,
        architecture: { input_modalities: ['text', 'image'] },
        supported_parameters: ['reasoning', 'tools', 'max_tokens', 'verbosity'],
        reasoning: { supported_efforts: ['none', 'low', 'high'], default_effort: 'low', mandatory: true },
        expiration_date: '2026-12-01',
      },
      {
        context: 400_000,
        efforts: ['low', 'high'],
        verbosity: true,
        reasoning: true,
        vision: true,
        tools: true,
        retirement: { status: 'deprecated', shutdownAt: '2026-12-01' },
      },
    ],
    [
      'OpenRouter without reasoning',
      { supported_parameters: ['temperature'], architecture: { input_modalities: ['text'] } },
      { efforts: [], verbosity: false, reasoning: false, vision: false, tools: false },
    ],
    ['OpenRouter with all efforts', { reasoning: { supported_efforts: null } }, { reasoning: true }],
    ['vLLM', { object: 'model', owned_by: 'vllm', max_model_len: 32_768 }, { context: 32_768 }],
    [
      'LM Studio',
      {
        type: 'llm',
        max_context_length: 131_072,
        loaded_instances: [{ id: 'm', config: { context_length: 4096 } }],
        capabilities: {
          vision: false,
          trained_for_tool_use: true,
          reasoning: { allowed_options: ['low', 'medium'], default: 'low' },
        },
      },
      { context: 4096, efforts: ['low', 'medium'], reasoning: true, vision: false, tools: true },
    ],
    [
      'Ollama',
      { capabilities: ['completion', 'tools', 'thinking'] },
      { verbosity: false, reasoning: true, vision: false, tools: true },
    ],
    [
      'Ollama without thinking',
      { capabilities: ['completion', 'vision'] },
      { efforts: [], verbosity: false, reasoning: false, vision: true, tools: false },
    ],
    [
      'Azure',
      {
        capabilities: { chat_completion: true },
        deprecation: { fine_tune: 1_700_000_000, inference: 1_797_724_800 },
      },
      { retirement: { status: 'deprecated', shutdownAt: '2026-12-20' } },
    ],
    [
      'Mistral',
      {
        capabilities: { completion_chat: true, function_calling: true, vision: false },
        deprecation: '2026-12-31T12:00:00Z',
        deprecation_replacement_model: 'next-medium',
      },
      {
        vision: false,
        tools: true,
        retirement: { status: 'deprecated', shutdownAt: '2026-12-31', replacedBy: 'next-medium' },
      },
    ],
  ];
  for (const [service, entry, expected] of shapes)
    it(`is read in the form of ${service}, and again from the cache`, () => {
      assert.deepEqual(listed(entry), expected);
      assert.deepEqual(listed(listed(entry)), expected);
    });

  it('is read without what has a wrong type, or cannot be a value or a name', () => {
    const wrong = [7, 'x', null, [], [7], {}, true, ['\u0000', '\u202elow', 'A B'], { a: { b: 1 } }];
    const names =
      'capabilities features supported_parameters reasoning architecture deprecation shutdown_date expiration_date efforts created retirement loaded_instances';
    for (const name of names.split(' '))
      for (const value of wrong) {
        const { efforts = [], created = 1, retirement } = listed({ [name]: value });
        assert.deepEqual([efforts, Number.isSafeInteger(created), retirement], [[], true, undefined], name);
      }
    const hostile = {
      supported_efforts: ['low', 'Low', 'l\u0000w', 'x'.repeat(40), '[a](command:b)', 'low'],
    };
    assert.deepEqual(listed({ reasoning: hostile }).efforts, ['low']);
  });

  it('is read from any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (entry) => void parseModels([{ id: 'm', ...(entry as object) }])));
  });
});

describe('What is known about a model', () => {
  const endpoint = requestTo('http://127.0.0.1').endpoint;
  const prices = { input: null, output: null };
  const nothing = createLearnedCorrections().get(endpoint, 'm');
  const merged = (sources: Partial<MetadataSources>) =>
    mergeMetadata({ model: 'm', learned: nothing, prices, ...sources });

  it('comes from the settings first, then from errors, then from the list', () => {
    const memory = createLearnedCorrections();
    memory.learnProperties(endpoint, 'm', { context: 4096, reasoningEffort: { accepted: ['low'] } });
    const { price, context, maxOutput, reasoningEffort } = merged({
      listed: {
        id: 'm',
        aliases: [],
        context: 8192,
        maxOutput: 2048,
        price: { input: 1, output: 2 },
        efforts: ['low', 'high'],
      },
      learned: memory.get(endpoint, 'm'),
      prices: { input: null, output: 9 },
    });
    assert.deepEqual(
      { price, context, maxOutput, reasoningEffort },
      {
        price: { value: { input: 1, output: 9 }, source: 'setting' },
        context: { value: 4096, source: 'rejection' },
        maxOutput: { value: 2048, source: 'list' },
        reasoningEffort: { value: ['low'], source: 'rejection' },
      },
    );
  });

  it('has no value that the model rejected', () => {
    const memory = createLearnedCorrections();
    memory.learnProperties(endpoint, 'm', { reasoningEffort: { rejected: ['high'] } });
    const listedModel = { id: 'm', aliases: [], efforts: ['low', 'high'] };
    const { reasoningEffort } = merged({ listed: listedModel, learned: memory.get(endpoint, 'm') });
    assert.deepEqual(reasoningEffort, { value: ['low'], source: 'rejection' });
    memory.learn(endpoint, 'm', 'no-reasoning-effort');
    assert.deepEqual(
      merged({ listed: listedModel, learned: memory.get(endpoint, 'm') }).reasoningEffort?.value,
      [],
    );
  });

  it('is nothing for an unknown model, and the public data for o1-mini', () => {
    assert.deepEqual(merged({}), { corrections: [] });
    const { context, reasoningEffort } = merged({ model: 'o1-mini' });
    assert.deepEqual(context, { value: 128_000, source: 'built-in' });
    assert.deepEqual(reasoningEffort, { value: [], source: 'built-in' });
  });
});
