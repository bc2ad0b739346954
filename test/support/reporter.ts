import { appendFileSync } from 'node:fs';
import { type MochaOptions, reporters, Runner, type Test } from 'mocha';

/** What a run of mocha comes to, as a line of JSON. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** The tests that failed, each with the first line of why. */
  readonly failures: readonly string[];
  /** Those that failed at first and were tried again, each with the first line of why. */
  readonly triedAgain: readonly string[];
}

/** Mocha's own report, and a line of figures for `npm test` to sum. */
export default class TallyReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const file = process.env.O1MINI_TALLY;
    if (file === undefined) return;
    const failures: string[] = [];
    const triedAgain: string[] = [];
    const noteIn =
      (list: string[]) =>
      (test: Test, error: unknown): void => {
        list.push(`${test.fullTitle()}: ${String(error).split('\n', 1)[0]}`);
      };
    runner.on(Runner.constants.EVENT_TEST_FAIL, noteIn(failures));
    runner.on(Runner.constants.EVENT_TEST_RETRY, noteIn(triedAgain));
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures: failed } = this.stats;
      const tally: Tally = { passed: passes, failed, failures, triedAgain };
      appendFileSync(file, `${JSON.stringify(tally)}\n`);
    });
  }
}
