import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { createTokenCounter, type TokenCounter } from '../../src/core/tokens/token-counter';
import { inRepository } from '../support/paths';
import { informationOf, lineOf, type BenchLine } from './line';

const codeLength = 100 * 1024;
const rounds = 15;

export async function benchTokens(): Promise<readonly BenchLine[]> {
  const counter = createTokenCounter(
    () => readFile(inRepository('dist/o200k_base.json')),
    () => setTimeout(0),
  );
  const cold = await milliseconds(() => counter.count('a'));
  const code = await codeMilliseconds(counter);
  const letters = await milliseconds(() => counter.count('a'.repeat(50_000)));
  return [
    informationOf('', 'Loading the token table for the first count', `${cold.toFixed(0)} ms of CPU`),
    lineOf('', 'Counting the tokens of 100 KB of code', code, {
      goal: 50,
      limit: 100,
      unit: ' ms of CPU',
      digits: 1,
    }),
    informationOf('', 'Counting the tokens of 50,000 identical letters', `${letters.toFixed(1)} ms of CPU`),
  ];
}

/** Each round counts different code, because counts are cached. */
async function codeMilliseconds(counter: TokenCounter): Promise<number> {
  const source = readFileSync(inRepository('node_modules/typescript/lib/typescript.js'), 'utf8');
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const code = source.slice(round * codeLength, (round + 1) * codeLength);
    times.push(await milliseconds(() => counter.count(code)));
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
}

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
