import * as vscode from 'vscode';

/**
 * The URI by which this extension host knows a file. The window's URI of a file on its remote machine is a `file:` URI for
 * extensions that run on that machine.
 */
export function hostUri(uri: vscode.Uri): vscode.Uri {
  const { scheme, authority } = uri;
  // An extension host in a browser has a file system for these URIs.
  if (scheme !== 'vscode-remote' || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined)
    return uri;
  const isHere = authority.split('+')[0] === vscode.env.remoteName;
  return isHere ? uri.with({ scheme: 'file', authority: '' }) : uri;
}
