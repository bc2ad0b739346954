import { rename, writeFile } from 'node:fs/promises';
import type { Uri as VsCodeUri } from 'vscode';

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

/** A folder of the disk, for what takes VS Code's. */
export function diskUri(fsPath: string): VsCodeUri {
  return { fsPath } as unknown as VsCodeUri;
}

export const workspace = {
  fs: {
    writeFile: ({ fsPath }: Uri, bytes: Uint8Array): Promise<void> => writeFile(fsPath, bytes),
    rename: (from: Uri, to: Uri): Promise<void> => rename(from.fsPath, to.fsPath),
  },
};
