import { spawnSync } from 'node:child_process';
import { inRepository } from './paths';
import { promiseSuites } from './promise-suites';
import { provingPromises } from './promises';

/** The suites that mocha runs in Node, with their files and options. */
const suites = {
  unit: { files: ['test/unit/**/*.test.ts', 'test/property/**/*.test.ts'], timeoutMs: 60_000, options: [] },
  panel: { files: ['test/e2e/panel/*.test.ts'], timeoutMs: 300_000, options: [] },
  window: {
    files: ['test/e2e/*.test.ts'],
    timeoutMs: 300_000,
    options: ['--file', 'test/e2e/use-chat.ts'],
  },
  'own-windows': {
    files: ['test/e2e/own-window/*.test.ts'],
    timeoutMs: 300_000,
    options: [],
  },
  long: { files: ['test/long/**/*.test.ts'], timeoutMs: 700_000, options: [] },
} as const;
/** Higher, because `npm run promises` makes many more attempts. */
const provingTimeoutMs = 30 * 60_000;

/** Runs a suite, or only the files named on the command line, with the additional options of mocha given there. */
function runMocha(name: string, rest: readonly string[]): number {
  if (!isSuite(name)) throw new Error(`Unknown suite "${name}". Suites: ${Object.keys(suites).join(', ')}.`);
  const { files, options, timeoutMs } = suites[name];
  const timeout = ['--timeout', String(provingPromises ? provingTimeoutMs : timeoutMs)];
  const hasFiles = rest.some((argument) => argument.endsWith('.test.ts'));
  const mocha = inRepository('node_modules/mocha/bin/mocha.js');
  const config = ['--config', inRepository('test/support/mocharc.json')];
  const grep = provingPromises ? ['--grep', `/${promiseSuites.source}/`] : [];
  const { status } = spawnSync(
    process.execPath,
    [mocha, ...config, ...timeout, ...options, ...grep, ...(hasFiles ? [] : files), ...rest],
    { stdio: 'inherit', cwd: inRepository() },
  );
  return status ?? 1;
}

function isSuite(name: string): name is keyof typeof suites {
  return name in suites;
}

const [suite = '', ...rest] = process.argv.slice(2);
process.exit(runMocha(suite, rest));
