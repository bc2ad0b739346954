import * as vscode from 'vscode';
import type { Platform } from '../platform';

/**
 * VS Code's, but where the platform can put a file in the place of another, it does. VS Code has its window do that: it
 * is slow there under load, is lost when the page is loaded anew, and has the file before deleted first.
 */
export function fileSystemWith(replace: Platform['replaceFile']): vscode.FileSystem {
  const { fs } = vscode.workspace;
  if (!replace) return fs;
  return {
    ...fs,
    async rename(from, to, options) {
      if (from.scheme !== 'file' || options?.overwrite !== true) return fs.rename(from, to, options);
      // Windows refuses while somebody reads the file, which VS Code gets around.
      await replace(from.fsPath, to.fsPath).catch(() => fs.rename(from, to, options));
    },
  };
}
