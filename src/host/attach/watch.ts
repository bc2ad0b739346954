import * as vscode from 'vscode';
import type { Reference } from './reference';

/** Notices when something that is attached has changed, has gone or is there again. */
export interface Watch {
  follow(references: readonly Reference[]): void;
  dispose(): void;
}

export function watchReferences(onChange: () => void): Watch {
  let followed: ReadonlySet<string> = new Set();
  let diagnostics = false;
  let changes = false;
  const watchers = new Map<string, vscode.FileSystemWatcher>();
  const whenFollowed = (uri: vscode.Uri): void => {
    if (followed.has(uri.toString())) onChange();
  };
  const listeners = [
    vscode.workspace.onDidChangeTextDocument(({ document }) => whenFollowed(document.uri)),
    vscode.workspace.onDidCloseTextDocument((document) => whenFollowed(document.uri)),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (changes) onChange();
      else whenFollowed(uri);
    }),
    vscode.languages.onDidChangeDiagnostics(() => {
      if (diagnostics) onChange();
    }),
  ];

  function watchFile(uri: string): vscode.FileSystemWatcher {
    const address = vscode.Uri.parse(uri);
    const folder = vscode.Uri.joinPath(address, '..');
    const name = address.path.slice(address.path.lastIndexOf('/') + 1).replace(/[[\]{}*?!]/g, '[$&]');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
    watcher.onDidChange(onChange);
    watcher.onDidCreate(onChange);
    watcher.onDidDelete(onChange);
    return watcher;
  }

  return {
    follow(references) {
      const files = references.flatMap((one) =>
        one.kind === 'file' || one.kind === 'symbol' ? [one.uri] : [],
      );
      followed = new Set(files);
      diagnostics = references.some(({ kind }) => kind === 'problems');
      changes = references.some(({ kind }) => kind === 'changes');
      for (const [uri, watcher] of watchers) {
        if (followed.has(uri)) continue;
        watcher.dispose();
        watchers.delete(uri);
      }
      for (const uri of followed) if (!watchers.has(uri)) watchers.set(uri, watchFile(uri));
    },
    dispose: () => void vscode.Disposable.from(...listeners, ...watchers.values()).dispose(),
  };
}
