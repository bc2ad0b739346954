import * as vscode from 'vscode';

/**
 * The URI by which this extension host knows a file. If the host runs on a remote machine, the files of that machine are
 * `file:` URIs for it, and `vscode-remote:` URIs for the window.
 */
export function hostUri(uri: vscode.Uri): vscode.Uri {
  const { scheme, authority } = uri;
  // An extension host in a browser has a file system for these URIs.
  if (scheme !== 'vscode-remote' || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined)
    return uri;
  const isHere = authority.split('+')[0] === vscode.env.remoteName;
  return isHere ? uri.with({ scheme: 'file', authority: '' }) : uri;
}
