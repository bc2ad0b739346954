import { parseBlocks } from '../../src/webview/markdown/parser';
import { slowTexts } from '../fixtures/hostile/slow';
import type { BenchLine } from './line';

/** Characters of the short texts, of which even those take milliseconds, and how many times as long the others are. */
const size = 32_000;
const times = 8;
/** Half of what a time would take that grows with the square; collecting the garbage of a long text takes its part. */
const limit = times ** 2 / 2;

/** Milliseconds that parsing takes at least. */
function timeOf(text: string): number {
  let least = Infinity;
  for (let round = 0; round < 5; round++) {
    const before = performance.now();
    parseBlocks(text, {});
    least = Math.min(least, performance.now() - before);
  }
  return least;
}

/** Whether the time that Markdown made for slow parsers takes grows with its length and no faster. */
export function benchSlowMarkdown(): readonly BenchLine[] {
  const longer = new Map(slowTexts(size * times));
  const ratios = slowTexts(size).map(([name, text]) => {
    const ratio = timeOf(longer.get(name) ?? '') / Math.max(timeOf(text), 2);
    return { name, ratio };
  });
  const { name, ratio } = ratios.reduce((worst, other) => (other.ratio > worst.ratio ? other : worst));
  const words = `${ratios.length} texts made for slow parsers, ${times} times as long`;
  return [
    {
      text: `${words}: at most ${ratio.toFixed(1)} times the time, ${name} (limit ${limit})`,
      reached: ratio <= limit,
    },
  ];
}
