import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { createTokenCounter, type TokenCounter } from '../../src/core/tokens/count';
import { inRepository } from '../support/paths';
import type { BenchLine } from './line';

/** Milliseconds to count 100 KB of code, at the median. */
const limit = 50;

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
    { text: `First count, the ranks read: ${cold.toFixed(0)} ms`, reached: true },
    {
      text: `Tokens of 100 KB of code: median ${code.toFixed(1)} ms of ${rounds} (limit ${limit} ms)`,
      reached: code <= limit,
    },
    { text: `Tokens of 50,000 equal letters: ${letters.toFixed(1)} ms`, reached: true },
  ];
}

/** Each time code that was not counted before: a count that is remembered takes no time. */
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
  const start = performance.now();
  await run();
  return performance.now() - start;
}
