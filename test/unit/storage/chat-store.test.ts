import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { emptyConversation, reduce } from '../../../src/core/chat/conversation';
import { purge } from '../../../src/host/storage/purge-deleted';
import { chat, idsOf, openWindow, putChats, scratchFolder, textOf, turn } from './store-fixture';

const day = 86_400_000;

describe('R8 Chats are kept, a file each', () => {
  let path: string;

  beforeEach(() => {
    path = scratchFolder();
  });

  it('comes back as it was saved, in another window too', async () => {
    const window = openWindow(path);
    const saved = { ...chat('a', turn('1'), turn('2')), title: 'Proofs', pinned: true as const };
    window.change(saved);
    await window.settle();
    const stored = await openWindow(path).store.read('a');
    assert.deepEqual(stored, { conversation: saved });
  });

  it('keeps the workspace that a chat was begun in, wherever it is continued', async () => {
    const workspace = { id: '7c97', name: 'orbits', folders: ['file:///orbits'] };
    const first = openWindow(path, { workspace });
    first.change(chat('a', turn('1')));
    await first.settle();
    const second = openWindow(path, { workspace: { ...workspace, id: 'other' } });
    const stored = await second.store.read('a');
    assert.ok(stored);
    second.change({ ...stored.conversation, turns: [...stored.conversation.turns, turn('2')] });
    await second.settle();
    assert.deepEqual((await first.store.index.known())[0]?.workspace, workspace);
    assert.deepEqual((await openWindow(path).store.read('a'))?.workspace, workspace);
  });

  it('writes the last state of a chat that changes all the time', async () => {
    const window = openWindow(path);
    for (let length = 1; length <= 200; length++) {
      window.change(chat('a', turn('1', 1, 'x'.repeat(length))));
      window.clock.advance(10);
    }
    await window.settle();
    assert.equal(
      (await openWindow(path).store.read('a'))?.conversation.turns[0]?.answers[0].choices[0]?.text.length,
      200,
    );
  });

  it('reads a chat that has not been written yet', async () => {
    const window = openWindow(path);
    window.change(chat('a', turn('1')));
    window.change(chat('a', turn('1'), turn('2')));
    const stored = await window.store.read('a');
    assert.deepEqual(stored && idsOf(stored.conversation), ['1', '2']);
  });

  it('knows no chat that was never saved', async () => {
    assert.equal(await openWindow(path).store.read('a'), undefined);
    assert.equal(await openWindow(path).store.has('a'), false);
  });

  it('never uses an id that would lead out of the folder', async () => {
    const { store } = openWindow(path);
    for (const id of ['../a', 'a/b', '', '..', 'a.b', 'x'.repeat(101), 'C:\\a']) {
      await assert.rejects(store.read(id));
      await assert.rejects(store.setDeleted(id, 1));
      await assert.rejects(store.deletePermanently(id));
    }
  });
});

describe('R8 Deleting is a bin', () => {
  let path: string;

  beforeEach(() => {
    path = scratchFolder();
    putChats(path, [{ conversation: chat('a') }, { conversation: chat('b') }]);
  });

  it('keeps a deleted chat, marked, and restores it whole', async () => {
    const { store } = openWindow(path);
    const before = textOf(path, 'a');
    await store.setDeleted('a', 5000);
    const deleted = (await store.index.known()).find(({ id }) => id === 'a');
    assert.equal(deleted?.deletedAt, 5000);
    assert.equal((await openWindow(path).store.read('a'))?.deletedAt, 5000);
    await store.setDeleted('a', undefined);
    assert.equal(textOf(path, 'a'), before);
  });

  it('removes it after 30 days, and not before', async () => {
    const { store } = openWindow(path);
    await store.setDeleted('a', 1000);
    await purge(store, 1000 + 30 * day);
    assert.ok(existsSync(join(path, 'a.json')));
    await purge(store, 1001 + 30 * day);
    assert.ok(!existsSync(join(path, 'a.json')));
    assert.ok(existsSync(join(path, 'b.json')), 'what was not deleted stays');
  });

  it('keeps a chat for good where the date of its deletion lies ahead', async () => {
    const { store } = openWindow(path);
    await store.setDeleted('a', Date.now() + 1000 * day);
    await purge(store, Date.now());
    assert.ok(existsSync(join(path, 'a.json')));
  });

  it('keeps a chat that one window deletes while another asks in it', async () => {
    const [first, second] = [openWindow(path), openWindow(path)];
    const stored = await second.store.read('a');
    assert.ok(stored);
    second.shown.set('a', stored.conversation);
    await first.store.setDeleted('a', 5000);
    second.change({ ...stored.conversation, turns: [...stored.conversation.turns, turn('new')] });
    await second.settle();
    const after = await openWindow(path).store.read('a');
    assert.ok(after && after.deletedAt === undefined);
    assert.deepEqual(idsOf(after.conversation), ['a-1', 'new']);
  });

  it('deletes permanently what is told to be deleted permanently', async () => {
    const { store } = openWindow(path);
    await store.deletePermanently('a');
    assert.ok(!existsSync(join(path, 'a.json')));
    await store.index.verify();
    assert.deepEqual(
      (await store.index.known()).map(({ id }) => id),
      ['b'],
    );
  });
});

describe('R8 A clock that jumps costs nothing', () => {
  it('keeps all chats and turns, whatever the times of questions are', async () => {
    const path = scratchFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -1e15, max: 1e15 }), { minLength: 1, maxLength: 12 }),
        async (times) => {
          const id = `c${Math.abs(times.reduce((sum, time) => (sum * 31 + time) | 0, 7))}-${times.length}`;
          const [first, second] = [openWindow(path), openWindow(path)];
          const windows = [first, second];
          for (const [index, time] of times.entries()) {
            const window = windows[index % 2] ?? first;
            const stored = (await window.store.read(id))?.conversation ?? emptyConversation(id);
            const asked = reduce(stored, {
              type: 'asked',
              turnId: `t${index}`,
              question: { text: 'Why?' },
              at: time,
            });
            window.change(asked);
            await window.settle();
          }
          const after = await openWindow(path).store.read(id);
          assert.equal(after?.conversation.turns.length, times.length);
          const [listed] = (await openWindow(path).store.index.known()).filter((each) => each.id === id);
          assert.ok(listed === undefined || listed.questions === times.length);
        },
      ),
      { numRuns: 20 },
    );
    for (const name of readdirSync(path))
      assert.ok(statSync(join(path, name)).isFile(), 'nothing was set aside');
  });
});
