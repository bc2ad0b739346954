import { randomUUID } from 'node:crypto';
import { lstatSync, watch } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import {
  fileErrorKind,
  LOCK_SUFFIX,
  UNFINISHED_SUFFIX,
  type Durability,
  type FileFolder,
  type FileStat,
} from '../../core/file-folder';

/**
 * Time for which files are examined synchronously, in ms; reading each one asynchronously takes ten times as long in
 * total.
 */
const STATS_SLICE_MS = 8;
/** Age at which the unchanged lock of a live process is broken, in ms. */
const LOCK_EXPIRY_MS = 10_000;
const LOCK_POLL_MS = 5;
/** Age at which a temporary file has no writer any more, in ms. */
const LEFTOVER_AGE_MS = 86_400_000;
/** Number of attempts, as Windows refuses to replace a file while another program reads it. */
const MAX_REPLACE_TRIES = 10;

/** A folder on the disk, accessed directly. With VS Code's own API the window renames files, and it may be gone. */
export function createDiskFolder(path: string): FileFolder {
  const at = (name: string): string => join(path, name);
  return {
    path,
    async list() {
      const entries = await readdir(path, { withFileTypes: true }).catch(emptyWhereAbsent);
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    async folders() {
      const entries = await readdir(path, { withFileTypes: true }).catch(emptyWhereAbsent);
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    stats: (names) => statsOf(path, names),
    read: (name) => readFile(at(name)),
    readEnds: (name, bytes) => readEnds(at(name), bytes),
    write: (name, bytes, durability = 'flushed') => replaceFile(path, name, bytes, durability),
    delete: (name) => unlink(at(name)),
    move: (from, to) => moveFile(at(from), at(to)),
    folder: (name) => createDiskFolder(at(name)),
    withLock: (name, action) => withLock(path, at(name + LOCK_SUFFIX), action),
    watch: (changed) => watchFolder(path, changed),
    removeLeftovers: () => removeLeftovers(path),
  };
}

function emptyWhereAbsent(error: unknown): [] {
  if (fileErrorKind(error) === 'not-found') return [];
  throw error;
}

async function statsOf(path: string, names: readonly string[]): Promise<ReadonlyMap<string, FileStat>> {
  const found = new Map<string, FileStat>();
  let sliceEnd = performance.now() + STATS_SLICE_MS;
  for (const name of names) {
    const stats = lstatSync(join(path, name), { throwIfNoEntry: false });
    if (stats?.isFile()) found.set(name, { size: stats.size, mtime: stats.mtimeMs, inode: stats.ino });
    if (performance.now() < sliceEnd) continue;
    await setImmediate();
    sliceEnd = performance.now() + STATS_SLICE_MS;
  }
  return found;
}

async function readEnds(file: string, bytes: number): Promise<{ head: Uint8Array; tail: Uint8Array }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const length = Math.min(bytes, size);
    const [head, tail] = [new Uint8Array(length), new Uint8Array(length)];
    await handle.read(head, 0, length, 0);
    await handle.read(tail, 0, length, size - length);
    return { head, tail };
  } finally {
    await handle.close();
  }
}

/**
 * Writes a temporary file, flushes it to the disk and renames it, so that neither a killed process nor a power cut
 * leaves a partial file.
 */
async function replaceFile(
  path: string,
  name: string,
  bytes: Uint8Array,
  durability: Durability,
): Promise<void> {
  const unfinished = join(path, `${name}.${randomUUID()}${UNFINISHED_SUFFIX}`);
  try {
    await writeUnfinished(path, unfinished, bytes, durability);
    await retryWhileBusy(() => rename(unfinished, join(path, name)));
  } catch (error) {
    await unlink(unfinished).catch(() => undefined);
    throw error;
  }
}

/** Creates a file, and its folder if that does not exist. */
async function writeUnfinished(
  path: string,
  unfinished: string,
  content: Uint8Array | string,
  durability: Durability,
): Promise<void> {
  const handle = await open(unfinished, 'wx').catch(async (error: unknown) => {
    if (fileErrorKind(error) !== 'not-found') throw error;
    await mkdir(path, { recursive: true });
    return open(unfinished, 'wx');
  });
  try {
    await handle.writeFile(content);
    if (durability === 'flushed') await handle.sync();
  } finally {
    await handle.close();
  }
}

async function moveFile(from: string, to: string): Promise<void> {
  await retryWhileBusy(async () => {
    await mkdir(join(to, '..'), { recursive: true });
    await rename(from, to);
  });
}

