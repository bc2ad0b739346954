import assert from 'node:assert/strict';
import { parseModels } from '../../../../src/core/models/model-parser';
import { parsePrice } from '../../../../src/core/models/price-parser';

const tokens = (origin: string, price: number, per: number): object => ({
  name: 'token',
  content: 'text',
  origin,
  price,
  per,
});

/** The `pricing` of an entry, and the price in US dollars per million tokens. */
const formats: readonly (readonly [string, unknown, unknown])[] = [
  [
    'AI/ML API, with a number of tokens for each price',
    { units: [tokens('provided', 0.0011, 1000), tokens('generated', 4.4, 1_000_000)] },
    { input: 1.1, output: 4.4 },
  ],
  [
    'OpenRouter, per token',
    {
      prompt: '0.0000011',
      completion: '0.0000044',
      request: '0',
      input_cache_read: '0.00000055',
      input_cache_write: '0.000001375',
    },
    { input: 1.1, output: 4.4, cachedInput: 0.55, cacheWrite: 1.375 },
  ],
  [
    'OpenRouter, for its most expensive model',
    { prompt: '0.00015', completion: '0.0006' },
    { input: 150, output: 600 },
  ],
  [
    'OpenRouter, for a model whose prompt is free',
    { prompt: '0', completion: '1e-8' },
    { input: 0, output: 0.01 },
  ],
  ['OpenRouter, for a free model', { prompt: '0', completion: '0' }, { input: 0, output: 0 }],
  [
    'Vercel AI Gateway, per token under the names of others for a million',
    {
      input: '0.00000125',
      output: '0.00001',
      input_cache_read: '0.000000125',
      input_tiers: [{ cost: '0.00000125', min: 0, max: 200_001 }],
    },
    { input: 1.25, output: 10, cachedInput: 0.125 },
  ],
  [
    'Vercel AI Gateway, without a cache',
    { input: '0.00000002', output: '0.00000003' },
    { input: 0.02, output: 0.03 },
  ],
  ['Cerebras, per token', { prompt: '0.00000025', completion: '0.00000069' }, { input: 0.25, output: 0.69 }],
  [
    'Together, per million tokens',
    { hourly: 0, input: 0.88, output: 0.88, base: 0, finetune: 0 },
    { input: 0.88, output: 0.88 },
  ],
  [
    'Chutes, per million tokens under the names of others for one',
    { prompt: 0.02, completion: 0.08, input_cache_read: 0.01 },
    { input: 0.02, output: 0.08, cachedInput: 0.01 },
  ],
  [
    'a service of this kind, with a cache that costs nearly nothing',
    { input: 0.14, cached_input: 0.0028, output: 0.28 },
    { input: 0.14, output: 0.28, cachedInput: 0.0028 },
  ],
  [
    'a cached list',
    { input: 1.1, output: 4.4, cachedInput: 0.55, cacheWrite: 1.375 },
    { input: 1.1, output: 4.4, cachedInput: 0.55, cacheWrite: 1.375 },
  ],
  [
    'a list with prices of the cache in another unit, which are left out',
    { input: 0.00000125, output: 0.00001, cachedInput: 0.125 },
    { input: 1.25, output: 10 },
  ],
];

describe('A price in a list of models', () => {
  for (const [format, pricing, price] of formats) {
    it(`is in dollars per million tokens, whatever its unit: ${format}`, () => {
      assert.deepEqual(parsePrice(pricing), price);
    });
  }

  const unknown: readonly unknown[] = [
    { prompt: '-1', completion: '-1' },
    { input: Number.NaN, output: 1 },
    { input: 1 },
    { input: -1, output: 1 },
    { input: 'free', output: 'free' },
    { input: '', output: ' ' },
    { input: '1e999', output: 1 },
    { input: [1], output: true },
    // One of the amounts is in another unit.
    { input: '0.00000125', output: 10 },
    { input: 1.25, output: '0.00001' },
    // Not credible in either unit.
    { input: 1e-12, output: 1e-12 },
    { input: 200_000, output: 1 },
    { kind: 'variable' },
    { units: [tokens('provided', 1, 0), tokens('generated', 1, 0)] },
    { units: [tokens('provided', 1, 1), tokens('generated', 1, 1)] },
    { units: [{ ...tokens('provided', 1, 1e6), content: 'image' }, tokens('generated', 1, 1e6)] },
    { units: [{ name: 'token', content: 'text', origin: 'provided', price: 1 }] },
    null,
    'cheap',
  ];
  for (const pricing of unknown) {
    it(`is unknown for ${JSON.stringify(pricing)}`, () => {
      assert.deepEqual(parseModels([{ id: 'a', pricing }]), [{ id: 'a', aliases: [] }]);
    });
  }
});
