import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './chromium';
import { inRepository } from './paths';
import { startGroup, type ProcessGroup } from './process-group';
import type { Tally } from './reporter';
import { installServer } from './server-install';

/** A 'check' passes or fails as a whole; a 'suite' writes its own tally through the mocha reporter. */
interface Stage {
  readonly script: string;
  readonly kind: 'check' | 'suite';
}

/** A stage at work. */
interface Started {
  readonly stage: Stage;
  readonly result: Promise<Result>;
  /** What it said, where that was kept so as not to garble what the others say. */
  readonly said: () => string;
}

interface Result extends Tally {
  readonly stage: string;
  readonly remark: string;
}

/** It takes longest, and mostly waits for its window. */
const shared: Stage = { script: 'suite:window', kind: 'suite' };
/** Meanwhile, beside each other; those in a row one after the other. */
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
const hangsAfterMs = 20 * 60_000;

async function setUp(): Promise<readonly Result[]> {
  try {
    await findChromium();
    await installServer();
    return [];
  } catch (error) {
    console.error(error);
    return [{ stage: 'set-up', ...failure('set-up'), remark: 'see above' }];
  }
}

async function run(stage: Stage): Promise<Result> {
  console.log(`\n── ${stage.script}`);
  return start(stage, 'shown').result;
}

/** What the others need; they are not run without it. */
async function build(): Promise<Result> {
  return run({ script: 'build', kind: 'check' });
}

/** Runs stages one after the other, and gives what they said to be shown at the end. */
async function runInTurn(stages: readonly Stage[]): Promise<readonly Started[]> {
  const all: Started[] = [];
  for (const stage of stages) {
    const started = start(stage, 'kept');
    all.push(started);
    await started.result;
  }
  return all;
}

function start(stage: Stage, output: 'shown' | 'kept'): Started {
  const tallyFile = inRepository('out', `${stage.script.replace(':', '-')}.tally`);
  mkdirSync(inRepository('out'), { recursive: true });
  rmSync(tallyFile, { force: true });
  const group = startGroup('npm', ['run', '--silent', stage.script], {
    env: { ...process.env, O1MINI_TALLY: tallyFile },
    output,
  });
  return { stage, result: resultOf(stage, group, tallyFile), said: () => group.output() };
}

async function resultOf(stage: Stage, group: ProcessGroup, tallyFile: string): Promise<Result> {
  const started = performance.now();
  const watchdog = setTimeout(() => void group.kill(), hangsAfterMs);
  const code = await group.exited;
  clearTimeout(watchdog);
  const seconds = Math.round((performance.now() - started) / 1000);
  const tally =
    stage.kind === 'check' ? checkTally(code, stage.script) : suiteTally(code, stage.script, tallyFile);
  return { stage: stage.script, ...tally, remark: `${seconds} s` };
}

/** Shows what the stage said meanwhile, once it has said all. */
async function join({ stage, result, said }: Started): Promise<Result> {
  console.log(`\n── ${stage.script}, beside the others`);
  const ended = await result;
  console.log(said());
  return ended;
}

function checkTally(code: number, script: string): Tally {
  return code === 0 ? { passed: 1, failed: 0, failures: [], triedAgain: [] } : failure(script);
}

/** A suite that ended badly, or ran no test, without a failed test to show for it counts as one failure. */
function suiteTally(code: number, script: string, file: string): Tally {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const tally = sum(lines.map((line) => JSON.parse(line) as Tally));
  const crashed = tally.failed === 0 && (code !== 0 || tally.passed === 0);
  return crashed ? { ...failure(script), passed: tally.passed } : tally;
}

function failure(what: string): Tally {
  return { passed: 0, failed: 1, failures: [what], triedAgain: [] };
}

function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((all, { passed }) => all + passed, 0),
    failed: tallies.reduce((all, { failed }) => all + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
    triedAgain: tallies.flatMap(({ triedAgain }) => triedAgain),
  };
}

async function testAll(): Promise<number> {
  const silence = start(long, 'kept');
  const results = [...(await setUp()), await build()];
  if (sum(results).failed === 0) {
    const others = beside.map(runInTurn);
    results.push(await run(shared));
    for (const other of (await Promise.all(others)).flat()) results.push(await join(other));
  }
  results.push(await join(silence));
  console.log('\n── summary');
  for (const { stage, passed, failed, remark } of results) {
    console.log(`${stage.padEnd(10)} ${passed} passed, ${failed} failed (${remark})`);
  }
  const total = sum(results);
  for (const again of total.triedAgain) console.log(`tried again: ${again}`);
  for (const failed of total.failures) console.log(`failed: ${failed}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

testAll().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
