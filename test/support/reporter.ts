import { appendFileSync } from 'node:fs';
import { type MochaOptions, reporters, Runner } from 'mocha';

/** Mocha's own report, and a line of figures for `npm test` to sum. */
export default class TallyReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const file = process.env.O1MINI_TALLY;
    if (file === undefined) return;
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      appendFileSync(file, `${JSON.stringify({ suite: 'mocha', passed: passes, failed: failures })}\n`);
    });
  }
}
