import type { Browser } from 'playwright-core';
import { changes, choice, running, snapshot, text, turn } from '../e2e/panel/views';
import { slowTexts } from '../fixtures/hostile/slow';
import { openPanel, type PanelPage, type PanelWindow } from './panel-page';
import { longestTaskWhile } from './tracing';

/** Longest time, in ms of CPU, for which an answer may keep the chat page from reacting to a click. */
export const longestTaskLimit = 200;
/** Drawing that takes longer than this, in ms, is given up. */
const patience = 60_000;
const megabyte = 1_000_000;

/** Text made to keep the chat page busy. */
export interface SlowAnswer {
  readonly name: string;
  readonly text: string;
}

const prose = 'It follows that **each** `step` has $x_i^2$ of them.\n\n';
const languages = ['js', 'py', 'cpp', 'html', 'css', 'sql', 'bash', 'json', 'yaml', 'xml'];

export function slowAnswers(): readonly SlowAnswer[] {
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
 * The longest task, in ms of CPU, while an answer is drawn. Rejects where that takes too long. The text is in the
 * page beforehand, because the task in which Playwright brings it there is none of the page's own.
 */
export async function longestTask(
  browser: Browser,
  input: string,
  way: 'whole' | 'streamed',
): Promise<number> {
  const panel = await openPanel(browser);
  const { page } = panel;
  try {
    await page.evaluate((text) => Object.assign(window, { input: text }), input);
    return await longestTaskWhile(browser, () => draw(panel, input, way));
  } finally {
    await panel.close();
  }
}

/** Lets the page draw the text that is in it, and do what it has put off. */
async function draw(panel: PanelPage, input: string, way: 'whole' | 'streamed'): Promise<void> {
  const { page } = panel;
  const start = performance.now();
  if (way === 'streamed') await panel.post(snapshot(turn('a', { status: running('answering') })));
  const step = way === 'whole' ? input.length : Math.max(2000, Math.ceil(input.length / 50));
  for (let at = 0, seq = 2; at < input.length; at += step, seq++) {
    if (performance.now() - start > patience) throw new Error('It was not drawn in time.');
    const message =
      way === 'whole' ? snapshot(turn('a', { choices: [choice('')] })) : changes(seq, text('a', ''));
    await page.evaluate(sayPart, [JSON.stringify(message), at, at + step] as const);
  }
  // Work that waits for idle time counts too, and a task is reported only once it is over.
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 100), { timeout: 10_000 })),
  );
}

/** Posts a message with a part of the input as its text. */
function sayPart([message, from, to]: readonly [string, number, number]): Promise<void> {
  const page = window as unknown as PanelWindow & { readonly input: string };
  const part = page.input.slice(from, to);
  return page.postToPanel(JSON.parse(message, (key, value: unknown) => (key === 'text' ? part : value)));
}
