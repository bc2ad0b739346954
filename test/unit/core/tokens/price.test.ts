import assert from 'node:assert/strict';
import { builtInModel } from '../../../../src/core/models/built-in-models';
import { costOf, formatUsdIn, maxCost } from '../../../../src/core/tokens/price';

const price = { input: 1.1, output: 4.4 };

describe('Built-in data of a model', () => {
  for (const model of [
    'o1-mini',
    'o1-mini-2024-09-12',
    'openai/o1-mini',
    'router/openai/o1-mini-2024-09-12',
  ]) {
    it(`contains the list price and the limits of o1-mini for ${model}`, () => {
      assert.deepEqual(builtInModel(model), {
        price: { ...price, cachedInput: 0.55 },
        context: 128_000,
        maxOutput: 65_536,
      });
    });
  }

  for (const model of [
    '',
    'o1',
    'o1-mini-high',
    'o1-mini-2024',
    'not-o1-mini',
    'o1-mini/other',
    'gpt-4o-mini',
  ]) {
    it(`does not exist for "${model}"`, () => {
      assert.equal(builtInModel(model), undefined);
    });
  }
});

describe('The highest possible cost of a question', () => {
  it('consists of its prompt and an answer up to its limit', () => {
    assert.equal(maxCost(price, 1_000_000, 0, 1), 1.1);
    assert.equal(maxCost(price, 0, 1_000_000, 1), 4.4);
    assert.equal(formatUsdIn(maxCost(price, 2000, 25_000, 1), 'en'), '$0.1122');
  });

  it('includes the prompt for each answer, because each separate request is billed for it', () => {
    assert.equal(maxCost(price, 1_000_000, 1_000_000, 4), 22);
  });
});

describe('The cost of an answer', () => {
  it('is computed from the reported tokens, which include the reasoning', () => {
    assert.equal(
      costOf(price, { promptTokens: 1_000_000, completionTokens: 500_000, reasoningTokens: 400_000 }),
      3.3,
    );
  });

  it('uses separate prices for cached tokens if these are known', () => {
    const usage = {
      promptTokens: 1_000_000,
      cachedTokens: 500_000,
      cacheWriteTokens: 200_000,
      completionTokens: 0,
    };
    const ofCache = { cachedInput: 0.11, cacheWrite: 1.375 };
    assert.equal(costOf(price, usage)?.toFixed(9), '1.100000000');
    assert.equal(costOf({ ...price, ...ofCache }, usage)?.toFixed(9), '0.660000000');
    // More cached tokens than prompt tokens must not make the cost negative.
    const inconsistentUsage = {
      promptTokens: 1_000_000,
      cachedTokens: 9e6,
      cacheWriteTokens: 9e6,
      completionTokens: 0,
    };
    assert.equal(costOf({ ...price, ...ofCache }, inconsistentUsage)?.toFixed(9), '0.110000000');
  });

  it('derives a missing count from the total, and is unknown if only one count was reported', () => {
    assert.equal(costOf(price, { completionTokens: 1_000_000, totalTokens: 2_000_000 }), 5.5);
    assert.equal(costOf(price, { promptTokens: 1_000_000, totalTokens: 2_000_000 }), 5.5);
    assert.equal(costOf(price, { completionTokens: 1_000_000 }), undefined);
    assert.equal(costOf(price, { promptTokens: 1_000_000 }), undefined);
    assert.equal(costOf(price, { promptTokens: 10, totalTokens: 5 }), undefined);
    const apart = { promptTokens: 1_000_000, completionTokens: 100_000, totalTokens: 2_000_000 };
    assert.equal(costOf(price, apart), 5.5, 'the reasoning is in the sum only');
  });

  it('is unknown if no tokens were reported', () => {
    assert.equal(costOf(price, {}), undefined);
    assert.equal(costOf(price, { reasoningTokens: 64 }), undefined);
  });
});

describe('Dollars', () => {
  for (const [usd, text] of [
    [0, '$0.00'],
    [0.00001, '<$0.0001'],
    [0.0001, '$0.0001'],
    [0.0123, '$0.0123'],
    [0.01234, '$0.0123'],
    [0.05, '$0.05'],
    [0.5, '$0.50'],
    [0.99999, '$1.00'],
    [1.2, '$1.20'],
    [12.3456, '$12.35'],
    [100, '$100.00'],
  ] as const) {
    it(`are formatted as ${text} for ${usd}`, () => {
      assert.equal(formatUsdIn(usd, 'en'), text);
    });
  }

  it('are formatted for the language of the interface', () => {
    assert.equal(formatUsdIn(1234.5, 'de'), '1.234,50\u00a0$');
    assert.equal(formatUsdIn(0.00001, 'de'), '<0,0001\u00a0$');
  });
});
