import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRepository } from './paths';

/** The number of a promise: S for safety, R for reliability. */
export type PromiseId = `${'S' | 'R'}${number}`;

/** A figure that the test of a promise has measured. */
export interface Figure {
  readonly id: PromiseId;
  readonly text: string;
}

/** A JSON Lines file of figures, to which every test process appends; `npm run promises` deletes it first and reads it at the end. */
export const figuresFile = inRepository('out', 'promises', 'figures.jsonl');

/** A JSON Lines file of the results of all promise tests, written by the reporter. */
export const resultsFile = inRepository('out', 'promises', 'results.jsonl');

/**
 * Records a figure for the report on the promises, such as `recordFigure('S1', '616 samples, 0 requests')`. The text is
 * a phrase without Markdown, because the figures of a promise are joined with semicolons. Only `npm run promises` reads it.
 */
export function recordFigure(id: PromiseId, text: string): void {
  const figure: Figure = { id, text };
  mkdirSync(dirname(figuresFile), { recursive: true });
  appendFileSync(figuresFile, `${JSON.stringify(figure)}\n`);
}

/** True in `npm run promises`, which runs only the promise suites, with more attempts. */
export const provingPromises = process.env.O1MINI_PROMISES === 'full';

/** The number of attempts: `quick` in `npm test`, `full` in `npm run promises`. */
export function runs(quick: number, full: number): number {
  return provingPromises ? full : quick;
}
