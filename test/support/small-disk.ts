import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onExit } from './on-exit';

/** A separate file system that can be filled completely. */
export interface SmallDisk {
  fill(): void;
  /** Removes the files that `fill` has written. */
  freeSpace(): void;
  unmount(): void;
}

const ballast = 'ballast';

/** Mounts a small disk in a folder. Returns undefined if this user may not mount it. */
export function mountSmallDisk(path: string, size: string): SmallDisk | undefined {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    console.log(`      A small disk cannot be mounted: ${String(error).split('\n')[0] ?? ''}`);
    return undefined;
  }
  let isMounted = true;
  const unmount = (): void => {
    if (!isMounted) return;
    isMounted = false;
    // Lazily, because a process that was just ended may still have a file open.
    execFileSync('umount', ['--lazy', path]);
  };
  onExit(unmount);
  return {
    fill: () => fillUp(path),
    freeSpace: () => rmSync(join(path, ballast), { recursive: true }),
    unmount,
  };
}

/** Writes ever smaller files until no byte is left. */
function fillUp(path: string): void {
  mkdirSync(join(path, ballast));
  let size = 1024 * 1024;
  for (let number = 0; size >= 1; number++)
    try {
      writeFileSync(join(path, ballast, String(number)), new Uint8Array(size));
    } catch {
      size = Math.floor(size / 2);
    }
}
