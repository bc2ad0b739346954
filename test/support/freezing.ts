import type { Browser } from 'playwright-core';
import { changes, choice, running, snapshot, text, turn } from '../e2e/panel/views';
import { slowTexts } from '../fixtures/hostile/slow';
import { openPanel, type PanelPage, type PanelWindow } from './panel-page';
import { longestTaskWhile } from './tracing';

/** Longest time for which an answer may keep the panel from responding to a click, in ms of CPU time. */
export const longestTaskLimit = 200;
/** The test gives up on rendering after this time, in ms. On a busy machine, rendering takes several times as long. */
const TIMEOUT_MS = 200_000;
const megabyte = 1_000_000;

/** Text that was made to keep the panel busy. */
export interface SlowAnswer {
  readonly name: string;
  readonly text: string;
}

const prose = 'It follows that **each** `step` has $x_i^2$ of them.\n\n';
const languages = ['js', 'py', 'cpp', 'html', 'css', 'sql', 'bash', 'json', 'yaml', 'xml'];

export function slowAnswers(): readonly SlowAnswer[] {
  const slow = slowTexts(20_000).map(([name, markdown]) => ({ name, text: markdown }));
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
 * The longest task while an answer is rendered, in ms of CPU time. Rejects if rendering takes too long. The text is
 * passed to the page before the measurement, because the task of Playwright that passes it must not count.
 */
export async function longestTask(
  browser: Browser,
  input: string,
  delivery: 'whole' | 'streamed',
): Promise<number> {
  const panel = await openPanel(browser);
  const { page } = panel;
  try {
    await page.evaluate((text) => Object.assign(window, { input: text }), input);
    return await longestTaskWhile(browser, () => render(panel, input, delivery));
  } finally {
    await panel.close();
  }
}

/** Lets the panel render the text in its page, including deferred work. */
async function render(panel: PanelPage, input: string, delivery: 'whole' | 'streamed'): Promise<void> {
  const { page } = panel;
  const start = performance.now();
  if (delivery === 'streamed') await panel.post(snapshot(turn('a', { status: running('answering') })));
  const step = delivery === 'whole' ? input.length : Math.max(2000, Math.ceil(input.length / 50));
  for (let at = 0, seq = 2; at < input.length; at += step, seq++) {
    if (performance.now() - start > TIMEOUT_MS) throw new Error('The answer was not rendered in time.');
    const message =
      delivery === 'whole' ? snapshot(turn('a', { choices: [choice('')] })) : changes(seq, text('a', ''));
    await page.evaluate(postPart, [JSON.stringify(message), at, at + step] as const);
  }
  // Work that waits for idle time counts too, and a task is reported only once it is over.
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 100), { timeout: 10_000 })),
  );
}

/** Posts a message with a part of the input as its text. */
function postPart([message, from, to]: readonly [string, number, number]): Promise<void> {
  const page = window as unknown as PanelWindow & { readonly input: string };
  const part = page.input.slice(from, to);
  return page.postToPanel(JSON.parse(message, (key, value: unknown) => (key === 'text' ? part : value)));
}
