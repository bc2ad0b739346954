import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onExit } from './on-exit';

/** A file system of its own that can be filled to its last byte. */
export interface SmallDisk {
  fill(): void;
  /** Removes what `fill` has written. */
  makeRoom(): void;
  unmount(): void;
}

const ballast = 'ballast';

/** Mounts one in a folder; undefined where this user may not. */
export function mountSmallDisk(path: string, size: string): SmallDisk | undefined {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    console.log(`      No small disk can be mounted here: ${String(error).split('\n')[0] ?? ''}`);
    return undefined;
  }
  let isMounted = true;
  const unmount = (): void => {
    if (!isMounted) return;
    isMounted = false;
    // Lazily, since a process that was just ended may have a file of it open.
    execFileSync('umount', ['--lazy', path]);
  };
  onExit(unmount);
  return {
    fill: () => fillUp(path),
    makeRoom: () => rmSync(join(path, ballast), { recursive: true }),
    unmount,
  };
}

/** In ever smaller files, until not a byte fits any more. */
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
