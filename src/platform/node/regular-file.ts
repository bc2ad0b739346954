import { constants, type BigIntStats } from 'node:fs';
import { open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import type { FileResult } from '../../core/file-folder';

/**
 * Without O_NONBLOCK, opening a pipe blocks until something writes to it. On Windows the last two flags are
 * undefined, which counts as 0 here.
 */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/**
 * Reads a regular file. Pipes, devices and sockets are rejected, as reading them may not end or may have effects, and
 * so are virtual files (`/proc`). The check is made on the opened file, because its name may refer to another file a
 * moment later.
 *
 * @param path absolute, on this machine
 * @param limit in bytes; larger files are not read
 * @throws the errors of Node, such as ENOENT
 */
export async function readRegularFile(path: string, limit: number): Promise<FileResult> {
  const realPath = await realpath(path);
  const named = await stat(realPath, { bigint: true });
  if (named.isDirectory()) return { kind: 'folder' };
  // Opening a device may already have an effect.
  if (!isRegular(named, realPath)) return { kind: 'special' };
  const file = await open(realPath, OPEN_FLAGS);
  try {
    return await readOpened(file, realPath, limit);
  } finally {
    await file.close();
  }
}

async function readOpened(file: FileHandle, realPath: string, limit: number): Promise<FileResult> {
  const opened = await file.stat({ bigint: true });
  if (!isRegular(opened, realPath)) return { kind: 'special' };
  if (!(await isAt(file, opened, realPath))) return { kind: 'changed' };
  if (opened.size > BigInt(limit)) return { kind: 'too-large', size: Number(opened.size) };
  return readAll(file, realPath, Number(opened.size));
}

/**
 * Whether an opened file is still the one at this path: since the path was resolved, a folder of it may have been
 * replaced by a link. Linux reports the path of an open file; elsewhere the path is resolved again.
 */
async function isAt(file: FileHandle, opened: BigIntStats, realPath: string): Promise<boolean> {
  const location = await readlink(`/proc/self/fd/${file.fd}`).catch(() => undefined);
  if (location !== undefined) return location === realPath;
  const named = await stat(realPath, { bigint: true });
  return named.dev === opened.dev && named.ino === opened.ino && (await realpath(realPath)) === realPath;
}

async function readAll(file: FileHandle, realPath: string, size: number): Promise<FileResult> {
  // One byte more than its size, to notice a file that grows while it is read.
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length > size ? { kind: 'changed' } : { kind: 'read', bytes: bytes.slice(0, length), realPath };
}

/**
 * Files of `/proc` and `/sys` are reported as regular, but the kernel generates their content while they are read.
 */
function isRegular(stats: BigIntStats, realPath: string): boolean {
  return stats.isFile() && !/^\/(?:proc|sys)\//.test(realPath);
}
