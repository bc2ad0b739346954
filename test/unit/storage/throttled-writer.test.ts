import assert from 'node:assert/strict';
import { createThrottledWriter } from '../../../src/host/storage/throttled-writer';
import { manualClock, type ManualClock } from '../../support/wire';

describe('R8 A value that cannot be written', () => {
  let error: Error | undefined;
  let written: string[];
  let attempts: number;
  let changes: number;
  let clock: ManualClock;
  const createWriter = () =>
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

  /** Lets pending attempts end before the time passes, because a wait begins when the previous attempt has failed. */
  async function advance(seconds: number): Promise<void> {
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

  it('is tried again less and less often, finally once a minute', async () => {
    const writer = createWriter();
    error = new Error('ENOSPC');
    writer.put('text');
    await advance(63);
    assert.equal(attempts, 7, 'after 0, 1, 3, 7, 15, 31 and 63 seconds');
    await advance(600);
    assert.equal(attempts, 17, 'and then each minute');
    assert.equal(writer.failure, error);
    assert.equal(changes, 1, 'the same error is reported once');
  });

  it('is tried again immediately by a flush; after it succeeds, writes are frequent again', async () => {
    const writer = createWriter();
    error = new Error('ENOSPC');
    writer.put('one');
    await advance(600);
    error = undefined;
    await writer.flush();
    assert.deepEqual([written, writer.failure, writer.unsaved, changes], [['one'], undefined, undefined, 2]);
    writer.put('two');
    await advance(1);
    assert.deepEqual(written, ['one', 'two']);
  });

  it('is replaced by later values, of which only the latest is written', async () => {
    const writer = createWriter();
    error = new Error('EIO');
    for (const text of ['one', 'two', 'three']) {
      writer.put(text);
      await advance(10);
    }
    error = undefined;
    await advance(120);
    assert.deepEqual(written, ['three']);
  });

  it('is not tried more often because the value changes', async () => {
    const writer = createWriter();
    error = new Error('ENOSPC');
    for (let count = 0; count < 63; count++) {
      writer.put(String(count));
      await advance(1);
    }
    assert.ok(attempts <= 8, `${attempts} attempts`);
  });
});
