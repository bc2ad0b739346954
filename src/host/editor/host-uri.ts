import * as vscode from 'vscode';

/**
 * The URI of a file for this extension host. If the host runs on a remote machine, it uses `file:` URIs for the files
 * of that machine, and the window uses `vscode-remote:` URIs for them.
 */
export function hostUri(uri: vscode.Uri): vscode.Uri {
  const { scheme, authority } = uri;
  // An extension host in a browser has a file system for these URIs.
  if (scheme !== 'vscode-remote' || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined)
    return uri;
  const isHere = authority.split('+')[0] === vscode.env.remoteName;
  return isHere ? uri.with({ scheme: 'file', authority: '' }) : uri;
}
