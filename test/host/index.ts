import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { promiseSuites } from '../support/promise-suites';
import { provingPromises } from '../support/promises';
import TallyReporter from '../support/reporter';
import { testsBegin } from '../support/tests-begin';

/** Called by VS Code in its extension host; the tests are next to this module in the bundle. */
export async function run(): Promise<void> {
  console.log(testsBegin);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    forbidOnly: true,
    color: true,
    reporter: TallyReporter,
    ...(provingPromises && { grep: promiseSuites }),
  });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
