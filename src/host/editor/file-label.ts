import * as vscode from 'vscode';
import { cellName, cellOf, containerUri } from './notebooks/notebook-cells';

/**
 * The path relative to the workspace. Outside the workspace only the file name, because folder names may identify the
 * user. The number and the kind of a notebook cell or the version of a file is added.
 */
export function fileLabel(uri: vscode.Uri): string {
  const cell = cellOf(uri);
  if (cell) return `${pathLabel(uri)}, ${cellName(cell)}`;
  const version = versionOf(uri);
  return version === undefined ? pathLabel(uri) : `${pathLabel(uri)} (${version})`;
}

function pathLabel(uri: vscode.Uri): string {
  const file = fileOf(uri);
  const inWorkspace = vscode.workspace.getWorkspaceFolder(file) ?? vscode.workspace.getWorkspaceFolder(uri);
  return inWorkspace ? vscode.workspace.asRelativePath(file) : (uri.path.split('/').pop() ?? uri.path);
}

function fileOf(uri: vscode.Uri): vscode.Uri {
  const document = containerUri(uri);
  // A version of a file has the path of the file.
  return document.scheme === 'git' ? document.with({ scheme: 'file' }) : document;
}

/** The version of a `git:` URI of VS Code's Git extension: a reference, or the index. */
function versionOf({ scheme, query }: vscode.Uri): string | undefined {
  if (scheme !== 'git') return undefined;
  try {
    const { ref } = JSON.parse(query) as { readonly ref?: unknown };
    return typeof ref === 'string' && !['', '~'].includes(ref) ? ref : vscode.l10n.t('index');
  } catch {
    return vscode.l10n.t('earlier version');
  }
}
