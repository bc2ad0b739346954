import { createStages, sum, summarize, type Stage } from './stages';

/** The longest stage; it usually waits for its window. */
const shared: Stage = { script: 'suite:window', kind: 'suite' };
/** Run beside it; the stages of a row run one after the other. */
const beside: readonly (readonly Stage[])[] = [
  [
    { script: 'suite:panel', kind: 'suite' },
    { script: 'typecheck', kind: 'check' },
    { script: 'lint', kind: 'check' },
  ],
  [
    { script: 'suite:host', kind: 'suite' },
    { script: 'suite:own-windows', kind: 'suite' },
    { script: 'test:unit', kind: 'suite' },
  ],
];
/** It waits in real time, and needs neither a build nor the processor. */
const long: Stage = { script: 'test:long', kind: 'suite' };

async function testAll(): Promise<number> {
  const stages = createStages({ timeoutMs: 40 * 60_000 });
  const silence = stages.start(long);
  const results = [...(await stages.setUp()), await stages.run({ script: 'build', kind: 'check' })];
  if (sum(results).failed === 0) {
    const others = beside.map((row) => stages.runInTurn(row));
    results.push(await stages.run(shared));
    for (const other of (await Promise.all(others)).flat()) results.push(await stages.join(other));
  }
  results.push(await stages.join(silence));
  return summarize(results).failed === 0 ? 0 : 1;
}

testAll().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
