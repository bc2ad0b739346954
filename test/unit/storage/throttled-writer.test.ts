import assert from 'node:assert/strict';
import { createThrottledWriter } from '../../../src/host/storage/throttled-writer';
import { manualClock, type ManualClock } from '../../support/wire';

describe('R8 What cannot be written is tried again', () => {
  let error: Error | undefined;
  let written: string[];
  let attempts: number;
  let changes: number;
  let clock: ManualClock;
  const open = () =>
    createThrottledWriter<string>(
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
    const writer = open();
    error = new Error('ENOSPC');
    writer.put('text');
    await pass(63);
    assert.equal(attempts, 7, 'after 0, 1, 3, 7, 15, 31 and 63 seconds');
    await pass(600);
    assert.equal(attempts, 17, 'and then each minute');
    assert.equal(writer.failure, error);
    assert.equal(changes, 1, 'the same error is told once');
  });

  it('at once when it is told to, and again soon once that has worked', async () => {
    const writer = open();
    error = new Error('ENOSPC');
    writer.put('one');
    await pass(600);
    error = undefined;
    await writer.flush();
    assert.deepEqual([written, writer.failure, writer.unsaved, changes], [['one'], undefined, undefined, 2]);
    writer.put('two');
    await pass(1);
    assert.deepEqual(written, ['one', 'two']);
  });

  it('with the latest value, which is written once', async () => {
    const writer = open();
    error = new Error('EIO');
    for (const text of ['one', 'two', 'three']) {
      writer.put(text);
      await pass(10);
    }
    error = undefined;
    await pass(120);
    assert.deepEqual(written, ['three']);
  });

  it('however often the value changes meanwhile: no more often than without changes', async () => {
    const writer = open();
    error = new Error('ENOSPC');
    for (let count = 0; count < 63; count++) {
      writer.put(String(count));
      await pass(1);
    }
    assert.ok(attempts <= 8, `${attempts} attempts`);
  });
});
