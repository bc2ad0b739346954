import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRegularFile } from '../../../src/platform/node/regular-file';
import { recordFigure, runs } from '../../support/promises';

const MEGABYTE = 1024 * 1024;

describe('S11 Reading a regular file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'o1mini-regular-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (path: string): ReturnType<typeof readRegularFile> => readRegularFile(path, MEGABYTE);

  function writeFile(name: string, content = 'text'): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('returns its content and real path, also through links to the file and to its folder', async () => {
    const path = writeFile('a.txt');
    symlinkSync(path, join(folder, 'to-file'));
    symlinkSync(folder, join(folder, 'to-folder'));
    for (const name of [path, join(folder, 'to-file'), join(folder, 'to-folder', 'to-file')]) {
      const result = await read(name);
      assert.ok(result.kind === 'read');
      assert.equal(Buffer.from(result.bytes).toString(), 'text');
      assert.equal(result.realPath, path);
    }
  });

  it('refuses pipes, sockets, devices, folders and kernel files, by name or through a link', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    const special = [
      pipe,
      socket,
      '/dev/zero',
      '/dev/tty',
      '/proc/self/environ',
      '/proc/kmsg',
      '/sys/kernel/uevent_seqnum',
    ];
    try {
      for (const [index, path] of special.entries()) {
        const link = join(folder, `link-${index}`);
        symlinkSync(path, link);
        assert.deepEqual(await read(path), { kind: 'special' }, path);
        assert.deepEqual(await read(link), { kind: 'special' }, path);
      }
      assert.deepEqual(await read(folder), { kind: 'folder' });
    } finally {
      server.close();
    }
    recordFigure('S11', `${2 * special.length} special files refused`);
  });

  it('refuses files above the size limit', async () => {
    assert.deepEqual(await read(writeFile('large', 'x'.repeat(MEGABYTE + 1))), {
      kind: 'too-large',
      size: MEGABYTE + 1,
    });
    assert.equal((await read(writeFile('fits', 'x'.repeat(MEGABYTE)))).kind, 'read');
    assert.equal((await read(writeFile('empty', ''))).kind, 'read');
  });

  it('fails if the file does not exist, or if a link is dangling or circular', async () => {
    const circular = join(folder, 'circular');
    symlinkSync(circular, circular);
    symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
    for (const path of [join(folder, 'none'), join(folder, 'dangling'), circular]) {
      await assert.rejects(read(path));
    }
  });

  it('always reports the path of the file that was read, even while folders are being swapped', async () => {
    const [inside, outside] = [join(folder, 'inside'), join(folder, 'outside')];
    for (const [name, content] of [
      [inside, 'harmless'],
      [outside, 'secret'],
    ] as const) {
      mkdirSync(name);
      writeFileSync(join(name, 'a.txt'), content);
    }
    const [current, original] = [join(folder, 'current'), join(folder, 'original')];
    const path = join(current, 'a.txt');
    mkdirSync(current);
    writeFileSync(path, 'harmless');
    const link = join(folder, 'link');
    const abortController = new AbortController();
    const swaps = (async () => {
      for (let round = 0; !abortController.signal.aborted; round++) {
        // The folder is replaced by a link to another folder, and then restored.
        renameSync(current, original);
        symlinkSync(round % 2 === 0 ? outside : inside, link);
        renameSync(link, current);
        await new Promise((resolve) => setImmediate(resolve));
        rmSync(current);
        renameSync(original, current);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const count = runs(300, 5_000);
    for (let readCount = 0; readCount < count; readCount++) {
      const result = await read(path).catch(() => undefined);
      if (result?.kind !== 'read') continue;
      const text = Buffer.from(result.bytes).toString();
      assert.equal(text === 'secret', result.realPath === join(outside, 'a.txt'), result.realPath);
    }
    abortController.abort();
    await swaps;
    recordFigure('S11', `${count} reads while folders were being swapped`);
  });
});
