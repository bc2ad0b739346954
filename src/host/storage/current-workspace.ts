import * as vscode from 'vscode';
import type { ChatWorkspace } from '../../core/chat/stored-chat';

/** The workspace of this window; undefined if no folder is open. */
export async function currentWorkspace(
  { storageUri }: vscode.ExtensionContext,
  realPath?: (path: string) => Promise<string>,
): Promise<ChatWorkspace | undefined> {
  const { workspaceFile, workspaceFolders = [], name = '' } = vscode.workspace;
  const folders = (await Promise.all(workspaceFolders.map(({ uri }) => namesOf(uri, realPath)))).flat();
  const id = storageUri ? workspaceIdOf(storageUri) : (workspaceFile?.toString() ?? folders[0]);
  return id === undefined ? undefined : { id, name, folders };
}

/** A folder and a symbolic link to it count as the same workspace. */
async function namesOf(uri: vscode.Uri, realPath?: (path: string) => Promise<string>): Promise<string[]> {
  const name = uri.toString();
  if (uri.scheme !== 'file' || !realPath) return [name];
  const real = await realPath(uri.fsPath).then(
    (path) => vscode.Uri.file(path).toString(),
    () => name,
  );
  return real === name ? [name] : [name, real];
}

/**
 * The name that VS Code uses for a workspace, taken from the name of the storage folder that it assigns to
 * extensions. While another extension host holds the lock of that folder, VS Code assigns a folder whose name has a
 * number at its end.
 */
export function workspaceIdOf(storageUri: vscode.Uri): string {
  return withoutNumber(storageUri.path.split('/').at(-2) ?? '');
}

export function withoutNumber(folderName: string): string {
  return /^(.+)-\d+$/.exec(folderName)?.[1] ?? folderName;
}
