import { changes, choice, snapshot, text, turn } from '../e2e/panel/views';
import { launchBrowser } from '../support/chromium';
import { openPanel } from '../support/panel-page';
import { lineOf, type BenchLine } from './line';
import { mixedAnswer } from './long-answers';

const turns = 1000;
const rounds = 9;
/** The time from the message of the host to the end of the conversation on the screen, in ms. */
const bounds = { goal: 100, limit: 400, unit: ' ms', digits: 0 };

/** Opens a chat of many turns, each with an answer of 2 KB. */
export async function benchOpening(): Promise<readonly BenchLine[]> {
  const answers = mixedAnswer(60);
  const chat = snapshot(
    ...Array.from({ length: turns }, (_, index) => {
      const from = (index * 37) % (answers.length - 2048);
      return turn(`t${index}`, { choices: [choice(answers.slice(from, from + 2048))] }, `Question ${index}`);
    }),
  );
  const laterChange = changes(2, text(`t${turns - 1}`, 'A later change.'));
  const [paintedTimes, completeTimes]: [number[], number[]] = [[], []];
  const browser = await launchBrowser();
  try {
    for (let round = 0; round < rounds; round++) {
      const panel = await openPanel(browser);
      const times = await panel.page.evaluate(
        async ([first, second]) => {
          const start = performance.now();
          dispatchEvent(new MessageEvent('message', { data: first }));
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          const painted = performance.now() - start;
          while (document.querySelector('[role=log][aria-busy]')) await new Promise(requestAnimationFrame);
          const all = performance.now() - start;
          dispatchEvent(new MessageEvent('message', { data: second }));
          return { painted, all, articles: document.querySelectorAll('article').length };
        },
        [chat, laterChange] as const,
      );
      if (times.articles !== 2 * turns) throw new Error('Some turns are missing.');
      paintedTimes.push(times.painted);
      completeTimes.push(times.all);
      await panel.close();
    }
  } finally {
    await browser.close();
  }
  // The shortest time counts, because other processes can only prolong it.
  const [end, all] = [Math.min(...paintedTimes), Math.min(...completeTimes)];
  const label = `Opening a chat of 1,000 turns until its end is painted (all turns after ${all.toFixed(0)} ms), best of ${rounds}`;
  return [lineOf('P10', label, end, bounds)];
}
