import { spawnSync } from 'node:child_process';
import { inRepository } from './paths';
import { promiseSuites } from './promise-suites';
import { provingPromises } from './promises';

/** The suites that mocha runs in Node: their files, and mocha's options for them. */
const suites = {
  unit: { files: ['test/unit/**/*.test.ts', 'test/property/**/*.test.ts'], options: [] },
  panel: { files: ['test/e2e/panel/*.test.ts'], options: ['--retries', '1', '--timeout', '300000'] },
  window: {
    files: ['test/e2e/*.test.ts'],
    options: ['--retries', '1', '--timeout', '300000', '--file', 'test/e2e/window.ts'],
  },
  'own-windows': {
    files: ['test/e2e/own-window/*.test.ts'],
    options: ['--retries', '1', '--timeout', '300000'],
  },
  long: { files: ['test/long/**/*.test.ts'], options: ['--timeout', '700000'] },
} as const;

/** Runs a suite, or only the files and with the further options of mocha that the command line names. */
function runMocha(name: string, rest: readonly string[]): number {
  if (!isSuite(name)) throw new Error(`Unknown suite "${name}". Suites: ${Object.keys(suites).join(', ')}.`);
  const { files, options } = suites[name];
  const namesFiles = rest.some((argument) => argument.endsWith('.test.ts'));
  const mocha = inRepository('node_modules/mocha/bin/mocha.js');
  const config = ['--config', inRepository('test/support/mocharc.json')];
  const grep = provingPromises ? ['--grep', `/${promiseSuites.source}/`] : [];
  const { status } = spawnSync(
    process.execPath,
    [mocha, ...config, ...options, ...grep, ...(namesFiles ? [] : files), ...rest],
    { stdio: 'inherit', cwd: inRepository() },
  );
  return status ?? 1;
}

function isSuite(name: string): name is keyof typeof suites {
  return name in suites;
}

const [suite = '', ...rest] = process.argv.slice(2);
process.exit(runMocha(suite, rest));
