import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFolder } from '../../../src/core/file-folder';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { recordFigure } from '../../support/promises';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk';
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

describe('R8 A chat that cannot be written', () => {
  let path: string;
  const errorOf = (code: string) => Object.assign(new Error(`${code}: write failed`), { code });

  /** A folder whose writes fail while `error` is set. */
  function failingDisk(folder: FileFolder): {
    folder: FileFolder;
    error: Error | undefined;
    attempts: number;
  } {
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
    it(`stays in memory with the error ${code}, and is written as soon as writing works again`, async () => {
      const disk = failingDisk(createDiskFolder(path));
      const window = openWindow(path, { folder: disk.folder });
      disk.error = errorOf(code);
      window.change(chat('a', turn('1')));
      await window.flush();
      assert.match(String(window.store.unsaved.failure), new RegExp(code));
      assert.deepEqual(
        window.store.unsaved.chats.map(({ id }) => id),
        ['a'],
      );
      const inMemory = await window.store.read('a');
      assert.deepEqual(inMemory && turnIds(inMemory.conversation), ['1']);
      disk.error = undefined;
      // Writing is retried as time passes, without any action of the user.
      for (let second = 0; second < 120 && window.store.unsaved.failure; second++) {
        window.clock.advance(1000);
        // Each attempt takes some turns of the event loop.
        for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
      }
      await window.flush();
      assert.deepEqual(window.store.unsaved, { chats: [], failure: undefined });
      assert.ok(existsSync(join(path, 'a.json')));
    });
  }

  it('stays in memory when another chat is shown', async () => {
    const disk = failingDisk(createDiskFolder(path));
    const window = openWindow(path, { folder: disk.folder });
    disk.error = errorOf('ENOSPC');
    window.change(chat('a', turn('1')));
    await window.flush();
    window.shown.delete('a');
    window.store.close('a');
    await window.flush();
    assert.deepEqual((await window.store.read('a'))?.conversation, chat('a', turn('1')));
    disk.error = undefined;
    await window.flush();
    assert.ok(existsSync(join(path, 'a.json')));
  });

  it('leaves its previous file intact', async () => {
    const disk = failingDisk(createDiskFolder(path));
    const window = openWindow(path, { folder: disk.folder });
    window.change(chat('a', turn('1')));
    await window.flush();
    const before = fileText(path, 'a');
    disk.error = errorOf('ENOSPC');
    window.change(chat('a', turn('1'), turn('2')));
    await window.flush();
    assert.equal(fileText(path, 'a'), before);
  });

  it('is listed even if the index cannot be written', async () => {
    writeChatFiles(path, [{ conversation: chat('a') }]);
    const disk = failingDisk(createDiskFolder(path));
    disk.error = errorOf('ENOSPC');
    const window = openWindow(path, { folder: disk.folder });
    await window.store.index.verify();
    assert.deepEqual(await listedIds(window.store), ['a']);
  });

  it('stays in memory if the folder is read-only, where damaged files are counted and left in place', async function () {
    writeChatFiles(path, [{ conversation: chat('a') }]);
    writeFileSync(join(path, 'bad.json'), 'garbage');
    const folder = createDiskFolder(path);
    const readOnly: FileFolder = {
      ...folder,
      write: () => Promise.reject(errorOf('EROFS')),
      move: () => Promise.reject(errorOf('EROFS')),
      delete: () => Promise.reject(errorOf('EROFS')),
      withLock: () => Promise.reject(errorOf('EROFS')),
      removeLeftovers: () => Promise.reject(errorOf('EROFS')),
    };
    const window = openWindow(path, { folder: readOnly });
    const problems = await window.store.index.verify();
    assert.deepEqual(problems, { damaged: 0, laterVersion: 0, unreadable: 1 });
    assert.ok(await window.store.read('a'));
    window.change(chat('b'));
    await window.flush();
    assert.match(String(window.store.unsaved.failure), /EROFS/);
    chmodSync(path, 0o755);
  });
});

describe('R8 The chat store on a disk that is full', () => {
  const path = scratchFolder();
  let disk: SmallDisk | undefined;

  before(function () {
    disk = mountSmallDisk(path, '256k');
    if (!disk) this.skip();
  });
  after(() => disk?.unmount());

  it('keeps the text in memory and the previous file intact, and saves as soon as there is space', async () => {
    const chats = join(path, 'chats');
    const window = openWindow(chats);
    window.change(chat('a', turn('1')));
    await window.flush();
    writeFileSync(join(path, 'other'), new Uint8Array(150_000));
    window.change(chat('a', turn('1'), turn('2', 2, 'x'.repeat(200_000))));
    await window.flush();
    assert.match(String(window.store.unsaved.failure), /ENOSPC/);
    assert.deepEqual(readdirSync(chats), ['a.json'], 'no unfinished file takes the remaining space');
    const onDisk = await openWindow(chats).store.read('a');
    assert.deepEqual(onDisk && turnIds(onDisk.conversation), ['1']);
    truncateSync(join(path, 'other'), 0);
    window.change(chat('a', turn('1'), turn('2', 2, 'x'.repeat(50_000))));
    await window.flush();
    assert.equal(window.store.unsaved.failure, undefined);
    const after = await openWindow(chats).store.read('a');
    assert.deepEqual(after && turnIds(after.conversation), ['1', '2']);
    recordFigure('R8', 'full tmpfs: text kept, saved as soon as there was space');
  });

  it('reads the existing chats while no byte can be written', async () => {
    const chats = join(path, 'chats');
    disk?.fill();
    const window = openWindow(chats);
    await window.store.index.verify();
    assert.deepEqual(await listedIds(window.store), ['a']);
    window.change(chat('b'));
    await window.flush();
    assert.match(String(window.store.unsaved.failure), /ENOSPC/);
    assert.deepEqual((await window.store.read('b'))?.conversation, chat('b'));
  });
});
