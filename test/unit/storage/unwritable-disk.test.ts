import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFolder } from '../../../src/core/files';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { recordFigure } from '../../support/promises';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk';
import { chat, idsOf, openWindow, putChats, scratchFolder, textOf, turn } from './store-fixture';

describe('R8 A chat that cannot be written stays in memory until it can', () => {
  let path: string;
  const fail = (code: string) => Object.assign(new Error(`${code}: it failed, write`), { code });

  /** A disk whose writes fail while there is an error. */
  function failing(folder: FileFolder): { folder: FileFolder; error: Error | undefined; attempts: number } {
    const state = {
      error: undefined as Error | undefined,
      attempts: 0,
      folder: {
        ...folder,
        write(name: string, bytes: Uint8Array) {
          if (name.endsWith('.json')) state.attempts++;
          return state.error ? Promise.reject(state.error) : folder.write(name, bytes);
        },
      },
    };
    return state;
  }

  beforeEach(() => {
    path = scratchFolder();
  });

  for (const code of ['ENOSPC', 'EROFS', 'EIO', 'EDQUOT', 'EACCES', 'EMFILE']) {
    it(`says so on ${code}, keeps the text, and writes it as soon as that works`, async () => {
      const disk = failing(createDiskFolder(path));
      const window = openWindow(path, { folder: disk.folder });
      disk.error = fail(code);
      window.change(chat('a', turn('1')));
      await window.settle();
      assert.match(String(window.store.unsaved.failure), new RegExp(code));
      assert.deepEqual(
        window.store.unsaved.chats.map(({ id }) => id),
        ['a'],
      );
      const inMemory = await window.store.read('a');
      assert.deepEqual(inMemory && idsOf(inMemory.conversation), ['1']);
      disk.error = undefined;
      // Nothing but time passes: it is tried again by itself.
      for (let second = 0; second < 120 && window.store.unsaved.failure; second++) {
        window.clock.advance(1000);
        // Each attempt takes some turns of the loop.
        for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
      }
      await window.settle();
      assert.deepEqual(window.store.unsaved, { chats: [], failure: undefined });
      assert.ok(existsSync(join(path, 'a.json')));
    });
  }

  it('keeps a chat that could not be saved when another one is shown', async () => {
    const disk = failing(createDiskFolder(path));
    const window = openWindow(path, { folder: disk.folder });
    disk.error = fail('ENOSPC');
    window.change(chat('a', turn('1')));
    await window.settle();
    window.shown.delete('a');
    window.store.close('a');
    await window.settle();
    assert.deepEqual((await window.store.read('a'))?.conversation, chat('a', turn('1')));
    disk.error = undefined;
    await window.settle();
    assert.ok(existsSync(join(path, 'a.json')));
  });

  it('leaves the old file whole when a new state cannot be written', async () => {
    const disk = failing(createDiskFolder(path));
    const window = openWindow(path, { folder: disk.folder });
    window.change(chat('a', turn('1')));
    await window.settle();
    const before = textOf(path, 'a');
    disk.error = fail('ENOSPC');
    window.change(chat('a', turn('1'), turn('2')));
    await window.settle();
    assert.equal(textOf(path, 'a'), before);
  });

  it('lists chats though the index cannot be written', async () => {
    putChats(path, [{ conversation: chat('a') }]);
    const disk = failing(createDiskFolder(path));
    disk.error = fail('ENOSPC');
    const window = openWindow(path, { folder: disk.folder });
    await window.store.index.verify();
    assert.deepEqual(
      (await window.store.index.known()).map(({ id }) => id),
      ['a'],
    );
  });

  it('works in a folder that may only be read: damaged files stay, and are counted', async function () {
    putChats(path, [{ conversation: chat('a') }]);
    writeFileSync(join(path, 'bad.json'), 'garbage');
    const folder = createDiskFolder(path);
    const readOnly: FileFolder = {
      ...folder,
      write: () => Promise.reject(fail('EROFS')),
      move: () => Promise.reject(fail('EROFS')),
      delete: () => Promise.reject(fail('EROFS')),
      exclusively: () => Promise.reject(fail('EROFS')),
      removeLeftovers: () => Promise.reject(fail('EROFS')),
    };
    const window = openWindow(path, { folder: readOnly });
    const problems = await window.store.index.verify();
    assert.deepEqual(problems, { damaged: 0, laterVersion: 0, unreadable: 1 });
    assert.ok(await window.store.read('a'));
    window.change(chat('b'));
    await window.settle();
    assert.match(String(window.store.unsaved.failure), /EROFS/);
    chmodSync(path, 0o755);
  });
});

describe('R8 A disk that is really full', () => {
  const path = scratchFolder();
  let disk: SmallDisk | undefined;

  before(function () {
    disk = mountSmallDisk(path, '256k');
    if (!disk) this.skip();
  });
  after(() => disk?.unmount());

  it('keeps the text in memory and the old file whole, and saves as soon as there is room', async () => {
    const chats = join(path, 'chats');
    const window = openWindow(chats);
    window.change(chat('a', turn('1')));
    await window.settle();
    writeFileSync(join(path, 'other'), new Uint8Array(150_000));
    window.change(chat('a', turn('1'), turn('2', 2, 'x'.repeat(200_000))));
    await window.settle();
    assert.match(String(window.store.unsaved.failure), /ENOSPC/);
    assert.deepEqual(readdirSync(chats), ['a.json'], 'nothing unfinished takes the last room');
    const onDisk = await openWindow(chats).store.read('a');
    assert.deepEqual(onDisk && idsOf(onDisk.conversation), ['1']);
    truncateSync(join(path, 'other'), 0);
    window.change(chat('a', turn('1'), turn('2', 2, 'x'.repeat(50_000))));
    await window.settle();
    assert.equal(window.store.unsaved.failure, undefined);
    const after = await openWindow(chats).store.read('a');
    assert.deepEqual(after && idsOf(after.conversation), ['1', '2']);
    recordFigure('R8', 'full tmpfs: text kept, saved once there was room');
  });

  it('reads all there is while not a byte can be written', async () => {
    const chats = join(path, 'chats');
    disk?.fill();
    const window = openWindow(chats);
    await window.store.index.verify();
    assert.deepEqual(
      (await window.store.index.known()).map(({ id }) => id),
      ['a'],
    );
    window.change(chat('b'));
    await window.settle();
    assert.match(String(window.store.unsaved.failure), /ENOSPC/);
    assert.deepEqual((await window.store.read('b'))?.conversation, chat('b'));
  });
});
