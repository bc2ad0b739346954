import { statSync } from 'node:fs';
import { parseBlocks } from '../../src/webview/markdown/parser';
import { inRepository } from '../support/paths';
import { benchFirstWord } from './first-word';
import type { BenchLine } from './line';
import { benchMemory } from './memory';
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

/** How much longer a paragraph of formulas that are never closed takes to parse than one of plain words. */
function benchHostileMarkdown(): readonly BenchLine[] {
  const lines = 5000;
  const [plain = NaN, hostile = NaN] = ['n is prime\n', '\\[ x \\begin{align} $$\n'].map((line) => {
    const text = line.repeat(lines);
    parseBlocks(text, {});
    const start = performance.now();
    parseBlocks(text, {});
    return performance.now() - start;
  });
  const ratio = (hostile / plain).toFixed(1);
  return [
    { text: `Markdown of formulas never closed, against plain lines: ${ratio} times as long`, reached: true },
  ];
}

const benches = [benchSizes, benchHostileMarkdown, benchStream, benchMemory, benchTokens, benchFirstWord];

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
