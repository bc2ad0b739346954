import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDeprecations, parseModels, type ListedModel } from '../../../../src/core/models/model-parser';
import { findReplacement } from '../../../../src/core/models/model-replacement';
import { availabilityOf, withRetirements } from '../../../../src/core/models/retirement';

const now = Date.UTC(2026, 10, 30);
const model = (id: string, properties: Partial<ListedModel> = {}): ListedModel => ({
  id,
  aliases: [],
  ...properties,
});
const replacementOf = (name: string, ...models: readonly ListedModel[]): unknown =>
  findReplacement(name, models, now);

describe('The availability of a model', () => {
  const after = (shutdownAt: string): unknown =>
    availabilityOf({ status: 'deprecated', shutdownAt }, now).kind;

  it('is retired if the service has withdrawn the model', () => {
    assert.deepEqual(availabilityOf({ status: 'withdrawn' }, now), { kind: 'retired' });
  });

  it('is retiring if its last day is within 30 days', () => {
    assert.deepEqual(['2026-11-30', '2026-12-01', '2026-12-30', '2026-12-31', '2027-10-01'].map(after), [
      'retiring',
      'retiring',
      'retiring',
      'available',
      'available',
    ]);
  });

  it('is available after its date, because the service may still offer the model', () => {
    assert.deepEqual(['2026-11-29', '2025-10-27', '1999-01-01'].map(after), [
      'available',
      'available',
      'available',
    ]);
  });

  it('is available if the lists contain no retirement', () => {
    assert.equal(availabilityOf(undefined, now).kind, 'available');
    assert.equal(availabilityOf({ status: 'superseded' }, now).kind, 'available');
  });
});

describe('The replacement of a model', () => {
  it('is the model that the service names, also if this one was replaced as well', () => {
    const withdrawn = (id: string, replacedBy: string): ListedModel =>
      model(id, { retirement: { status: 'withdrawn', replacedBy }, unlisted: true });
    assert.deepEqual(replacementOf('a', withdrawn('a', 'b'), model('b')), { model: 'b', reason: 'named' });
    assert.deepEqual(replacementOf('a', withdrawn('a', 'b'), withdrawn('b', 'c')), {
      model: 'c',
      reason: 'named',
    });
    assert.equal(replacementOf('a', withdrawn('a', 'b'), withdrawn('b', 'a')), undefined);
  });

  it('is otherwise the latest name of the same model', () => {
    const list = [model('think-2'), model('think-1-latest'), model('other')];
    assert.deepEqual(replacementOf('think-1-2024-09-12', ...list), {
      model: 'think-1-latest',
      reason: 'alias',
    });
    const alias = model('think-3', { aliases: ['think-1'] });
    assert.deepEqual(replacementOf('think-1-0912', alias), { model: 'think-1', reason: 'alias' });
  });

  it('is otherwise the nearest model by family, price and reasoning', () => {
    const list = [
      model('big-model', { price: { input: 1.1, output: 4.4 }, reasoning: true }),
      model('o9-mini', { price: { input: 1.2, output: 4.5 }, reasoning: true }),
      model('o9', { price: { input: 20, output: 80 }, reasoning: true }),
      model('o9-mini-audio', { price: { input: 1.1, output: 4.4 } }),
    ];
    assert.deepEqual(replacementOf('o1-mini', ...list), { model: 'o9-mini', reason: 'nearest' });
    assert.deepEqual(replacementOf('openai/o1-mini', ...list.toReversed()), {
      model: 'o9-mini',
      reason: 'nearest',
    });
  });

  it('is the newest of several models that are equally near', () => {
    const [older, newer] = [1, 2].map((created) =>
      model(`o${created + 5}-mini`, { created, reasoning: true }),
    );
    assert.ok(older && newer);
    assert.deepEqual(replacementOf('o1-mini', older, newer), { model: 'o7-mini', reason: 'nearest' });
  });

  it('is the only model of a list, however it is named', () => {
    assert.deepEqual(replacementOf('o1-mini', model('whale')), { model: 'whale', reason: 'nearest' });
    const retirement = { status: 'withdrawn' } as const;
    const gone = model('o1-mini', { retirement, unlisted: true });
    assert.deepEqual(replacementOf('o1-mini', gone, model('whale')), { model: 'whale', reason: 'nearest' });
    assert.equal(replacementOf('o1-mini', model('whale', { retirement })), undefined);
  });

  it('does not exist if no model is similar, and is never a model that is ending', () => {
    assert.equal(replacementOf('o1-mini', model('whale'), model('text-writer')), undefined);
    for (const shutdownAt of ['2025-10-27', '2026-12-11', undefined]) {
      const retirement = { status: 'deprecated', ...(shutdownAt !== undefined && { shutdownAt }) } as const;
      assert.equal(replacementOf('o1-mini', model('o9-mini', { retirement, reasoning: true })), undefined);
    }
    const later = { status: 'deprecated', shutdownAt: '2027-10-01' } as const;
    assert.deepEqual(replacementOf('o1-mini', model('o9-mini', { retirement: later, reasoning: true })), {
      model: 'o9-mini',
      reason: 'nearest',
    });
    assert.equal(replacementOf('o1-mini', model('o1-mini', { reasoning: true })), undefined);
  });

  it('is searched in any lists, even invalid ones, and quickly in 10,000 models', () => {
    const anyList = fc.array(
      fc.oneof(fc.jsonValue(), fc.record({ id: fc.jsonValue(), pricing: fc.jsonValue() })),
    );
    fc.assert(
      fc.property(anyList, anyList, (models, deprecations) => {
        const list = withRetirements(parseModels(models), parseDeprecations(deprecations));
        findReplacement('o1-mini', list, now);
      }),
    );
    const models = Array.from({ length: 10_000 }, (_, index) => model(`vendor/${index}-mini`));
    const started = performance.now();
    findReplacement('o1-mini', [...models, model('o9-mini', { reasoning: true })], now);
    assert.ok(performance.now() - started < 500);
  });
});
