import { launchBrowser } from '../support/chromium';
import { longestTask, longestTaskLimit, slowAnswers } from '../support/freezing';
import { lineOf, type BenchLine } from './line';

const megabyte = 1_000_000;

/** The longest task of the panel while it renders texts that were made to freeze it. */
export async function benchFreeze(): Promise<readonly BenchLine[]> {
  const browser = await launchBrowser();
  const answers = slowAnswers();
  const worst = { longest: 0, name: '' };
  try {
    for (const { name, text: input } of answers) {
      // A short text takes longest when it is rendered again with each part.
      for (const delivery of input.length < megabyte / 2
        ? (['streamed'] as const)
        : (['whole', 'streamed'] as const)) {
        const longest = await longestTask(browser, input, delivery).catch(() => Infinity);
        if (longest > worst.longest) Object.assign(worst, { longest, name: `${name}, ${delivery}` });
      }
    }
  } finally {
    await browser.close();
  }
  const label = `Longest task for ${answers.length} texts of up to 10 MB made to freeze the panel; the worst: ${worst.name}`;
  return [
    lineOf('', label, worst.longest, {
      goal: longestTaskLimit,
      limit: 5 * longestTaskLimit,
      unit: ' ms of CPU',
      digits: 0,
    }),
  ];
}
