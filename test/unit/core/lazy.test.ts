import assert from 'node:assert/strict';
import { lazy } from '../../../src/core/lazy';

describe('Lazy loading', () => {
  it('happens once, also for concurrent callers', async () => {
    let loadCount = 0;
    const load = lazy(() => Promise.resolve(++loadCount));
    assert.deepEqual(await Promise.all([load(), load()]), [1, 1]);
    assert.equal(await load(), 1);
  });

  it('is tried again after a failure', async () => {
    let loadCount = 0;
    const load = lazy(() =>
      ++loadCount === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(loadCount),
    );
    await assert.rejects(load(), /gone/);
    assert.equal(await load(), 2);
  });
});
