import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRepository } from './paths';

/** The number of a row of the table of promises: S for safety, R for reliability. */
export type PromiseId = `${'S' | 'R'}${number}`;

/** A figure that a test of a promise measured, as one line of JSON in the file of figures. */
export interface Figure {
  readonly id: PromiseId;
  readonly text: string;
}

/** Every test process appends to this file; `npm run promises` empties it first and reads it at the end. */
export const figuresFile = inRepository('out', 'promises', 'figures.jsonl');

/** Where the reporter writes how each test of a promise ended, one line of JSON each. */
export const resultsFile = inRepository('out', 'promises', 'results.jsonl');

/**
 * Keeps a figure for the report on the promises, such as `recordFigure('S1', '616 samples, 0 requests')`.
 * The text is plain, without Markdown, and reads as a phrase of its own: figures of a promise are joined by semicolons.
 * Outside `npm run promises` nothing reads it.
 */
export function recordFigure(id: PromiseId, text: string): void {
  const figure: Figure = { id, text };
  mkdirSync(dirname(figuresFile), { recursive: true });
  appendFileSync(figuresFile, `${JSON.stringify(figure)}\n`);
}

/** Whether `npm run promises` runs, which tries more often, and runs the suites of promises only. */
export const provingPromises = process.env.O1MINI_PROMISES === 'full';

/** How often to try something: `quick` times in `npm test`, `full` times in `npm run promises`. */
export function runs(quick: number, full: number): number {
  return provingPromises ? full : quick;
}
