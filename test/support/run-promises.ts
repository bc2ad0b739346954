import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { gitState } from './git-state';
import { inRepository } from './paths';
import { reportOn, type TestResult } from './promise-report';
import { findPromiseFiles, type PromiseFile } from './promise-suites';
import { promiseTable } from './promise-table';
import { figuresFile, resultsFile, type Figure } from './promises';
import { createStages, sum, summarize, type Stage, type StageResult } from './stages';

/** The folder of the files of each script. The first match applies. */
const scripts: readonly (readonly [script: string, folder: string])[] = [
  ['suite:long', 'test/long/'],
  ['suite:panel', 'test/e2e/panel/'],
  ['suite:own-windows', 'test/e2e/own-window/'],
  ['suite:window', 'test/e2e/'],
  ['suite:host', 'test/host/'],
  ['test:unit', 'test/'],
];
const reportFile = inRepository('docs', 'promises.md');

function stagesFor(files: readonly PromiseFile[]): readonly Stage[] {
  const scriptOf = (file: string): string =>
    scripts.find(([, folder]) => file.startsWith(folder))?.[0] ?? 'test:unit';
  return scripts
    .map(([script]): Stage => {
      const args = files.map(({ file }) => file).filter((file) => scriptOf(file) === script);
      return { script, kind: 'suite', args };
    })
    .filter(({ args }) => args && args.length > 0);
}

/** Runs the real-time waits in parallel with the other suites, which run one by one because they measure times. */
async function runAll(files: readonly PromiseFile[]): Promise<readonly StageResult[]> {
  const stages = createStages({
    timeoutMs: 60 * 60_000,
    env: { O1MINI_PROMISES: 'full', O1MINI_PROMISE_RESULTS: resultsFile },
  });
  const results = [...(await stages.setUp()), await stages.run({ script: 'build', kind: 'check' })];
  if (sum(results).failed > 0) return results;
  const all = stagesFor(files);
  const longStages = all.filter(({ script }) => script === 'suite:long').map((stage) => stages.start(stage));
  for (const stage of all.filter(({ script }) => script !== 'suite:long'))
    results.push(await stages.run(stage));
  for (const started of longStages) results.push(await stages.join(started));
  return results;
}

function linesOf(file: string): readonly unknown[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}

async function runPromises(): Promise<number> {
  for (const file of [figuresFile, resultsFile]) rmSync(file, { force: true });
  mkdirSync(inRepository('out', 'promises'), { recursive: true });
  const files = findPromiseFiles();
  const tally = summarize(await runAll(files));
  const report = reportOn(promiseTable, {
    files,
    results: linesOf(resultsFile) as readonly TestResult[],
    figures: linesOf(figuresFile) as readonly Figure[],
    date: new Date(),
    commit: gitState(),
  });
  mkdirSync(inRepository('docs'), { recursive: true });
  writeFileSync(reportFile, await format(report.markdown, { parser: 'markdown', printWidth: 110 }));
  console.log(`\n── promises\n${report.lines.join('\n')}\n\nWritten to docs/promises.md`);
  return report.allHold && tally.failed === 0 ? 0 : 1;
}

runPromises().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
