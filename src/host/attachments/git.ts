import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import type { ResolvedAttachment } from './attachment-entry';

/** The used part of the API, version 1, of VS Code's built-in Git extension. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

export interface GitApi {
  readonly repositories: readonly Repository[];
  readonly onDidOpenRepository: vscode.Event<Repository>;
  getRepository(uri: vscode.Uri): Repository | null;
}

export interface Repository {
  readonly rootUri: vscode.Uri;
  /** The box of the commit message in the Source Control view. */
  readonly inputBox: { value: string };
  readonly state: { readonly onDidChange: vscode.Event<void> };
  /** Whether the repository is selected in the Source Control view. */
  readonly ui: { readonly selected: boolean };
  /** A patch of the staged (`cached`) or of the unstaged changes. */
  diff(cached: boolean): Promise<string>;
  /** Returns the ignored paths. Absent in older versions of VS Code. */
  checkIgnore?(paths: string[]): Promise<ReadonlySet<string>>;
}

/** All changes since the last commit, staged ones first. */
export async function readChanges(label: string): Promise<ResolvedAttachment> {
  const repositories = (await gitApi())?.repositories;
  if (!repositories) return { kind: 'unusable', reason: vscode.l10n.t('Git is not available') };
  if (repositories.length === 0) {
    return { kind: 'unusable', reason: vscode.l10n.t('no Git repository is open') };
  }
  const patches: string[] = [];
  for (const repository of repositories) {
    patches.push(await repository.diff(true), await repository.diff(false));
  }
  const content = patches.filter((patch) => patch.trim() !== '').join('\n');
  if (content === '') return { kind: 'unusable', reason: vscode.l10n.t('there are no changes') };
  return { kind: 'usable', attachment: { kind: 'changes', label, language: 'diff', content } };
}

/** Calls back when Git has refreshed a repository, for example after a commit, and when it has opened another one. */
export async function onDidChangeRepositories(listener: () => void): Promise<Disposable> {
  const store = new DisposableStore();
  const git = await gitApi();
  if (!git) return store;
  const follow = ({ state }: Repository): void => void store.add(state.onDidChange(listener));
  git.repositories.forEach(follow);
  store.add(
    git.onDidOpenRepository((repository) => {
      follow(repository);
      listener();
    }),
  );
  return store;
}

/** True if Git ignores the file; false if Git is not available. */
export async function isGitIgnored(file: vscode.Uri): Promise<boolean> {
  const repository = (await gitApi())?.getRepository(file);
  if (!repository?.checkIgnore) return false;
  return repository.checkIgnore([file.fsPath]).then(
    (ignored) => ignored.size > 0,
    () => false,
  );
}

/** Undefined if the extension is missing, is disabled or fails. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  try {
    const git = extension && (await extension.activate());
    return git?.enabled === true ? git.getAPI(1) : undefined;
  } catch {
    return undefined;
  }
}
