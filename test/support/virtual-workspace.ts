import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeMinimalExtension } from './minimal-extension';
import { scratchFolder } from './scratch-folder';

interface VirtualWorkspace {
  /** A folder with the extension that provides the files. */
  readonly extensionsDir: string;
  readonly workspace: string;
}

/** The code of the extension: a file system of a single folder, with the files of `files.json`. */
const main = `
const vscode = require('vscode');
const { FileSystemError, FileType } = vscode;
exports.activate = (context) => {
  const changes = new vscode.EventEmitter();
  const files = new Map(Object.entries(require('./files.json')).map(([name, text]) => ['/' + name, Buffer.from(text)]));
  const changed = (type, uri) => changes.fire([{ type, uri }]);
  const read = (uri) => {
    const file = files.get(uri.path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    return file;
  };
  const provider = {
    onDidChangeFile: changes.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => {
      const times = { ctime: 0, mtime: 0 };
      if (uri.path === '/') return { type: FileType.Directory, size: 0, ...times };
      return { type: FileType.File, size: read(uri).length, ...times };
    },
    readDirectory: () => [...files.keys()].map((path) => [path.slice(1), FileType.File]),
    readFile: read,
    writeFile: (uri, content) => {
      files.set(uri.path, content);
      changed(vscode.FileChangeType.Changed, uri);
    },
    delete: (uri) => {
      files.delete(uri.path);
      changed(vscode.FileChangeType.Deleted, uri);
    },
    rename: (from, to) => {
      files.set(to.path, read(from));
      files.delete(from.path);
    },
    createDirectory: () => undefined,
  };
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memory', provider));
};
`;

/** Creates a workspace whose only folder is not on the disk but has the files of a folder, without its subfolders. */
export function createVirtualWorkspace(folder: string): VirtualWorkspace {
  const extensionsDir = scratchFolder();
  const extension = join(extensionsDir, 'o1mini.memory-files-0.0.1');
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const files = Object.fromEntries(names.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]));
  writeMinimalExtension(extension, 'o1mini.memory-files', main, {
    activationEvents: ['onFileSystem:memory'],
    capabilities: { virtualWorkspaces: true },
  });
  writeFileSync(join(extension, 'files.json'), JSON.stringify(files));
  const workspace = join(scratchFolder(), 'virtual.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ uri: 'memory:/', name: 'virtual' }] }));
  return { extensionsDir, workspace };
}
