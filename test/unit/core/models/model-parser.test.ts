import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDeprecations, parseModels } from '../../../../src/core/models/model-parser';
import { findModel, withRetirements } from '../../../../src/core/models/retirement';

const ids = (json: unknown): readonly string[] => parseModels(json).map(({ id }) => id);
const tokens = (origin: string, price: number, per: number): object => ({
  name: 'token',
  content: 'text',
  origin,
  price,
  per,
});

const dialects: readonly (readonly [string, unknown, unknown])[] = [
  [
    'AI/ML API',
    {
      id: 'openai/o1-mini',
      aliases: ['o1-mini', 'o1-mini-2024-09-12'],
      type: 'openai/chat-completions',
      info: { name: 'o1-mini', developer: 'OpenAI', contextLength: 128_000, outputMax: 65_536 },
      tags: [],
      pricing: {
        kind: 'fixed',
        units: [
          tokens('cached', 0.55, 1_000_000),
          tokens('cache_write', 1.375, 1_000_000),
          tokens('provided', 0.0011, 1000),
          tokens('generated', 4.4, 1_000_000),
        ],
      },
    },
    {
      id: 'openai/o1-mini',
      aliases: ['o1-mini', 'o1-mini-2024-09-12'],
      name: 'o1-mini',
      context: 128_000,
      maxOutput: 65_536,
      price: { input: 1.1, output: 4.4, cachedInput: 0.55, cacheWrite: 1.375 },
    },
  ],
  ['OpenAI', { id: 'o1', object: 'model', owned_by: 'openai' }, { id: 'o1', aliases: [] }],
  [
    'OpenRouter',
    {
      id: 'openai/o1-mini',
      name: 'OpenAI: o1-mini',
      context_length: 128_000,
      pricing: {
        prompt: '0.0000011',
        completion: '0.0000044',
        request: '0',
        input_cache_read: '0.00000055',
        input_cache_write: '0.000001375',
      },
      top_provider: { context_length: 120_000, max_completion_tokens: 65_536 },
    },
    {
      id: 'openai/o1-mini',
      aliases: [],
      name: 'OpenAI: o1-mini',
      context: 128_000,
      maxOutput: 65_536,
      price: { input: 1.1, output: 4.4, cachedInput: 0.55, cacheWrite: 1.375 },
    },
  ],
  [
    'Mistral',
    {
      id: 'magistral-medium-2509',
      type: 'base',
      max_context_length: 131_072,
      aliases: ['magistral-medium-latest'],
      capabilities: { completion_chat: true },
    },
    { id: 'magistral-medium-2509', aliases: ['magistral-medium-latest'], context: 131_072 },
  ],
  [
    'Together',
    { id: 'a/b', type: 'chat', context_length: 4096, pricing: { hourly: 0, input: 0.2, output: 0 } },
    { id: 'a/b', aliases: [], context: 4096, price: { input: 0.2, output: 0 } },
  ],
  [
    'Vercel AI Gateway',
    {
      id: 'openai/gpt-5',
      type: 'language',
      context_window: 400_000,
      max_tokens: 128_000,
      pricing: { input: '0.00000125', output: '0.00001', input_cache_read: '0.000000125' },
    },
    {
      id: 'openai/gpt-5',
      aliases: [],
      context: 400_000,
      maxOutput: 128_000,
      price: { input: 1.25, output: 10, cachedInput: 0.125 },
    },
  ],
  ['a list with `max_tokens` as the context window', { id: 'm', max_tokens: 8192 }, { id: 'm', aliases: [] }],
  ['vLLM', { id: 'qwen', max_model_len: 32_768 }, { id: 'qwen', aliases: [], context: 32_768 }],
  [
    'llama.cpp',
    { id: 'a.gguf', meta: { n_ctx_train: 131_072, n_ctx: 8192 } },
    { id: 'a.gguf', aliases: [], context: 8192 },
  ],
];

