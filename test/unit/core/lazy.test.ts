import assert from 'node:assert/strict';
import { lazy } from '../../../src/core/lazy';

describe('What is loaded when it is first asked for', () => {
  it('is loaded once, also for those who ask while it is on its way', async () => {
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
