import * as vscode from 'vscode';
import { sensitiveFileKind, type SensitiveFileKind } from '../../core/privacy/sensitive-files';
import type { AttachmentSource } from '../../core/prompt/attachment';
import type { LocalFiles } from '../platform';
import { containerUri } from '../editor/notebooks/notebook-cells';
import { isGitIgnored } from './git';

/** The properties of a file that decide whether the user is asked before it is sent. */
export interface FileLocation {
  /** The path of the file itself, without links. */
  readonly path: string;
  /** True if the file is outside all workspace folders. */
  readonly outside: boolean;
  /** Set for a file whose name says that it holds secrets. */
  readonly sensitive?: SensitiveFileKind;
  readonly ignored: boolean;
}

/** Resolves the symbolic links in the paths of files and compares the result with the workspace. */
export interface FileLocator {
  /** Undefined for a source that is not a file, such as an untitled document. */
  locate(source: AttachmentSource): Promise<FileLocation | undefined>;
}

export function createFileLocator(files?: LocalFiles): FileLocator {
  const realPath = (path: string): Promise<string> =>
    files ? files.realPathOf(path).catch(() => path) : Promise.resolve(path);

  /** In a window without a folder, a file counts as outside only if its path is a symbolic link. */
  async function isOutside(given: vscode.Uri, real: string): Promise<boolean> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) {
      const folder = await realPath(vscode.Uri.joinPath(given, '..').fsPath);
      return real !== vscode.Uri.joinPath(vscode.Uri.file(folder), baseName(given)).fsPath;
    }
    const roots = await Promise.all(
      folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => realPath(uri.fsPath)),
    );
    return !roots.some((root) => isWithin(real, root));
  }

  return {
    async locate({ uri, realPath: known }) {
      const file = fileOf(vscode.Uri.parse(uri));
      if (!file) return undefined;
      if (file.scheme !== 'file') {
        const outside = !vscode.workspace.getWorkspaceFolder(file) || (await isLink(file));
        return { path: file.path, outside, ignored: false, ...sensitivity(file.path) };
      }
      const path = known ?? (await realPath(file.fsPath));
      const [outside, ignored] = await Promise.all([isOutside(file, path), isGitIgnored(file)]);
      return { path, outside, ignored, ...sensitivity(path, file.fsPath) };
    },
  };
}

/** The file that a document belongs to: for a cell its notebook, for a Git version the file with the same path. */
function fileOf(uri: vscode.Uri): vscode.Uri | undefined {
  const document = containerUri(uri);
  const { scheme, path } = document;
  if (scheme === 'git') return vscode.Uri.file(path);
  const isFile = scheme !== 'untitled' && vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined;
  return isFile ? document : undefined;
}

function sensitivity(...paths: readonly string[]): Pick<FileLocation, 'sensitive'> {
  const sensitive = paths.map(sensitiveFileKind).find((kind) => kind !== undefined);
  return sensitive ? { sensitive } : {};
}

/** A virtual file system does not report the target of a link, so every link counts as outside. */
async function isLink(uri: vscode.Uri): Promise<boolean> {
  const { type } = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => ({ type: 0 }));
  return (type & vscode.FileType.SymbolicLink) !== 0;
}

function isWithin(path: string, folder: string): boolean {
  if (path === folder) return true;
  const separator = folder.includes('\\') ? '\\' : '/';
  return path.startsWith(folder.endsWith(separator) ? folder : `${folder}${separator}`);
}

function baseName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
