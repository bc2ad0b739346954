import type { Browser } from 'playwright-core';
import { changes, choice, running, snapshot, text, turn } from '../e2e/panel/views';
import { slowTexts } from '../fixtures/hostile/slow';
import { launchBrowser } from '../support/chromium';
import { openPanel } from '../support/panel-page';
import type { BenchLine } from './line';

/** Milliseconds for which nothing may keep the panel from answering a click. */
const limit = 200;
/** Longer than this it is no figure any more. */
const patience = 60_000;
const megabyte = 1_000_000;

/** What an answer may be as a whole, and what is streamed of it. */
interface Freeze {
  readonly name: string;
  readonly text: string;
}

/** Code of the page, as text: keeps the longest task of the main thread. */
const watch = `
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: 'longtask', buffered: false });
`;

const prose = 'It follows that **each** `step` has $x_i^2$ of them.\n\n';
const languages = ['js', 'py', 'cpp', 'html', 'css', 'sql', 'bash', 'json', 'yaml', 'xml'];

function inputs(): readonly Freeze[] {
  const slow = slowTexts(20_000).map(([name, made]) => ({ name, text: made }));
  const code = languages.map((language) => ({
    name: `code in ${language}`,
    text: `\`\`\`${language}\n${'"\\<a b="{[(/*'.repeat(560)}\n\`\`\`\n\nEnd.\n\n`,
  }));
  return [
    ...slow,
    ...code,
    { name: '1 MB of prose', text: prose.repeat(megabyte / prose.length) },
    { name: '1 MB in a line', text: 'word '.repeat(megabyte / 5) },
    { name: '10 MB of prose', text: prose.repeat((10 * megabyte) / prose.length) },
  ];
}

/** The longest task while an answer is drawn, or Infinity where it was not drawn in time. */
async function longestTask(browser: Browser, input: string, way: 'whole' | 'streamed'): Promise<number> {
  const panel = await openPanel(browser);
  try {
    await panel.page.evaluate(watch);
    const start = performance.now();
    if (way === 'whole') await panel.say(snapshot(turn('a', { choices: [choice(input)] })));
    else {
      await panel.say(snapshot(turn('a', { status: running('answering') })));
      const step = Math.max(2000, Math.ceil(input.length / 50));
      for (let at = 0, seq = 2; at < input.length; at += step, seq++) {
        if (performance.now() - start > patience) return Infinity;
        await panel.say(changes(seq, text('a', input.slice(at, at + step))));
      }
    }
    // What was put off until there is time is part of it; a task is told of once it is over.
    await panel.page.evaluate(
      () =>
        new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 100), { timeout: 10_000 })),
    );
    return await panel.page.evaluate<number>('window.longest');
  } finally {
    await panel.close();
  }
}

export async function benchFreeze(): Promise<readonly BenchLine[]> {
  const browser = await launchBrowser({ headless: true });
  const lines: BenchLine[] = [];
  try {
    for (const { name, text: input } of inputs()) {
      // A short one is at its worst when it is drawn again with each piece.
      for (const way of input.length < megabyte / 2
        ? (['streamed'] as const)
        : (['whole', 'streamed'] as const)) {
        const longest = await longestTask(browser, input, way).catch(() => Infinity);
        const figure = Number.isFinite(longest) ? `${longest.toFixed(0)} ms` : 'not drawn in time';
        lines.push({
          text: `Longest task of the panel, ${name}, ${way}: ${figure} (limit ${limit} ms)`,
          reached: longest <= limit,
        });
      }
    }
  } finally {
    await browser.close();
  }
  return lines;
}
