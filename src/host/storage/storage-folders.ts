import type * as vscode from 'vscode';
import type { FileFolder } from '../../core/file-folder';
import type { Platform } from '../platform';

/** Opens a folder of the storage of the extension. */
export type OpenFolder = (uri: vscode.Uri) => FileFolder;

/**
 * Loads the access to the storage: the disk itself if the platform has one, otherwise the file system of VS Code.
 *
 * @param storage any URI of the storage; all of them have the same scheme
 */
export async function loadOpenFolder(
  { openDiskFolder }: Pick<Platform, 'openDiskFolder'>,
  storage: vscode.Uri,
): Promise<OpenFolder> {
  if (openDiskFolder && storage.scheme === 'file') return ({ fsPath }) => openDiskFolder(fsPath);
  return (await import('./vscode-file-folder')).createVscodeFileFolder;
}
