import { inRepository } from '../support/paths';
import { figuresOf } from './figures';
import { lineOf, type BenchLine } from './line';

/** The length of the short texts in characters, and how many times as long the long texts are. */
export const size = 16_000;
export const times = 16;
/** Halfway between linear and quadratic growth. */
const limit = times ** 1.5;
/** Large enough, in MB, that the measured time does not include copying objects between generations. */
const youngGenerationMB = 128;

/** How many times as long the parsing of the long text takes. */
export interface Ratio {
  readonly name: string;
  readonly ratio: number;
}

/** Measures whether the time for Markdown that slows parsers down grows linearly with its length. */
export async function benchSlowMarkdown(): Promise<readonly BenchLine[]> {
  const script = inRepository('test/bench/slow-markdown-ratios.ts');
  const memory = `--max-semi-space-size=${youngGenerationMB}`;
  const ratios = await figuresOf<readonly Ratio[]>([memory, '--import', 'tsx', script]);
  const { name, ratio } = ratios.reduce((worst, other) => (other.ratio > worst.ratio ? other : worst));
  const label = `Parsing ${ratios.length} texts that slow parsers down, ${times} times as long; the worst: ${name}`;
  return [lineOf('P2', label, ratio, { goal: limit, limit, unit: ' times the time', digits: 1 })];
}
