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

/**
 * What a file has that is written with `replaceFile`. VS Code deletes a file before it renames another to its name: who
 * reads in between, or after a window was killed in between, finds what was to take its place.
 */
export async function readReplaced(
  folder: vscode.Uri,
  name: string,
  fs: Pick<vscode.FileSystem, 'readFile' | 'readDirectory' | 'stat'> = vscode.workspace.fs,
): Promise<string> {
  const uriOf = (of: string): vscode.Uri => vscode.Uri.joinPath(folder, of);
  const bytes = await Promise.resolve(fs.readFile(uriOf(name))).catch(async () => {
    let newest = { uri: uriOf(name), mtime: -1 };
    for (const [each] of await fs.readDirectory(folder)) {
      if (!each.startsWith(`${name}.`) || !each.endsWith(besideEnding)) continue;
      const uri = uriOf(each);
      const { mtime } = await fs.stat(uri);
      if (mtime > newest.mtime) newest = { uri, mtime };
    }
    // Where nothing is beside, it may be in its place by now.
    return fs.readFile(newest.uri);
  });
  return new TextDecoder().decode(bytes);
}

/** How the name of a file ends that was not renamed yet. */
export const besideEnding = '.tmp';
