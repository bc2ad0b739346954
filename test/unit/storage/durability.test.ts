import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { recordFigure, runs } from '../../support/promises';
import { inRepository } from '../../support/paths';
import { chat, turnIds, openWindow, scratchFolder } from './store-fixture';

/** Node processes that write as a window does. They are processes of their own so that they can be killed. */
class WriterProcesses {
  private scriptPath = '';

  async build(): Promise<void> {
    this.scriptPath = join(scratchFolder(), 'writer.cjs');
    await build({
      entryPoints: [inRepository('test/unit/storage/writer-process.ts')],
      outfile: this.scriptPath,
      bundle: true,
      platform: 'node',
      external: ['vscode'],
      logLevel: 'error',
    });
  }

  start(path: string, id: string, prefix: string, count: number): Writer {
    const child = spawn(process.execPath, [this.scriptPath, path, id, prefix, String(count)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const saved: string[] = [];
    let resolveSaved: () => void = () => undefined;
    const hasSaved = new Promise<void>((resolve) => (resolveSaved = resolve));
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      saved.push(line);
      resolveSaved();
    });
    const ended = new Promise<number | null>((resolve) => {
      lines.on('close', () => {
        resolveSaved();
        if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
        else child.on('exit', resolve);
      });
    });
    return { saved, hasSaved, ended, kill: () => child.kill('SIGKILL') };
  }
}

interface Writer {
  /** The IDs of the turns that the process has reported as saved. */
  readonly saved: readonly string[];
  /** Resolves after the first saved turn, or when the process has ended. */
  readonly hasSaved: Promise<void>;
  readonly ended: Promise<number | null>;
  kill(): void;
}

describe('R8 The chat store with killed and concurrent processes', () => {
  const writers = new WriterProcesses();

  before(() => writers.build());

  it('keeps every saved turn, however often a process is killed while it writes', async function () {
    this.timeout(600_000);
    const kills = runs(100, 1000);
    const path = scratchFolder();
    const expected = new Map<string, Set<string>>();
    let killCount = 0;
    const worker = async (name: string): Promise<void> => {
      for (let number = 0; killCount < kills; number++) {
        killCount++;
        const id = `${name}-${Math.floor(number / 20)}`;
        const writer = writers.start(path, id, `${number}`, 10_000);
        await writer.hasSaved;
        // A random delay, so that the process is killed at any point of a write.
        await wait(Math.random() * 20);
        writer.kill();
        await writer.ended;
        const turns = expected.get(id) ?? new Set();
        writer.saved.forEach((saved) => turns.add(saved));
        expected.set(id, turns);
      }
    };
    await Promise.all([worker('a'), worker('b')]);
    const window = openWindow(path);
    const problems = await window.store.index.verify();
    assert.deepEqual(problems, { damaged: 0, laterVersion: 0, unreadable: 0 });
    let total = 0;
    for (const [id, turns] of expected) {
      const stored = await window.store.read(id);
      const found = new Set(stored && turnIds(stored.conversation));
      assert.deepEqual(
        [...turns].filter((saved) => !found.has(saved)),
        [],
      );
      total += turns.size;
    }
    recordFigure('R8', `kill -9 ${kills} times, ${total} turns saved, 0 lost`);
  });

  it('keeps every turn of two processes that write to the same chat at the same time', async function () {
    this.timeout(600_000);
    const writes = runs(100, 500);
    const path = scratchFolder();
    const both = ['a', 'b'].map((prefix) => writers.start(path, 'shared', prefix, writes));
    assert.deepEqual(await Promise.all(both.map(({ ended }) => ended)), [0, 0]);
    const stored = await openWindow(path).store.read('shared');
    const expected = ['a', 'b'].flatMap((prefix) =>
      Array.from({ length: writes }, (_, n) => `${prefix}-${n}`),
    );
    assert.deepEqual(stored && turnIds(stored.conversation).toSorted(), expected.toSorted());
    assert.deepEqual(readdirSync(path), ['shared.json'], 'no lock file or unfinished file is left');
    recordFigure('R8', `2 processes with ${writes} writes each to one chat, 0 lost`);
  });

  it('ignores the lock of a process that has ended', async () => {
    const path = scratchFolder();
    const endedProcess = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => endedProcess.on('exit', resolve));
    writeFileSync(join(path, 'a.json.lock'), `${endedProcess.pid ?? 0} token`);
    const window = openWindow(path);
    window.change(chat('a'));
    await window.flush();
    assert.deepEqual(readdirSync(path), ['a.json']);
  });

  it('waits ten seconds for a lock that cannot be read, and then ignores it', async () => {
    const path = scratchFolder();
    // A folder cannot be read as a file, not even by root.
    mkdirSync(join(path, 'a.json.lock'));
    const now = performance.now.bind(performance);
    let skipped = 0;
    performance.now = () => now() + (skipped += 1000);
    try {
      const window = openWindow(path);
      window.change(chat('a'));
      await window.flush();
    } finally {
      performance.now = now;
    }
    assert.ok(readdirSync(path).includes('a.json'));
  });
});
