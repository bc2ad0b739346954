import * as vscode from 'vscode';
import type { Disposable } from '../disposables';
import type { AttachmentEntry } from './attachment-entry';
import { onDidChangeRepositories } from './git';

/** Notices when the source of an attachment has changed, was removed, or exists again. */
export interface AttachmentWatcher {
  follow(entries: readonly AttachmentEntry[]): void;
  dispose(): void;
}

/**
 * @param onChange called with the ids of the entries whose own source has changed
 * @param onError called if the repositories cannot be watched
 */
export function watchEntries(
  onChange: (ids: readonly string[]) => void,
  onError: (error: unknown) => void,
): AttachmentWatcher {
  let followed: readonly AttachmentEntry[] = [];
  const watchers = new Map<string, vscode.Disposable>();
  let repositories: Promise<Disposable | undefined> | undefined;
  const unsaved = unsavedDocuments();

  function changed(isConcerned: (entry: AttachmentEntry) => boolean): void {
    const ids = followed.filter(isConcerned).map(({ id }) => id);
    if (ids.length > 0) onChange(ids);
  }
  const fileChanged = (uri: string): void => changed((entry) => fileOf(entry) === uri);
  const changesMayHaveChanged = (): void => changed(({ kind }) => kind === 'changes');

  const listeners = [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.isDirty) unsaved.add(document.uri.toString());
      // This event also occurs if only the unsaved state of the document has changed.
      if (contentChanges.length > 0) fileChanged(document.uri.toString());
    }),
    // VS Code may close documents that extensions have opened at any time. That changes an attachment only if the
    // document had unsaved changes.
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (unsaved.delete(uri.toString())) fileChanged(uri.toString());
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      unsaved.delete(uri.toString());
      fileChanged(uri.toString());
      changesMayHaveChanged();
    }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const files = new Set(uris.map(String));
      changed((entry) => entry.kind === 'problems' && (entry.uri === undefined || files.has(entry.uri)));
    }),
  ];

  function followFiles(files: ReadonlySet<string>): void {
    for (const [uri, watcher] of watchers) {
      if (files.has(uri)) continue;
      watcher.dispose();
      watchers.delete(uri);
    }
    for (const uri of files) if (!watchers.has(uri)) watchers.set(uri, watchFile(uri, fileChanged));
  }

  function followRepositories(wanted: boolean): void {
    if (wanted === (repositories !== undefined)) return;
    const before = repositories;
    repositories = wanted ? watchRepositories() : undefined;
    disposeLater(before);
  }

  function watchRepositories(): Promise<Disposable | undefined> {
    const watching = onDidChangeRepositories(changesMayHaveChanged).catch((error: unknown) => {
      onError(error);
      // The next attachment of this kind tries again.
      if (repositories === watching) repositories = undefined;
      return undefined;
    });
    return watching;
  }

  return {
    follow(entries) {
      followed = entries;
      followFiles(new Set(entries.map(fileOf).filter((uri) => uri !== undefined)));
      followRepositories(entries.some(({ kind }) => kind === 'changes'));
    },
    dispose() {
      followed = [];
      disposeLater(repositories);
      vscode.Disposable.from(...listeners, ...watchers.values()).dispose();
    },
  };
}

/** The URIs of documents with changes that are not in their files. */
function unsavedDocuments(): Set<string> {
  const dirty = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty);
  return new Set(dirty.map(({ uri }) => uri.toString()));
}

function watchFile(uri: string, changed: (uri: string) => void): vscode.Disposable {
  const listener = (): void => changed(uri);
  const address = vscode.Uri.parse(uri);
  const folder = vscode.Uri.joinPath(address, '..');
  const name = address.path.slice(address.path.lastIndexOf('/') + 1).replace(/[[\]{}*?!]/g, '[$&]');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(listener),
    watcher.onDidCreate(listener),
    watcher.onDidDelete(listener),
  );
}

/** The file that is watched; undefined for content that is not in one. */
function fileOf(entry: AttachmentEntry): string | undefined {
  switch (entry.kind) {
    case 'file':
    case 'symbol':
      return entry.uri;
    case 'problems':
    case 'changes':
    case 'snapshot':
      return undefined;
  }
}

function disposeLater(disposable: Promise<Disposable | undefined> | undefined): void {
  disposable?.then(
    (listening) => void listening?.dispose(),
    () => undefined,
  );
}
