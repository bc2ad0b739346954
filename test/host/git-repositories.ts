import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { Repository } from '../../src/host/attachments/git';
import { scratchFolder } from '../support/scratch-folder';

const run = promisify(execFile);

/** The part of the API of VS Code's Git extension that only tests use. */
interface GitTestApi {
  openRepository(root: vscode.Uri): Promise<Repository | null>;
  readonly repositories: readonly Repository[];
}

/** A repository on the disk that VS Code's own Git extension has opened. */
export interface OpenRepository {
  readonly folder: string;
  readonly repository: Repository;
  /** Runs Git in the repository. */
  readonly git: (...args: readonly string[]) => Promise<void>;
  readonly write: (name: string, content: string) => void;
}

async function gitApi(): Promise<GitTestApi> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitTestApi }>('vscode.git');
  if (!extension) throw new Error('The Git extension of VS Code is missing.');
  return (await extension.activate()).getAPI(1);
}

/** Creates a repository with one commit of the file `a.txt`, and opens it. */
export async function openRepository(): Promise<OpenRepository> {
  const folder = scratchFolder();
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const git = async (...args: readonly string[]): Promise<void> => {
    await run('git', [...identity, ...args], { cwd: folder });
  };
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  await git('init', '--quiet', '--initial-branch=main');
  write('a.txt', 'one\n');
  await git('add', '.');
  await git('commit', '--quiet', '--message=First');
  const repository = await (await gitApi()).openRepository(vscode.Uri.file(folder));
  if (!repository) throw new Error('The Git extension did not open the repository.');
  return { folder, repository, git, write };
}

export async function closeRepository({ repository: { rootUri } }: OpenRepository): Promise<void> {
  await vscode.commands.executeCommand('git.close', vscode.Uri.parse(rootUri.toString()));
}
