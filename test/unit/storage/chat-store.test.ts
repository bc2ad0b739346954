import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { emptyConversation, reduce } from '../../../src/core/chat/conversation';
import { purge } from '../../../src/host/storage/chats/purge-deleted';
import {
  chat,
  turnIds,
  listedIds,
  openWindow,
  writeChatFiles,
  scratchFolder,
  fileText,
  turn,
} from './store-fixture';

const DAY_MS = 86_400_000;

describe('R8 The chat store', () => {
  let path: string;

  beforeEach(() => {
    path = scratchFolder();
  });

  it('restores a chat as it was saved, also in another window', async () => {
    const window = openWindow(path);
    const saved = { ...chat('a', turn('1'), turn('2')), title: 'Proofs', pinned: true as const };
    window.change(saved);
    await window.flush();
    const stored = await openWindow(path).store.read('a');
    assert.deepEqual(stored, { conversation: saved });
  });

  it('keeps the workspace in which a chat was started, wherever it is continued', async () => {
    const workspace = { id: '7c97', name: 'orbits', folders: ['file:///orbits'] };
    const first = openWindow(path, { workspace });
    first.change(chat('a', turn('1')));
    await first.flush();
    const second = openWindow(path, { workspace: { ...workspace, id: 'other' } });
    const stored = await second.store.read('a');
    assert.ok(stored);
    second.change({ ...stored.conversation, turns: [...stored.conversation.turns, turn('2')] });
    await second.flush();
    assert.deepEqual((await first.store.index.known())[0]?.workspace, workspace);
    assert.deepEqual((await openWindow(path).store.read('a'))?.workspace, workspace);
  });

  it('writes the latest state of a chat that changes constantly', async () => {
    const window = openWindow(path);
    for (let length = 1; length <= 200; length++) {
      window.change(chat('a', turn('1', 1, 'x'.repeat(length))));
      window.clock.advance(10);
    }
    await window.flush();
    assert.equal(
      (await openWindow(path).store.read('a'))?.conversation.turns[0]?.answers[0].choices[0]?.text.length,
      200,
    );
  });

  it('returns a chat that has not been written to disk yet', async () => {
    const window = openWindow(path);
    window.change(chat('a', turn('1')));
    window.change(chat('a', turn('1'), turn('2')));
    const stored = await window.store.read('a');
    assert.deepEqual(stored && turnIds(stored.conversation), ['1', '2']);
  });

  it('does not find a chat that was never saved', async () => {
    assert.equal(await openWindow(path).store.read('a'), undefined);
    assert.equal(await openWindow(path).store.has('a'), false);
  });

  it('rejects IDs that would lead out of its folder', async () => {
    const { store } = openWindow(path);
    for (const id of ['../a', 'a/b', '', '..', 'a.b', 'x'.repeat(101), 'C:\\a']) {
      await assert.rejects(store.read(id));
      await assert.rejects(store.setDeleted(id, 1));
      await assert.rejects(store.deletePermanently(id));
    }
  });
});

describe('R8 A deleted chat', () => {
  let path: string;

  beforeEach(() => {
    path = scratchFolder();
    writeChatFiles(path, [{ conversation: chat('a') }, { conversation: chat('b') }]);
  });

  it('is kept, marked as deleted, and can be restored completely', async () => {
    const { store } = openWindow(path);
    const before = fileText(path, 'a');
    await store.setDeleted('a', 5000);
    const deleted = (await store.index.known()).find(({ id }) => id === 'a');
    assert.equal(deleted?.deletedAt, 5000);
    assert.equal((await openWindow(path).store.read('a'))?.deletedAt, 5000);
    await store.setDeleted('a', undefined);
    assert.equal(fileText(path, 'a'), before);
  });

  it('is removed after 30 days, and not earlier', async () => {
    const { store } = openWindow(path);
    await store.setDeleted('a', 1000);
    await purge(store, 1000 + 30 * DAY_MS);
    assert.ok(existsSync(join(path, 'a.json')));
    await purge(store, 1001 + 30 * DAY_MS);
    assert.ok(!existsSync(join(path, 'a.json')));
    assert.ok(existsSync(join(path, 'b.json')), 'a chat that was not deleted stays');
  });

  it('is not removed if its deletion date is in the future', async () => {
    const { store } = openWindow(path);
    await store.setDeleted('a', Date.now() + 1000 * DAY_MS);
    await purge(store, Date.now());
    assert.ok(existsSync(join(path, 'a.json')));
  });

  it('is restored if another window asks a question in it', async () => {
    const [first, second] = [openWindow(path), openWindow(path)];
    const stored = await second.store.read('a');
    assert.ok(stored);
    second.shown.set('a', stored.conversation);
    await first.store.setDeleted('a', 5000);
    second.change({ ...stored.conversation, turns: [...stored.conversation.turns, turn('new')] });
    await second.flush();
    const after = await openWindow(path).store.read('a');
    assert.ok(after && after.deletedAt === undefined);
    assert.deepEqual(turnIds(after.conversation), ['a-1', 'new']);
  });

  it('is gone after it was deleted permanently', async () => {
    const { store } = openWindow(path);
    await store.deletePermanently('a');
    assert.ok(!existsSync(join(path, 'a.json')));
    await store.index.verify();
    assert.deepEqual(await listedIds(store), ['b']);
  });
});

describe('R8 A clock that jumps', () => {
  it('does not lose any chat or turn, whatever the times of the questions', async () => {
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
            await window.flush();
          }
          const after = await openWindow(path).store.read(id);
          assert.equal(after?.conversation.turns.length, times.length);
          const [listed] = (await openWindow(path).store.index.known()).filter(
            (summary) => summary.id === id,
          );
          assert.ok(listed === undefined || listed.questions === times.length);
        },
      ),
      { numRuns: 20 },
    );
    for (const name of readdirSync(path))
      assert.ok(statSync(join(path, name)).isFile(), 'no file was set aside as damaged');
  });
});
