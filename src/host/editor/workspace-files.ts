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

const POSITION = /^(.*?)(?::(\d{1,9})(?::(\d{1,9})|-(\d{1,9}))?|#L(\d{1,9})(?:-L?(\d{1,9}))?)?$/s;

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

/** Those of the names that an answer gives which are files of the workspace. */
export async function findWorkspaceFiles(
  names: readonly string[],
  realPath: Platform['realPath'],
): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => locate(parseNamedFile(name).path, realPath)));
  return names.filter((_, index) => found[index]);
}

/** Opens a file that an answer names, if it is in the workspace; the webview is not trusted to have asked before. */
export async function openWorkspaceFile(name: string, realPath: Platform['realPath']): Promise<void> {
  const named = parseNamedFile(name);
  const uri = await locate(named.path, realPath);
  if (!uri) return;
  const { line = 0, lastLine, column } = named;
  const start = new vscode.Position(Math.max(0, line - 1), Math.max(0, (column ?? 1) - 1));
  const end =
    lastLine === undefined ? start : new vscode.Position(Math.max(0, lastLine - 1), Number.MAX_SAFE_INTEGER);
  await vscode.commands.executeCommand('vscode.open', uri, {
    preview: true,
    ...(line > 0 && { selection: new vscode.Range(start, end) }),
  } satisfies vscode.TextDocumentShowOptions);
}

/** The file of a path, relative to a workspace folder or absolute, whose real place is in a workspace folder. */
async function locate(path: string, realPath: Platform['realPath']): Promise<vscode.Uri | undefined> {
  if (path === '' || path.includes('\0')) return undefined;
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    for (const uri of candidates(folder, path)) {
      if (isWithin(uri.path, folder.uri.path) && (await isFileWithin(uri, realPath))) return uri;
    }
  }
  return undefined;
}

/** In a workspace of several folders, VS Code writes the folder's name before the path. */
function candidates({ uri, name }: vscode.WorkspaceFolder, path: string): readonly vscode.Uri[] {
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
    // Other file systems tell of a link only that it is one.
    if (uri.scheme !== 'file' || !realPath) return (type & vscode.FileType.SymbolicLink) === 0;
    const real = vscode.Uri.file(await realPath(uri.fsPath)).path;
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(
      (folder) => folder.uri.scheme === 'file',
    );
    const roots = await Promise.all(
      folders.map(async (folder) => realPath(folder.uri.fsPath).catch(() => undefined)),
    );
    return roots.some((root) => root !== undefined && isWithin(real, vscode.Uri.file(root).path));
  } catch {
    return false;
  }
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
