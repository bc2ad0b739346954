import * as vscode from 'vscode';
import { LOCK_SUFFIX, UNFINISHED_SUFFIX, type FileFolder, type FileStat } from '../../core/file-folder';

/** Age in ms from which an unfinished file is deleted, because its writer no longer exists. */
const MAX_WRITE_DURATION_MS = 5000;
const LEFTOVER_AGE_MS = 86_400_000;

/** A folder that VS Code reads and writes, as in a browser. */
export function createVscodeFileFolder(uri: vscode.Uri): FileFolder {
  const { fs } = vscode.workspace;
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(uri, name);

  async function entries(wanted: vscode.FileType): Promise<readonly string[]> {
    try {
      return (await fs.readDirectory(uri)).filter(([, type]) => type === wanted).map(([name]) => name);
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
      throw error;
    }
  }

  const list = (): Promise<readonly string[]> => entries(vscode.FileType.File);

  return {
    path: uri.scheme === 'file' ? uri.fsPath : uri.toString(true),
    list,
    folders: () => entries(vscode.FileType.Directory),
    stats: (names) => statsOf(uri, names),
    read: (name) => readReplaced(uri, name, list),
    async write(name, bytes) {
      const unfinished = at(`${name}.${crypto.randomUUID()}${UNFINISHED_SUFFIX}`);
      try {
        await fs.writeFile(unfinished, bytes);
        await fs.rename(unfinished, at(name), { overwrite: true });
      } catch (error) {
        await Promise.resolve(fs.delete(unfinished)).catch(() => undefined);
        throw error;
      }
    },
    delete: async (name) => fs.delete(at(name)),
    async move(from, to) {
      const target = at(to);
      await fs.createDirectory(vscode.Uri.joinPath(target, '..'));
      await fs.rename(at(from), target, { overwrite: false });
    },
    folder: (name) => createVscodeFileFolder(at(name)),
    withLock: (name, action) => withLock(at(name + LOCK_SUFFIX).toString(), action),
    watch: (changed) => watchFolder(uri, changed),
    removeLeftovers: async () => removeLeftovers(uri, await list()),
  };
}

async function statsOf(uri: vscode.Uri, names: readonly string[]): Promise<ReadonlyMap<string, FileStat>> {
  const found = new Map<string, FileStat>();
  await Promise.all(
    names.map(async (name) => {
      const stat = await Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, name))).catch(
        () => undefined,
      );
      if (stat) found.set(name, { size: stat.size, mtime: stat.mtime });
    }),
  );
  return found;
}

/**
 * VS Code deletes a file before it renames another to its name: a reader in between, or after a window was killed in
 * between, finds the new content in the file that was to be renamed.
 */
async function readReplaced(
  uri: vscode.Uri,
  name: string,
  list: () => Promise<readonly string[]>,
): Promise<Uint8Array> {
  const { fs } = vscode.workspace;
  try {
    return await fs.readFile(vscode.Uri.joinPath(uri, name));
  } catch (error) {
    const unfinished = (await list()).filter((each) => isUnfinished(each, name));
    const found = await statsOf(uri, unfinished);
    const [newest] = [...found].sort(([, a], [, b]) => b.mtime - a.mtime);
    if (!newest) throw error;
    return fs.readFile(vscode.Uri.joinPath(uri, newest[0]));
  }
}

function isUnfinished(each: string, name: string): boolean {
  return each.startsWith(`${name}.`) && each.endsWith(UNFINISHED_SUFFIX);
}

/** Windows of one browser share these locks if they have the same origin. */
const queues = new Map<string, Promise<unknown>>();

async function withLock<T>(name: string, action: () => Promise<T>): Promise<T> {
  const locks = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
  if (locks) return locks.request(`o1mini:${name}`, action);
  const mine = (queues.get(name) ?? Promise.resolve()).then(action, action);
  const settled = mine.catch(() => undefined);
  queues.set(name, settled);
  try {
    return await mine;
  } finally {
    if (queues.get(name) === settled) queues.delete(name);
  }
}

interface LockManager {
  request<T>(name: string, action: () => Promise<T>): Promise<T>;
}

function watchFolder(uri: vscode.Uri, changed: (name: string | undefined) => void): () => void {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, '*'));
  const report = ({ path }: vscode.Uri): void => changed(path.split('/').at(-1));
  watcher.onDidChange(report);
  watcher.onDidCreate(report);
  watcher.onDidDelete(report);
  return () => {
    watcher.dispose();
  };
}

async function removeLeftovers(uri: vscode.Uri, names: readonly string[]): Promise<void> {
  const { fs } = vscode.workspace;
  const unfinished = names.filter((name) => name.endsWith(UNFINISHED_SUFFIX));
  for (const [name, { mtime }] of await statsOf(uri, unfinished)) {
    const file = vscode.Uri.joinPath(uri, name);
    const target = name.replace(/\.[0-9a-f-]{36}\.tmp$/, '');
    const age = Date.now() - mtime;
    if (!names.includes(target)) {
      if (age > MAX_WRITE_DURATION_MS)
        await fs.rename(file, vscode.Uri.joinPath(uri, target), { overwrite: false });
    } else if (age > LEFTOVER_AGE_MS) await fs.delete(file);
  }
}
