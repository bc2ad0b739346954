import { execFileSync } from 'node:child_process';
import { inRepository } from './paths';

/** The commit that is checked out, and whether any file other than the reports has changed. */
export function gitState(): string {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: inRepository(), encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', ':!docs') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with uncommitted changes' : ''}`;
}
