import * as vscode from 'vscode';

/**
 * The path in the workspace; elsewhere only the file's name, as the folders above tell who the user is. With it stands
 * which cell of a notebook, or which version of a file it is.
 */
export function fileLabel(uri: vscode.Uri): string {
  const part = cellOf(uri) ?? versionOf(uri);
  return part === undefined ? pathLabel(uri) : `${pathLabel(uri)} (${part})`;
}

function pathLabel(uri: vscode.Uri): string {
  // A version of a file is where the file is.
  const file =
    uri.scheme === 'git' || uri.scheme === 'vscode-notebook-cell' ? uri.with({ scheme: 'file' }) : uri;
  const inWorkspace = vscode.workspace.getWorkspaceFolder(file) ?? vscode.workspace.getWorkspaceFolder(uri);
  return inWorkspace ? vscode.workspace.asRelativePath(file) : (uri.path.split('/').pop() ?? uri.path);
}

function cellOf(uri: vscode.Uri): string | undefined {
  if (uri.scheme !== 'vscode-notebook-cell') return undefined;
  const cells = vscode.workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
  const cell = cells.find(({ document }) => document.uri.toString() === uri.toString());
  return cell && vscode.l10n.t('cell {0}', cell.index + 1);
}

/** As VS Code's Git names versions: a reference, or the index. */
function versionOf({ scheme, query }: vscode.Uri): string | undefined {
  if (scheme !== 'git') return undefined;
  try {
    const { ref } = JSON.parse(query) as { readonly ref?: unknown };
    return typeof ref === 'string' && !['', '~'].includes(ref) ? ref : vscode.l10n.t('index');
  } catch {
    return vscode.l10n.t('earlier version');
  }
}
