import assert from 'node:assert/strict';
import { createSaver } from '../../../src/host/storage/saver';
import { manualClock, type ManualClock } from '../../support/wire';

describe('R8 What cannot be written is tried again', () => {
  let error: Error | undefined;
  let written: string[];
  let attempts: number;
  let changes: number;
  let clock: ManualClock;
  const open = () =>
    createSaver<string>(
      1000,
      clock,
      (text) => {
        attempts++;
        if (error) return Promise.reject(error);
        written.push(text);
        return Promise.resolve();
      },
      () => changes++,
    );

  /** What is under way ends first: a wait begins when the attempt before it has failed. */
  async function pass(seconds: number): Promise<void> {
    await new Promise(setImmediate);
    for (let second = 0; second < seconds; second++) {
      clock.advance(1000);
      await new Promise(setImmediate);
    }
  }

  beforeEach(() => {
    error = undefined;
    clock = manualClock();
    [written, attempts, changes] = [[], 0, 0];
  });

  it('less and less often, and at last once a minute', async () => {
    const saver = open();
    error = new Error('ENOSPC');
    saver.put('text');
    await pass(63);
    assert.equal(attempts, 7, 'after 0, 1, 3, 7, 15, 31 and 63 seconds');
    await pass(600);
    assert.equal(attempts, 17, 'and then each minute');
    assert.equal(saver.failure, error);
    assert.equal(changes, 1, 'the same error is told once');
  });

  it('at once when it is told to, and again soon once that has worked', async () => {
    const saver = open();
    error = new Error('ENOSPC');
    saver.put('one');
    await pass(600);
    error = undefined;
    await saver.flush();
    assert.deepEqual([written, saver.failure, saver.unsaved, changes], [['one'], undefined, undefined, 2]);
    saver.put('two');
    await pass(1);
    assert.deepEqual(written, ['one', 'two']);
  });

  it('with the latest value, which is written once', async () => {
    const saver = open();
    error = new Error('EIO');
    for (const text of ['one', 'two', 'three']) {
      saver.put(text);
      await pass(10);
    }
    error = undefined;
    await pass(120);
    assert.deepEqual(written, ['three']);
  });

  it('however often the value changes meanwhile: no more often than without changes', async () => {
    const saver = open();
    error = new Error('ENOSPC');
    for (let count = 0; count < 63; count++) {
      saver.put(String(count));
      await pass(1);
    }
    assert.ok(attempts <= 8, `${attempts} attempts`);
  });
});
