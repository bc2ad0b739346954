import type { Browser } from 'playwright-core';
import { changes, choice, running, snapshot, text, turn } from '../e2e/panel/views';
import { slowTexts } from '../fixtures/hostile/slow';
import { launchBrowser } from '../support/chromium';
import { openPanel, type PanelWindow } from '../support/panel-page';
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

/**
 * The longest task while an answer is drawn, or Infinity where it was not drawn in time. The text is in the page
 * beforehand: how Playwright brings it there is no task of the panel.
 */
async function longestTask(browser: Browser, input: string, way: 'whole' | 'streamed'): Promise<number> {
  const panel = await openPanel(browser);
  const { page } = panel;
  try {
    await page.evaluate((text) => Object.assign(window, { input: text }), input);
    await page.evaluate(watch);
    const start = performance.now();
    if (way === 'streamed') await panel.say(snapshot(turn('a', { status: running('answering') })));
    const step = way === 'whole' ? input.length : Math.max(2000, Math.ceil(input.length / 50));
    for (let at = 0, seq = 2; at < input.length; at += step, seq++) {
      if (performance.now() - start > patience) return Infinity;
      const message =
        way === 'whole' ? snapshot(turn('a', { choices: [choice('')] })) : changes(seq, text('a', ''));
      await page.evaluate(sayPart, [JSON.stringify(message), at, at + step] as const);
    }
    // What was put off until there is time is part of it; a task is told of once it is over.
    await page.evaluate(
      () =>
        new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 100), { timeout: 10_000 })),
    );
    return await page.evaluate<number>('window.longest');
  } finally {
    await panel.close();
  }
}

/** Says a message in whose text there is nothing yet with a part of the input in it. */
function sayPart([message, from, to]: readonly [string, number, number]): Promise<void> {
  const page = window as unknown as PanelWindow & { readonly input: string };
  const part = page.input.slice(from, to);
  return page.say(JSON.parse(message, (key, value: unknown) => (key === 'text' ? part : value)));
}

export async function benchFreeze(): Promise<readonly BenchLine[]> {
  const browser = await launchBrowser();
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
