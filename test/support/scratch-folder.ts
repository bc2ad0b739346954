import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onExit } from './on-exit';
import { inRepository } from './paths';

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'o1mini-'));
  // Retries, because a server that was just killed may still be writing.
  onExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/** A copy that tests may change, so that they never change the repository. */
export function copyOfFolder(source: string = inRepository('test/fixtures/sample')): string {
  const folder = join(scratchFolder(), 'workspace');
  cpSync(source, folder, { recursive: true });
  return folder;
}

export type Settings = Readonly<Record<string, unknown>>;

export function writeSettings(file: string, settings: Settings): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
}