async function retryWhileBusy(action: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await action();
      return;
    } catch (error) {
      const busy = process.platform === 'win32' && /\b(?:EPERM|EACCES|EBUSY)\b/.test(String(error));
      if (!busy || tries === MAX_REPLACE_TRIES) throw error;
      await wait(10 * tries);
    }
  }
}

/**
 * The last action of each lock in this process. Actions wait for each other here, so that only different processes
 * need to poll.
 */
const queues = new Map<string, Promise<unknown>>();

async function withLock<T>(path: string, lock: string, action: () => Promise<T>): Promise<T> {
  const before = queues.get(lock);
  const mine = (async (): Promise<T> => {
    await before?.catch(() => undefined);
    const token = await acquire(path, lock);
    try {
      return await action();
    } finally {
      await release(lock, token);
    }
  })();
  queues.set(lock, mine);
  try {
    return await mine;
  } finally {
    if (queues.get(lock) === mine) queues.delete(lock);
  }
}

/** @returns the content of the lock, which proves that it is ours */
async function acquire(path: string, lock: string): Promise<string> {
  const token = `${process.pid} ${randomUUID()}`;
  let seen = { holder: '', since: performance.now() };
  while (!(await tryCreate(path, lock, token))) {
    const holder = await readFile(lock, 'utf8').catch(contentOfUnreadable);
    if (holder === undefined) continue;
    if (holder !== seen.holder) seen = { holder, since: performance.now() };
    if (hasExited(holder) || performance.now() - seen.since > LOCK_EXPIRY_MS) await breakLock(lock, holder);
    else await wait(LOCK_POLL_MS * (0.5 + Math.random()));
  }
  return token;
}

/** Undefined if the lock was released. Another user may hold it, or have left it, such as root. */
function contentOfUnreadable(error: unknown): string | undefined {
  return fileErrorKind(error) === 'not-found' ? undefined : '';
}

async function tryCreate(path: string, lock: string, token: string): Promise<boolean> {
  // Linked rather than created in place, so that a lock always contains its holder.
  const unfinished = `${lock}.${randomUUID()}${UNFINISHED_SUFFIX}`;
  try {
    await writeUnfinished(path, unfinished, token, 'cached');
    await link(unfinished, lock).catch(async (error: unknown) => {
      if (!/\b(?:EPERM|ENOSYS|ENOTSUP|EOPNOTSUPP)\b/.test(String(error))) throw error;
      // This file system has no hard links.
      await writeFile(lock, token, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if (/\bEEXIST\b/.test(String(error))) return false;
    throw error;
  } finally {
    await unlink(unfinished).catch(() => undefined);
  }
}

function hasExited(holder: string): boolean {
  const id = Number.parseInt(holder, 10);
  return Number.isSafeInteger(id) && id > 0 && !isRunning(id);
}

/** Whether a process with this ID exists on this machine; true if that cannot be determined. */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return !/\bESRCH\b/.test(String(error));
  }
}

/**
 * Removes the lock of a holder that has exited. If another process has replaced it in the meantime, its lock is
 * restored.
 */
async function breakLock(lock: string, holder: string): Promise<void> {
  const removed = `${lock}.${randomUUID()}${UNFINISHED_SUFFIX}`;
  try {
    await rename(lock, removed);
    if ((await readFile(removed, 'utf8')) !== holder) await link(removed, lock).catch(() => undefined);
  } catch {
    // Another process has broken the lock first.
  } finally {
    await unlink(removed).catch(() => undefined);
  }
}

async function release(lock: string, token: string): Promise<void> {
  if ((await readFile(lock, 'utf8').catch(() => undefined)) === token) {
    await unlink(lock).catch(() => undefined);
  }
}

/** If the folder does not exist or the system has no more watchers, nothing is reported. */
function watchFolder(path: string, changed: (name: string | undefined) => void): () => void {
  const ended = new AbortController();
  const start = async (): Promise<void> => {
    await mkdir(path, { recursive: true });
    if (ended.signal.aborted) return;
    const watcher = watch(path, { persistent: false, signal: ended.signal });
    watcher.on('change', (_, name) => changed(typeof name === 'string' ? name : undefined));
    watcher.on('error', () => watcher.close());
  };
  void start().catch(() => undefined);
  return () => ended.abort();
}

async function removeLeftovers(path: string): Promise<void> {
  const now = Date.now();
  const isLeftover = (name: string): boolean =>
    name.endsWith(UNFINISHED_SUFFIX) || name.endsWith(LOCK_SUFFIX);
  for (const entry of await readdir(path, { withFileTypes: true }).catch(emptyWhereAbsent)) {
    if (!entry.isFile() || !isLeftover(entry.name)) continue;
    const file = join(path, entry.name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > LEFTOVER_AGE_MS) await unlink(file).catch(() => undefined);
  }
}
