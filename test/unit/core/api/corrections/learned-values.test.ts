import assert from 'node:assert/strict';
import { createLearnedCorrections, type LearnedCorrections } from '../../../../../src/core/api';
import { permittedValue } from '../../../../../src/core/models/parameter-values';
import { requestTo } from '../../../../support/wire';

const model = 'next-model';

describe('The replacement for a value that a model does not accept', () => {
  const nearestValue = (requested: string, ...accepted: string[]): string | undefined =>
    permittedValue(requested, { accepted });

  it('is the nearest value, or the lower one of two that are equally near', () => {
    assert.equal(nearestValue('minimal', 'low', 'medium', 'high'), 'low');
    assert.equal(nearestValue('xhigh', 'low', 'medium', 'high'), 'high');
    assert.equal(nearestValue('medium', 'low', 'high'), 'low');
    assert.equal(nearestValue('none', 'low', 'high'), 'low');
  });

  it('never turns reasoning off', () => {
    assert.equal(nearestValue('minimal', 'none', 'high'), 'high');
    assert.equal(nearestValue('low', 'none'), undefined);
  });

  it('can be a new value that the service lists', () => {
    assert.equal(nearestValue('max', 'low', 'high', 'ultra'), 'ultra');
    assert.equal(nearestValue('none', 'tiny', 'high'), 'tiny');
  });

  it('does not exist for a value that only other models accept', () => {
    assert.equal(nearestValue('ultra', 'low', 'high'), undefined);
    assert.equal(nearestValue('high'), undefined);
  });
});

describe('Learned values', () => {
  const endpoint = requestTo('https://one.example').endpoint;
  let stored: unknown;
  const load = (): LearnedCorrections =>
    createLearnedCorrections({
      now: () => 1_000_000_000_000,
      read: () => stored,
      write: (learned) => (stored = JSON.parse(JSON.stringify(learned)) as unknown),
    });

  it('are remembered across restarts with their time, and can all be forgotten', () => {
    stored = undefined;
    load().learnProperties(endpoint, model, { reasoningEffort: { rejected: ['max'] }, context: 4096 });
    load().learnProperties(endpoint, model, { reasoningEffort: { accepted: ['low'], rejected: ['high'] } });
    const reloaded = load();
    assert.deepEqual(reloaded.get(endpoint, model).properties, {
      reasoningEffort: { accepted: ['low'], rejected: ['max', 'high'] },
      context: 4096,
    });
    assert.equal(reloaded.learnedAt(endpoint, model), 1_000_000_000_000);
    reloaded.forget();
    assert.equal(load().get(endpoint, model).properties, undefined);
    assert.equal(load().learnedAt(endpoint, model), undefined);
  });

  it('are read from any stored value without invalid ones', () => {
    const entry = (properties: unknown): unknown => ({
      name: `https://one.example/v1/chat/completions ${model}`,
      corrections: ['no-seed'],
      properties,
      at: 1_000_000_000_000,
    });
    for (const invalid of [
      7,
      'x',
      [],
      { reasoningEffort: 'low' },
      { reasoningEffort: { accepted: 'low' } },
    ]) {
      stored = [entry(invalid)];
      assert.deepEqual(load().get(endpoint, model).properties, {});
    }
    const values = ['low', 'Low', 'a b', '\u202elow', 'x'.repeat(99), 7, null, 'low'];
    stored = [entry({ reasoningEffort: { accepted: values }, context: -1, maxOutput: 1.5 })];
    assert.deepEqual(load().get(endpoint, model).properties, { reasoningEffort: { accepted: ['low'] } });
  });
});
