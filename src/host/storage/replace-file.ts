import * as vscode from 'vscode';

/**
 * Written beside and renamed: a reader sees the old text or the new one, never half of either. Another window may
 * write the same file at the same time, so that what is beside has a name of its own.
 */
export async function replaceFile(
  folder: vscode.Uri,
  name: string,
  text: string,
  fs: Pick<vscode.FileSystem, 'writeFile' | 'rename' | 'delete'> = vscode.workspace.fs,
): Promise<void> {
  const beside = vscode.Uri.joinPath(folder, `${name}.${crypto.randomUUID()}${besideEnding}`);
  try {
    await fs.writeFile(beside, new TextEncoder().encode(text));
    await fs.rename(beside, vscode.Uri.joinPath(folder, name), { overwrite: true });
  } catch (error) {
    await Promise.resolve(fs.delete(beside)).catch(() => undefined);
    throw error;
  }
}

/** How the name of a file ends that was not renamed yet. */
export const besideEnding = '.tmp';
