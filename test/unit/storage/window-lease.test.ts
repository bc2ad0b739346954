import assert from 'node:assert/strict';
import type { FileFolder } from '../../../src/core/file-folder';
import { createWindowLease } from '../../../src/host/storage/drafts/window-lease';
import { manualClock } from '../../support/wire';

const RENEWAL_MS = 4000;

describe('The lease of a window on its draft', () => {
  it('is renewed once in each interval, also if the draft is replaced while the window is asked', async () => {
    const clock = manualClock();
    const written: string[] = [];
    const folder = {
      write: (name: string) => Promise.resolve(void written.push(name)),
      delete: () => Promise.resolve(),
    } as unknown as FileFolder;
    const waiting: (() => void)[] = [];
    const windowAnswers = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
    const lease = createWindowLease({ folder, clock, session: 's', process: undefined, windowAnswers });
    const answered = async (): Promise<void> => {
      for (const answer of waiting.splice(0)) answer();
      await new Promise(setImmediate);
    };

    lease.hold('first');
    clock.advance(RENEWAL_MS);
    lease.hold('second');
    await answered();
    written.splice(0);
    clock.advance(RENEWAL_MS);
    await answered();
    clock.advance(RENEWAL_MS);
    await answered();
    assert.deepEqual(written, ['second.lease', 'second.lease']);
    await lease.release();
  });
});
