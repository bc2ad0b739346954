import { readdirSync, readFileSync } from 'node:fs';
import { inRepository } from './paths';
import type { PromiseId } from './promises';

/** A test file with suites whose titles begin with the numbers of these promises. */
export interface PromiseFile {
  /** Relative to the repository, with slashes. */
  readonly file: string;
  readonly ids: readonly PromiseId[];
}

const suiteTitle = /\bdescribe(?:It)?\(\s*(['"`])([SR]\d{1,2}) /g;
const numbered = /^([SR]\d{1,2}) /;

/** Matches the number of a promise in the full title of a test, as in "A suite S1 text". */
export const promiseSuites = /(?:^| )[SR]\d{1,2} /;

/** The promise that a suite with this title tests, if any. */
export function promiseOfTitle(title: string): PromiseId | undefined {
  return numbered.exec(title)?.[1] as PromiseId | undefined;
}

/** Finds the files by the titles of their suites, so that no list has to be maintained. */
export function findPromiseFiles(): readonly PromiseFile[] {
  return readdirSync(inRepository('test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .sort()
    .map((file) => ({ file, ids: idsIn(readFileSync(inRepository(file), 'utf8')) }))
    .filter(({ ids }) => ids.length > 0);
}

function idsIn(source: string): readonly PromiseId[] {
  return [...new Set([...source.matchAll(suiteTitle)].map(([, , id]) => id as PromiseId))];
}
