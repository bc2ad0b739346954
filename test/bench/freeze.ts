import { launchBrowser } from '../support/chromium';
import { longestTask, longestTaskLimit, slowAnswers } from '../support/freezing';
import type { BenchLine } from './line';

const megabyte = 1_000_000;

export async function benchFreeze(): Promise<readonly BenchLine[]> {
  const browser = await launchBrowser();
  const lines: BenchLine[] = [];
  try {
    for (const { name, text: input } of slowAnswers()) {
      // A short one is at its worst when it is drawn again with each piece.
      for (const way of input.length < megabyte / 2
        ? (['streamed'] as const)
        : (['whole', 'streamed'] as const)) {
        const longest = await longestTask(browser, input, way).catch(() => Infinity);
        const figure = Number.isFinite(longest) ? `${longest.toFixed(0)} ms` : 'not drawn in time';
        lines.push({
          text: `Longest task of the panel, ${name}, ${way}: ${figure} (limit ${longestTaskLimit} ms)`,
          reached: longest <= longestTaskLimit,
        });
      }
    }
  } finally {
    await browser.close();
  }
  return lines;
}
