import { parseBlocks } from '../../src/webview/markdown/parser';
import { slowTexts } from '../fixtures/hostile/slow';
import { printFigures } from './print-figures';
import { size, times, type Ratio } from './slow-markdown';

/** The shortest time of several attempts to parse the text, in ms. */
function parseTime(text: string): number {
  let shortest = Infinity;
  for (let round = 0; round < 5; round++) {
    const before = performance.now();
    parseBlocks(text, {});
    shortest = Math.min(shortest, performance.now() - before);
  }
  return shortest;
}

const longTexts = new Map(slowTexts(size * times));
const ratios = slowTexts(size).map(([name, text]): Ratio => ({
  name,
  // Shorter times are imprecise, and irrelevant.
  ratio: parseTime(longTexts.get(name) ?? '') / Math.max(parseTime(text), 2),
}));
printFigures(Promise.resolve(ratios));
