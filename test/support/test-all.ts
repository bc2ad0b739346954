import { createStages, sum, summarize, type Stage } from './stages';

/** Stages that run one by one, and whose output is shown while they run. */
const shownRow: readonly Stage[] = [
  { script: 'suite:window', kind: 'suite' },
  { script: 'test:unit', kind: 'suite' },
];
/** Rows of stages that run in parallel with it; those in one row run one by one. All rows take about the same time. */
const parallelRows: readonly (readonly Stage[])[] = [
  [
    { script: 'suite:panel', kind: 'suite' },
    { script: 'suite:host', kind: 'suite' },
  ],
  [
    { script: 'suite:own-windows', kind: 'suite' },
    { script: 'typecheck', kind: 'check' },
    { script: 'lint', kind: 'check' },
  ],
];
/** Waits in real time most of the time, and needs little processor time. */
const longStage: Stage = { script: 'suite:long', kind: 'suite' };

async function testAll(): Promise<number> {
  const stages = createStages({ timeoutMs: 60 * 60_000 });
  const results = [...(await stages.setUp()), await stages.run({ script: 'build', kind: 'check' })];
  if (sum(results).failed === 0) {
    const waiting = stages.start(longStage);
    const others = parallelRows.map((row) => stages.runInTurn(row));
    for (const stage of shownRow) results.push(await stages.run(stage));
    for (const other of (await Promise.all(others)).flat()) results.push(await stages.join(other));
    results.push(await stages.join(waiting));
  }
  return summarize(results).failed === 0 ? 0 : 1;
}

testAll().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
