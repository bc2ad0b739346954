import { statSync } from 'node:fs';
import { inRepository } from '../support/paths';
import { benchFirstWord } from './first-word';
import { benchFreeze } from './freeze';
import type { BenchLine } from './line';
import { benchMemory } from './memory';
import { benchSlowMarkdown } from './slow-markdown';
import { benchStream } from './stream';
import { benchTokens } from './tokens';

/** Kilobytes of code that VS Code loads to activate the extension; a browser has all of it in one file. */
const codeLimits = { desktop: 100, web: 200 };

function benchSizes(): readonly BenchLine[] {
  return [
    sizeLine('Code at activation', 'dist/extension.js', codeLimits.desktop),
    sizeLine('The same for the web', 'dist/extension.web.js', codeLimits.web),
    sizeLine('Panel script at its start', 'dist/webview/main.js'),
  ];
}

function sizeLine(what: string, file: string, limit = Infinity): BenchLine {
  const kilobytes = statSync(inRepository(file)).size / 1024;
  const limited = limit === Infinity ? '' : ` (limit ${limit} KB)`;
  return { text: `${what}: ${kilobytes.toFixed(1)} KB${limited}`, reached: kilobytes <= limit };
}

const benches = [
  benchSizes,
  benchSlowMarkdown,
  benchStream,
  benchMemory,
  benchTokens,
  benchFirstWord,
  benchFreeze,
];

/** The exit code: 1 where a figure is not reached. */
async function bench(): Promise<number> {
  let code = 0;
  for (const measure of benches) {
    for (const { text, reached } of await measure()) {
      console.log(reached ? text : `${text}: NOT REACHED`);
      if (!reached) code = 1;
    }
  }
  return code;
}

bench().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
