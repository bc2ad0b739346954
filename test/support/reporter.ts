import { appendFileSync } from 'node:fs';
import { type MochaOptions, reporters, Runner, type Suite, type Test } from 'mocha';
import type { TestResult } from './promise-report';
import { promiseOfTitle } from './promise-suites';

/** The totals of a run of mocha, written as a line of JSON. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** The tests that failed, each with its error and the line of the test. */
  readonly failures: readonly string[];
}

/** Adds to the report of mocha the totals for `npm test` and the results of promise tests for `npm run promises`. */
export default class TallyReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const { O1MINI_TALLY: tallyFile, O1MINI_PROMISE_RESULTS: resultsFile } = process.env;
    if (tallyFile !== undefined) writeTally(runner, tallyFile);
    if (resultsFile !== undefined) writePromiseResults(runner, resultsFile);
  }
}

function writeTally(runner: Runner, file: string): void {
  const failures: string[] = [];
  runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
    failures.push(`${test.fullTitle()}: ${describeFailure(error)}`);
  });
  runner.once(Runner.constants.EVENT_RUN_END, () => {
    const { passes = 0, failures: failed = 0 } = runner.stats ?? {};
    const tally: Tally = { passed: passes, failed, failures };
    appendFileSync(file, `${JSON.stringify(tally)}\n`);
  });
}

/** In characters; a longer difference is cut in the summary. */
const MAX_DIFFERENCE = 600;

/** The message, what Playwright was waiting for or how two values differ, and the line of the test, for use in a summary. */
function describeFailure(error: unknown): string {
  const lines = String(error instanceof Error ? (error.stack ?? error) : error).split('\n');
  const isLocation = (line: string): boolean => /^\s+at .*[\\/]test[\\/]/.test(line);
  const details = lines.filter((line) =>
    /- waiting for|intercepts pointer|is not (?:visible|stable)/.test(line),
  );
  const difference = lines.filter((line) => /^[+-] /.test(line)).join(' ');
  return [
    lines[0] ?? '',
    ...new Set(details),
    difference.slice(0, MAX_DIFFERENCE),
    lines.find(isLocation) ?? '',
  ]
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

function writePromiseResults(runner: Runner, file: string): void {
  const record =
    (state: TestResult['state']) =>
    (test: Test): void => {
      const id = promiseOf(test.parent);
      if (id === undefined) return;
      const result: TestResult = { id, file: sourceOf(test), title: test.fullTitle(), state };
      appendFileSync(file, `${JSON.stringify(result)}\n`);
    };
  runner.on(Runner.constants.EVENT_TEST_PASS, record('passed'));
  runner.on(Runner.constants.EVENT_TEST_FAIL, record('failed'));
  runner.on(Runner.constants.EVENT_TEST_PENDING, record('skipped'));
}

function promiseOf(suite: Suite | undefined): TestResult['id'] | undefined {
  return suite && (promiseOfTitle(suite.title) ?? promiseOf(suite.parent));
}

/** The source file of a test, also of a bundle: `out/test/host/x.test.cjs` is built from `test/host/x.test.ts`. */
function sourceOf({ file = '' }: Test): string {
  const path = file.replaceAll('\\', '/').replace(/\.cjs$/, '.ts');
  return path.slice(path.lastIndexOf('/test/') + 1);
}
