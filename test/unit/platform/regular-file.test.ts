import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRegularFile } from '../../../src/platform/node/regular-file';
import { recordFigure, runs } from '../../support/promises';

const MEGABYTE = 1024 * 1024;

describe('S11 Only regular files are read', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'o1mini-regular-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (path: string): ReturnType<typeof readRegularFile> => readRegularFile(path, MEGABYTE);

  function file(name: string, content = 'text'): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('is read, and its real path told, also behind links to the file and to its folder', async () => {
    const path = file('a.txt');
    symlinkSync(path, join(folder, 'to-file'));
    symlinkSync(folder, join(folder, 'to-folder'));
    for (const name of [path, join(folder, 'to-file'), join(folder, 'to-folder', 'to-file')]) {
      const reading = await read(name);
      assert.ok(reading.kind === 'read');
      assert.equal(Buffer.from(reading.bytes).toString(), 'text');
      assert.equal(reading.realPath, path);
    }
  });

  it('is no pipe, socket, device, folder or file of the kernel, by its name or behind a link', async () => {
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
      for (const [at, path] of special.entries()) {
        const link = join(folder, `link-${at}`);
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

  it('is at most as large as allowed', async () => {
    assert.deepEqual(await read(file('large', 'x'.repeat(MEGABYTE + 1))), {
      kind: 'too-large',
      size: MEGABYTE + 1,
    });
    assert.equal((await read(file('fits', 'x'.repeat(MEGABYTE)))).kind, 'read');
    assert.equal((await read(file('empty', ''))).kind, 'read');
  });

  it('fails where it is not there, or where a link leads nowhere or in a circle', async () => {
    const circle = join(folder, 'circle');
    symlinkSync(circle, circle);
    symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
    for (const path of [join(folder, 'none'), join(folder, 'dangling'), circle]) {
      await assert.rejects(read(path));
    }
  });

  it('is never told to be another file than the one that was read, while names change places', async () => {
    const [inside, outside] = [join(folder, 'inside'), join(folder, 'outside')];
    for (const [name, content] of [
      [inside, 'harmless'],
      [outside, 'secret'],
    ] as const) {
      mkdirSync(name);
      writeFileSync(join(name, 'a.txt'), content);
    }
    const path = join(folder, 'now', 'a.txt');
    mkdirSync(join(folder, 'now'));
    writeFileSync(path, 'harmless');
    const link = join(folder, 'link');
    const stop = new AbortController();
    const swaps = (async () => {
      for (let at = 0; !stop.signal.aborted; at++) {
        // A folder becomes a link to a folder outside, and a folder again.
        renameSync(join(folder, 'now'), join(folder, 'then'));
        symlinkSync(at % 2 === 0 ? outside : inside, link);
        renameSync(link, join(folder, 'now'));
        await new Promise((resolve) => setImmediate(resolve));
        rmSync(join(folder, 'now'));
        renameSync(join(folder, 'then'), join(folder, 'now'));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const count = runs(300, 5_000);
    for (let at = 0; at < count; at++) {
      const reading = await read(path).catch(() => undefined);
      if (reading?.kind !== 'read') continue;
      const text = Buffer.from(reading.bytes).toString();
      assert.equal(text === 'secret', reading.realPath === join(outside, 'a.txt'), reading.realPath);
    }
    stop.abort();
    await swaps;
    recordFigure('S11', `${count} reads while names change places`);
  });
});
