import * as vscode from 'vscode';
import type { Resolved } from './resolved';

/** What is used here of the API, version 1, of VS Code's own extension for git. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { readonly repositories: readonly Repository[] };
}

interface Repository {
  /** A patch: of what is staged, or of what is not. */
  diff(cached: boolean): Promise<string>;
}

/** All changes since the last commit, staged ones first. */
export async function readChanges(label: string): Promise<Resolved> {
  const repositories = await findRepositories();
  if (!repositories) return { kind: 'unusable', reason: vscode.l10n.t('Git is not available here') };
  if (repositories.length === 0) {
    return { kind: 'unusable', reason: vscode.l10n.t('there is no Git repository open') };
  }
  const patches: string[] = [];
  for (const repository of repositories) {
    patches.push(await repository.diff(true), await repository.diff(false));
  }
  const content = patches.filter((patch) => patch.trim() !== '').join('\n');
  if (content === '') return { kind: 'unusable', reason: vscode.l10n.t('there are no changes') };
  return { kind: 'usable', attachment: { kind: 'changes', label, language: 'diff', content } };
}

async function findRepositories(): Promise<readonly Repository[] | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  try {
    const git = extension && (await extension.activate());
    return git?.enabled === true ? git.getAPI(1).repositories : undefined;
  } catch {
    return undefined;
  }
}
