import { inRepository } from '../support/paths';
import { figuresOf } from './figures';
import { lineOf, type BenchLine } from './line';

/** Characters of the short texts, and how many times as long the others are. */
export const size = 16_000;
export const times = 16;
/** In the middle between a time that grows with the length and one that grows with its square. */
const limit = times ** 1.5;
/** Megabytes; copying what still lives of a long text would be measured too. */
const youngGeneration = 128;

/** How many times as long the parsing of the longer text takes. */
export interface Ratio {
  readonly name: string;
  readonly ratio: number;
}

/** Whether the time that Markdown made for slow parsers takes grows with its length and no faster. */
export async function benchSlowMarkdown(): Promise<readonly BenchLine[]> {
  const script = inRepository('test/bench/slow-markdown-ratios.ts');
  const memory = `--max-semi-space-size=${youngGeneration}`;
  const ratios = await figuresOf<readonly Ratio[]>([memory, '--import', 'tsx', script]);
  const { name, ratio } = ratios.reduce((worst, other) => (other.ratio > worst.ratio ? other : worst));
  const what = `Parsing ${ratios.length} texts made for slow parsers, ${times} times as long; the worst: ${name}`;
  return [lineOf('P2', what, ratio, { goal: limit, limit, unit: ' times the time', digits: 1 })];
}
