import * as vscode from 'vscode';

/** The files and folders that were renamed or moved in VS Code since this was created. */
export interface RenamedFiles {
  /** The number of renames so far. */
  readonly count: number;
  /** Where a file is now that was there before the renames from this number on. */
  current(uri: vscode.Uri, from: number): vscode.Uri;
  dispose(): void;
}

export function trackRenamedFiles(): RenamedFiles {
  const renames: { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[] = [];
  const listener = vscode.workspace.onDidRenameFiles(({ files }) => void renames.push(...files));
  return {
    get count() {
      return renames.length;
    },
    current: (uri, from) =>
      renames.slice(from).reduce((now, { oldUri, newUri }) => {
        // The URI of a cell has the path of its notebook.
        const isRenamed = now.path === oldUri.path || now.path.startsWith(`${oldUri.path}/`);
        return isRenamed ? now.with({ path: newUri.path + now.path.slice(oldUri.path.length) }) : now;
      }, uri),
    dispose: () => void listener.dispose(),
  };
}
