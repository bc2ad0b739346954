import { changes, choice, snapshot, text, turn } from '../e2e/panel/views';
import { launchBrowser } from '../support/chromium';
import { openPanel } from '../support/panel-page';
import { lineOf, type BenchLine } from './line';
import { mixedAnswer } from './long-answers';

const turns = 1000;
const rounds = 9;
/** In ms, from the host's message to the end of the conversation on the screen. */
const bounds = { goal: 100, limit: 400, unit: ' ms', digits: 0 };

/** Opening a chat of many turns, each with an answer of 2 KB. */
export async function benchOpening(): Promise<readonly BenchLine[]> {
  const answers = mixedAnswer(60);
  const chat = snapshot(
    ...Array.from({ length: turns }, (_, index) => {
      const from = (index * 37) % (answers.length - 2048);
      return turn(`t${index}`, { choices: [choice(answers.slice(from, from + 2048))] }, `Question ${index}`);
    }),
  );
  const more = changes(2, text(`t${turns - 1}`, 'Said after that.'));
  const [seen, whole]: [number[], number[]] = [[], []];
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
        [chat, more] as const,
      );
      if (times.articles !== 2 * turns) throw new Error('Not all turns are there.');
      seen.push(times.painted);
      whole.push(times.all);
      await panel.close();
    }
  } finally {
    await browser.close();
  }
  // Another process can only make it longer.
  const [end, all] = [Math.min(...seen), Math.min(...whole)];
  const what = `Opening a chat of 1,000 turns until its end is painted (all turns after ${all.toFixed(0)} ms), best of ${rounds}`;
  return [lineOf('P10', what, end, bounds)];
}
