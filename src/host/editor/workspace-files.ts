import * as vscode from 'vscode';
import type { Platform } from '../platform';

/** A file that an answer names, with the lines that are meant. */
interface NamedFile {
  readonly path: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly lastLine?: number;
  /** Counted from 1. */
  readonly column?: number;
}

const POSITION =
  /^((?:[a-z]:(?=\/))?.*?)(?::(\d{1,9})(?::(\d{1,9})|-(\d{1,9}))?|#L(\d{1,9})(?:-L?(\d{1,9}))?)?$/is;

/** Reads `src/app.ts`, `src/app.ts:10`, `src/app.ts:10:5`, `src/app.ts:10-12` and `src/app.ts#L10-L12`. */
export function parseNamedFile(text: string): NamedFile {
  const [, path = '', line, column, last, hashLine, hashLast] = POSITION.exec(text) ?? [];
  const [first, lastLine] = [line ?? hashLine, last ?? hashLast];
  return {
    path,
    ...(first !== undefined && { line: Number(first) }),
    ...(lastLine !== undefined && { lastLine: Number(lastLine) }),
    ...(column !== undefined && { column: Number(column) }),
  };
}

/** The names in an answer that are files of the workspace. */
export async function findWorkspaceFiles(
  names: readonly string[],
  realPath: Platform['realPath'],
): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => locate(parseNamedFile(name).path, realPath)));
  return names.filter((_, index) => found[index]);
}

/**
 * Opens a file that an answer names, if it is in the workspace; the webview is not trusted to have asked before.
 *
 * @returns whether there is such a file
 */
export async function openWorkspaceFile(name: string, realPath: Platform['realPath']): Promise<boolean> {
  const named = parseNamedFile(name);
  const uri = await locate(named.path, realPath);
  if (!uri) return false;
  const { line = 0, lastLine, column } = named;
  const start = new vscode.Position(Math.max(0, line - 1), Math.max(0, (column ?? 1) - 1));
  const end =
    lastLine === undefined ? start : new vscode.Position(Math.max(0, lastLine - 1), Number.MAX_SAFE_INTEGER);
  await vscode.commands.executeCommand('vscode.open', uri, {
    preview: true,
    ...(line > 0 && { selection: new vscode.Range(start, end) }),
  } satisfies vscode.TextDocumentShowOptions);
  return true;
}

/**
 * The file of the workspace that an answer names; undefined if there is none.
 *
 * @param near a file whose workspace folder is searched first
 */
export function findWorkspaceFile(
  name: string,
  realPath: Platform['realPath'],
  near: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  return locate(parseNamedFile(name).path.replaceAll('\\', '/'), realPath, near);
}

/** Undefined if there is no such file. */
export function realPathOf(
  { fsPath }: vscode.Uri,
  realPath: NonNullable<Platform['realPath']>,
): Promise<string | undefined> {
  return realPath(fsPath).catch(() => undefined);
}

/** The folders of the workspace, beginning with the one that contains a file. */
export function foldersNear(near: vscode.Uri | undefined): readonly vscode.WorkspaceFolder[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  // The URI of a notebook cell has another scheme.
  const isNear = ({ uri }: vscode.WorkspaceFolder): boolean =>
    near !== undefined && isWithin(near.path, uri.path);
  return [...folders.filter(isNear), ...folders.filter((folder) => !isNear(folder))];
}

/** The file of a path, relative to a workspace folder or absolute, whose real place is in a workspace folder. */
async function locate(
  path: string,
  realPath: Platform['realPath'],
  near?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  if (path === '' || path.includes('\0')) return undefined;
  for (const folder of foldersNear(near)) {
    for (const uri of candidates(folder, path)) {
      if (isWithin(uri.path, folder.uri.path) && (await isFileWithin(uri, realPath))) return uri;
    }
  }
  return undefined;
}

/** In a workspace of several folders, VS Code writes the folder's name before the path. */
function candidates({ uri, name }: vscode.WorkspaceFolder, path: string): readonly vscode.Uri[] {
  // In a URI of Windows, the drive is a lower-case folder.
  const drive = /^([a-z]):\//i.exec(path)?.[1];
  if (drive !== undefined) return [uri.with({ path: `/${drive.toLowerCase()}${path.slice(1)}` })];
  if (path.startsWith('/')) return [uri.with({ path })].map((absolute) => vscode.Uri.joinPath(absolute, '.'));
  const relative = vscode.Uri.joinPath(uri, path);
  return path.startsWith(`${name}/`)
    ? [relative, vscode.Uri.joinPath(uri, path.slice(name.length + 1))]
    : [relative];
}

async function isFileWithin(uri: vscode.Uri, realPath: Platform['realPath']): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return false;
    // Other file systems report that a file is a link, but not its target.
    if (uri.scheme !== 'file' || !realPath) return (type & vscode.FileType.SymbolicLink) === 0;
    return await isRealWithin(uri, realPath);
  } catch {
    return false;
  }
}

/** Whether the real place of a file or a folder is in a workspace folder. */
export async function isRealWithin(
  uri: vscode.Uri,
  realPath: NonNullable<Platform['realPath']>,
): Promise<boolean> {
  const real = await realPathOf(uri, realPath);
  if (real === undefined) return false;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const roots = await Promise.all(folders.map((folder) => realPathOf(folder.uri, realPath)));
  return roots.some(
    (root) => root !== undefined && isWithin(vscode.Uri.file(real).path, vscode.Uri.file(root).path),
  );
}

/** Whether a path is in a folder. Only the texts are compared; links are not resolved. */
export function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
