import assert from 'node:assert/strict';
import { lazy } from '../../../src/core/lazy';

describe('Lazy loading', () => {
  it('happens once, also for concurrent callers', async () => {
    let loads = 0;
    const load = lazy(() => Promise.resolve(++loads));
    assert.deepEqual(await Promise.all([load(), load()]), [1, 1]);
    assert.equal(await load(), 1);
  });

  it('is tried again after a failure', async () => {
    let loads = 0;
    const load = lazy(() => (++loads === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(loads)));
    await assert.rejects(load(), /gone/);
    assert.equal(await load(), 2);
  });
});
