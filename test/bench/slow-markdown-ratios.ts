import { parseBlocks } from '../../src/webview/markdown/parser';
import { slowTexts } from '../fixtures/hostile/slow';
import { size, times, type Ratio } from './slow-markdown';

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

const longer = new Map(slowTexts(size * times));
const ratios = slowTexts(size).map(([name, text]): Ratio => ({
  name,
  // What takes less than that is not measured well, and does not matter.
  ratio: timeOf(longer.get(name) ?? '') / Math.max(timeOf(text), 2),
}));
console.log(`figures ${JSON.stringify(ratios)}`);