describe('A list of models', () => {
  it('may consist of names', () => {
    for (const json of [
      ['a', 'b'],
      { data: ['a', 'b'] },
      { models: ['a', 'b'] },
      ['a', '', 5, '<b>', null, 'b'],
    ])
      assert.deepEqual(ids(json), ['a', 'b']);
  });

  for (const [dialect, entry, model] of dialects) {
    it(`is read in the format of ${dialect}`, () => {
      assert.deepEqual(parseModels({ object: 'list', data: [entry] }), [model]);
    });
  }

  it('may be the whole JSON, or a field named models', () => {
    assert.deepEqual(ids([{ id: 'a' }]), ['a']);
    assert.deepEqual(ids({ models: [{ name: 'a:latest', model: 'a:latest' }] }), ['a:latest']);
  });

  it('leaves out models that are not chat models', () => {
    const types = [
      'openai/image-generations',
      'internal/text-to-speech',
      'tts',
      'embedding',
      'openai/responses',
    ];
    const data = types.map((type, index) => ({ id: `m${index}`, type }));
    assert.deepEqual(ids({ data: [...data, { id: 'chats', type: 'chat-completion' }] }), ['chats']);
    const flags = [
      { capabilities: { completion_chat: false } },
      { capabilities: { chat_completion: false } },
      { supports_chat: false },
      { active: false },
    ];
    assert.deepEqual(ids(flags.map((flag, index) => ({ id: `embed${index}`, ...flag }))), []);
    assert.deepEqual(ids([{ id: 'chat', supports_chat: true, active: true, type: 'base' }]), ['chat']);
  });

  it('merges entries with the same ID; the first one wins', () => {
    const data = [
      { id: 'a', aliases: ['b'], name: 'First' },
      { id: 'a', type: 'tts', context_length: 1 },
      { id: 'a', aliases: ['c', 'a', 'b'], name: 'Second', context_length: 9 },
    ];
    assert.deepEqual(parseModels({ data }), [{ id: 'a', aliases: ['b', 'c'], name: 'First', context: 9 }]);
  });

  for (const id of [
    'C:\\models\\x.gguf',
    'Qwen3 (thinking)',
    'claude-sonnet[1m]',
    'model#1',
    'a,b',
    'ft:gpt-4o:org::id=1',
    '@cf/meta/llama-3',
    '\u901a\u4e49\u5343\u95ee',
  ]) {
    it(`may contain the ID ${id}`, () => assert.deepEqual(ids([{ id }]), [id]));
  }

  // Links and icons of VS Code, HTML, and letters that are written from right to left.
  for (const id of ['[a](b)', '$(error)', '<b>', '`a`', '*', 'a|b', '\u05d0\u05d1']) {
    it(`cannot contain the ID ${JSON.stringify(id)}`, () => assert.deepEqual(ids([{ id }]), []));
  }

  for (const id of [undefined, 7, null, '', ' a', 'x'.repeat(201), 'a\nb', 'a\u0000', 'a\u202eb', {}]) {
    it(`ignores the ID ${JSON.stringify([id]).slice(0, 20)}`, () => assert.deepEqual(ids([{ id }]), []));
  }

  it('drops invalid numbers, names and aliases', () => {
    const entry = { id: 'a', context_length: 0, info: { maxTokens: -5, name: 'a\u0007' }, aliases: [1, ''] };
    assert.deepEqual(parseModels([{ ...entry, max_model_len: 1.5 }]), [{ id: 'a', aliases: [] }]);
    assert.deepEqual(parseModels([{ id: 'a', aliases: 'b', name: 5 }]), [{ id: 'a', aliases: [] }]);
  });

  it('may contain 10,000 models', () => {
    const data = Array.from({ length: 10_000 }, (_, index) => ({ id: `model-${index}` }));
    assert.equal(parseModels({ data }).length, 10_000);
  });

  const anyWord = fc.oneof(
    fc.string(),
    fc.constantFrom('a', 'b', 'openai/chat-completions', '0.001', '2026-01-01'),
  );
  const anyValue = fc.oneof(fc.jsonValue(), anyWord, fc.double(), fc.integer());
  const anyPrice = fc.oneof(anyValue, fc.double({ min: 0, max: 0.01 }));
  const anyPricing = fc.record(
    { input: anyPrice, output: anyPrice, prompt: anyPrice, cachedInput: anyPrice },
    { requiredKeys: [] },
  );
  const anyEntry = fc.record(
    {
      id: fc.oneof(anyWord, anyValue),
      type: fc.option(anyWord),
      name: anyValue,
      aliases: fc.oneof(fc.array(anyWord), anyValue),
      context_length: anyValue,
      max_output_tokens: anyValue,
      pricing: fc.oneof(anyPricing, anyValue),
      status: fc.constantFrom('deprecated', 'withdrawn', 'x'),
      shutdown_at: anyValue,
      replaced_by: anyValue,
    },
    { requiredKeys: ['id'] },
  );
  const anyList = fc.oneof(fc.jsonValue(), fc.array(anyEntry), fc.record({ data: fc.array(anyEntry) }));

  it('yields only valid models for any JSON, and the same ones when read again', () => {
    fc.assert(
      fc.property(anyList, anyList, (json, retired) => {
        const models = parseModels(json);
        const deprecations = parseDeprecations(retired);
        assert.deepEqual(parseModels(JSON.parse(JSON.stringify(models))), models);
        assert.deepEqual(parseDeprecations(JSON.parse(JSON.stringify(deprecations))), deprecations);
        for (const { id, aliases, context, maxOutput, price } of withRetirements(models, deprecations)) {
          for (const name of [id, ...aliases]) assert.match(name, /^[^\p{Cc}]{1,200}$/u);
          assert.ok(!aliases.includes(id));
          for (const count of [context ?? 1, maxOutput ?? 1]) assert.ok(Number.isInteger(count) && count > 0);
          const { input, output } = price ?? { input: 0, output: 0 };
          assert.ok(input >= 0 && output >= 0 && Number.isFinite(input + output));
        }
        assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('A list of deprecations', () => {
  const withdrawn = {
    id: 'o1-preview',
    aliases: ['openai/o1-preview'],
    status: 'withdrawn',
    replaced_by: 'o3',
  };

  it('marks the models that are listed, by any of their names', () => {
    const models = parseModels([{ id: 'openai/o1-mini', aliases: ['o1-mini'] }, { id: 'o3' }]);
    const deprecations = parseDeprecations({
      data: [{ id: 'o1-mini', status: 'deprecated', shutdown_at: '2025-10-27T00:00:00Z', replaced_by: 'o4' }],
    });
    const merged = withRetirements(models, deprecations);
    assert.equal(merged.length, 2);
    assert.deepEqual(findModel(merged, 'o1-mini')?.retirement, {
      status: 'deprecated',
      shutdownAt: '2025-10-27',
      replacedBy: 'o4',
    });
    assert.equal(findModel(merged, 'o3')?.retirement, undefined);
  });

  it('contains models that are no longer listed', () => {
    const merged = withRetirements(parseModels([{ id: 'o3' }]), parseDeprecations([withdrawn]));
    const found = findModel(merged, 'openai/o1-preview');
    assert.deepEqual(found?.retirement, { status: 'withdrawn', replacedBy: 'o3' });
    assert.equal(found.unlisted, true);
    assert.equal(findModel(merged, 'o2'), undefined);
  });

  it('does not retire the successor of a superseded name, and uses its limits for that name', () => {
    const models = parseModels([{ id: 'new', aliases: ['old', 'older'], context_length: 8 }]);
    const merged = withRetirements(
      models,
      parseDeprecations([{ id: 'old', aliases: ['older'], status: 'superseded', replaced_by: 'new' }]),
    );
    assert.equal(findModel(merged, 'new')?.retirement, undefined);
    const old = findModel(merged, 'old');
    assert.deepEqual([old?.retirement?.status, old?.context], ['superseded', 8]);
  });

  it('leaves out invalid entries', () => {
    const data = [
      { ...withdrawn, status: 'fine' },
      { ...withdrawn, id: '' },
      { status: 'withdrawn' },
      null,
      'x',
      [],
    ];
    assert.deepEqual(parseDeprecations({ data }), []);
    const unusual = { id: 'a', status: 'WITHDRAWN', shutdown_at: '2026-13-45', replaced_by: 'x\n' };
    assert.deepEqual(parseDeprecations([unusual]), [{ id: 'a', aliases: [], status: 'withdrawn' }]);
  });
});
