import * as vscode from 'vscode';

/** The document of a URI, if it is open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/**
 * The document of a URI, opened again if it was closed; undefined if its file no longer exists. An untitled document
 * that was closed is not opened again, because the new one would be empty.
 */
export async function reopenDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = openDocument(uri);
  if (open || uri.scheme === 'untitled') return open;
  return vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
}
