import * as vscode from 'vscode';

/** The path in the workspace; elsewhere only the file's name, as the folders above tell who the user is. */
export function fileLabel(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return inWorkspace ? vscode.workspace.asRelativePath(uri) : (uri.path.split('/').pop() ?? uri.path);
}
