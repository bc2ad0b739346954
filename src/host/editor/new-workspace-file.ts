import * as vscode from 'vscode';
import type { Platform } from '../platform';
import { foldersNear, isRealWithin, isWithin, realPathOf } from './workspace-files';

/**
 * The URI of a file that an answer proposes to create; undefined if the path leads out of the workspace, or if a file
 * or folder already exists there.
 *
 * @param near a file in whose workspace folder the path begins, if there are several
 */
export async function newWorkspaceFile(
  name: string,
  realPath: Platform['realPath'],
  near: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  const path = name.replaceAll('\\', '/').replace(/^\.\//, '');
  const segments = path.split('/');
  if (/[\0:]/.test(path) || segments.some((segment) => ['', '.', '..'].includes(segment))) return undefined;
  const folders = foldersNear(near);
  const named = folders.length > 1 ? folders.find((folder) => folder.name === segments[0]) : undefined;
  const folder = named ?? folders[0];
  if (folder?.uri.scheme !== 'file' || !realPath) return undefined;
  const uri = vscode.Uri.joinPath(folder.uri, ...(named ? segments.slice(1) : segments));
  if (!isWithin(uri.path, folder.uri.path) || (await realPathOf(uri, realPath)) !== undefined)
    return undefined;
  // A link in place of the file would be overwritten or followed, and a folder in the path may be a link to another
  // place.
  const siblings = await siblingsOf(uri);
  if (siblings.includes(segments.at(-1) ?? '')) return undefined;
  let parent = vscode.Uri.joinPath(uri, '..');
  while (isWithin(parent.path, folder.uri.path) && (await realPathOf(parent, realPath)) === undefined)
    parent = vscode.Uri.joinPath(parent, '..');
  const isFolder = parent.path === folder.uri.path || (await isRealWithin(parent, realPath));
  return isFolder ? uri : undefined;
}

/** The names in the folder of a file that does not exist; empty if the folder does not exist either. */
async function siblingsOf(uri: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(uri, '..'));
    return entries.map(([name]) => name);
  } catch {
    return [];
  }
}
