import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './chromium';
import { inRepository } from './paths';
import { startGroup, type ProcessGroup } from './process-group';
import type { Tally } from './reporter';
import { installServer } from './server-install';

/** A script of package.json. A 'check' passes or fails as one; a 'suite' writes its own tally. */
export interface Stage {
  readonly script: string;
  readonly kind: 'check' | 'suite';
  /** Further arguments for the script. */
  readonly args?: readonly string[];
}

/** A stage that is running. */
interface StartedStage {
  readonly stage: Stage;
  readonly result: Promise<StageResult>;
  /** The output, if it is captured so that it does not mix with that of other stages. */
  readonly output: () => string;
}

export interface StageResult extends Tally {
  readonly stage: string;
  readonly remark: string;
}

export interface StageOptions {
  /** Stages that run longer are ended and count as failed. */
  readonly timeoutMs: number;
  /** Added to the environment of every stage. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Stages {
  /** Installs the browser and the server of VS Code if they are missing. */
  setUp(): Promise<readonly StageResult[]>;
  /** Runs a stage and shows its output. */
  run(stage: Stage): Promise<StageResult>;
  start(stage: Stage): StartedStage;
  /** Runs stages one by one, and captures their output. */
  runInTurn(stages: readonly Stage[]): Promise<readonly StartedStage[]>;
  /** Waits for a stage that was started, and shows its output. */
  join(started: StartedStage): Promise<StageResult>;
}

export function createStages(options: StageOptions): Stages {
  const startStage = (stage: Stage, output: 'shown' | 'captured'): StartedStage => {
    const tallyFile = inRepository('out', `${stage.script.replace(':', '-')}.tally`);
    mkdirSync(inRepository('out'), { recursive: true });
    rmSync(tallyFile, { force: true });
    const group = startGroup('npm', ['run', '--silent', stage.script, '--', ...(stage.args ?? [])], {
      env: { ...process.env, ...options.env, O1MINI_TALLY: tallyFile },
      output,
    });
    const result = resultOf(stage, group, tallyFile, options.timeoutMs);
    return { stage, result, output: () => group.output() };
  };
  return {
    setUp,
    run: (stage) => {
      console.log(`\n── ${stage.script}`);
      return startStage(stage, 'shown').result;
    },
    start: (stage) => startStage(stage, 'captured'),
    runInTurn: async (stages) => {
      const all: StartedStage[] = [];
      for (const stage of stages) {
        const started = startStage(stage, 'captured');
        all.push(started);
        await started.result;
      }
      return all;
    },
    join: async ({ stage, result, output }) => {
      console.log(`\n── ${stage.script}, in parallel`);
      const finished = await result;
      console.log(output());
      return finished;
    },
  };
}

async function setUp(): Promise<readonly StageResult[]> {
  try {
    await findChromium();
    await installServer();
    return [];
  } catch (error) {
    console.error(error);
    return [{ stage: 'set-up', ...failure('set-up'), remark: 'see above' }];
  }
}

async function resultOf(
  stage: Stage,
  group: ProcessGroup,
  tallyFile: string,
  timeoutMs: number,
): Promise<StageResult> {
  const started = performance.now();
  const watchdog = setTimeout(() => void group.kill(), timeoutMs);
  const code = await group.exited;
  clearTimeout(watchdog);
  const seconds = Math.round((performance.now() - started) / 1000);
  const tally =
    stage.kind === 'check' ? checkTally(code, stage.script) : suiteTally(code, stage.script, tallyFile);
  return { stage: stage.script, ...tally, remark: `${seconds} s` };
}

function checkTally(code: number, script: string): Tally {
  return code === 0 ? { passed: 1, failed: 0, failures: [] } : failure(script);
}

/** A suite that ended with an error or without a test, although no test failed, counts as one failure. */
function suiteTally(code: number, script: string, file: string): Tally {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const tally = sum(lines.map((line) => JSON.parse(line) as Tally));
  const crashed = tally.failed === 0 && (code !== 0 || tally.passed === 0);
  return crashed ? { ...failure(script), passed: tally.passed } : tally;
}

function failure(name: string): Tally {
  return { passed: 0, failed: 1, failures: [name] };
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((all, { passed }) => all + passed, 0),
    failed: tallies.reduce((all, { failed }) => all + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** Prints a line for each stage, the tests that failed, and the total, which it returns. */
export function summarize(results: readonly StageResult[]): Tally {
  console.log('\n── summary');
  for (const { stage, passed, failed, remark } of results) {
    console.log(`${stage.padEnd(17)} ${passed} passed, ${failed} failed (${remark})`);
  }
  const total = sum(results);
  for (const failed of total.failures) console.log(`failed: ${failed}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total;
}
