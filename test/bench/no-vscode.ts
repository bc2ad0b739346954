import { rename, writeFile } from 'node:fs/promises';
import type { ChatFolder } from '../../src/host/storage/chat-files';

/** As much of VS Code as the host needs for an answer, where there is none: words untranslated, files of the disk. */
export const env = { language: 'en' };

export const l10n = { t: (words: string): string => words };

/** Never thrown here. */
export class FileSystemError extends Error {}

interface Uri {
  readonly fsPath: string;
}

export const Uri = {
  joinPath: ({ fsPath }: Uri, ...parts: readonly string[]): Uri => ({ fsPath: [fsPath, ...parts].join('/') }),
};

const fs = {
  writeFile: ({ fsPath }: Uri, bytes: Uint8Array): Promise<void> => writeFile(fsPath, bytes),
  rename: (from: Uri, to: Uri): Promise<void> => rename(from.fsPath, to.fsPath),
};

export const workspace = { fs };

/** A folder of the disk, for what takes one of VS Code's. */
export function diskFolder(fsPath: string): ChatFolder {
  return { uri: { fsPath }, fs, log: {} } as unknown as ChatFolder;
}
