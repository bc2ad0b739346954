import { parseBlocks } from '../../src/webview/markdown/parser';
import { slowTexts } from '../fixtures/hostile/slow';
import type { BenchLine } from './line';

/**
 * Characters of the short texts, and how many times as long the others are. What the tokens of still shorter ones take
 * has room in the caches of the processor: it would be these that are measured.
 */
const size = 256_000;
const times = 4;
/** A time that grows with the square would be 16 times as long. */
const limit = times * 2;

/** Milliseconds of the processor that parsing takes at least. */
function timeOf(text: string): number {
  let least = Infinity;
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    parseBlocks(text, {});
    least = Math.min(least, process.cpuUsage(before).user / 1000);
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
