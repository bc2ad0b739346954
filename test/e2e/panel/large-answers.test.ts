import assert from 'node:assert/strict';
import { useBrowser } from '../../support/use-panel';
import { longestTask, longestTaskLimit } from '../../support/freezing';
import { openPanel, type PanelWindow } from '../../support/panel-page';
import { runs } from '../../support/promises';
import { longestTaskWhile } from '../../support/tracing';
import { choice, snapshot, turn } from './views';

/** Limit of a task in ms of CPU time, as in `freezing.test.ts`. */
const MAX_TASK_MS = runs(2000, longestTaskLimit);
const tableHeader = '| number | value | words | mark |\n| - | - | - | - |\n';

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}

interface LargeAnswer {
  readonly text: string;
  readonly parts: string;
  readonly first: string;
  readonly last: string;
  /** A text that occurs once, far from both ends. */
  readonly middle: string;
}

const task: LargeAnswer = {
  text: lines(10_000, (index) => `- [${index % 2 === 0 ? ' ' : 'x'}] task ${index}`),
  parts: 'li.task',
  first: 'task 0',
  last: 'task 9999',
  middle: 'task 5000',
};
const formulas: LargeAnswer = {
  text:
    tableHeader + lines(1000, (index) => `| $x_{${index}}$ | $\\frac{${index}}{b}$ | $\\sqrt{2}$ | $|y|$ |`),
  parts: 'tbody > tr',
  first: 'x_{0}',
  last: 'x_{999}',
  middle: 'x_{500}',
};
/** Rows for 5 MB in the full run of the promises, otherwise for 1 MB. */
const tableRows = runs(20_000, 97_000);
const table: LargeAnswer = {
  text:
    tableHeader +
    lines(tableRows, (index) => `| ${index} | value ${index} | some words in a cell | **bold** |`),
  parts: 'tbody > tr',
  first: 'value 0',
  last: `value ${tableRows - 1}`,
  middle: 'value 12345',
};

const answers: Readonly<Record<string, LargeAnswer>> = {
  'a table of megabytes': table,
  'a list of 10,000 tasks': task,
  'a table with a formula in each of 4,000 cells': formulas,
};

describe('A very large answer', () => {
  const browser = useBrowser();

  for (const [name, { text, parts, first, last, middle }] of Object.entries(answers)) {
    it(`leaves the page responsive, is complete and can be scrolled and searched: ${name}`, async function () {
      this.timeout(240_000);
      const panel = await openPanel(browser);
      const { page } = panel;
      const message = JSON.stringify(snapshot(turn('a', { choices: [choice('')] })));
      await page.evaluate((input) => Object.assign(window, { input }), text);
      const longest = await longestTaskWhile(browser, () =>
        page.evaluate((json) => {
          const host = window as unknown as PanelWindow & { readonly input: string };
          return host.postToPanel(
            JSON.parse(json, (key, value: unknown) => (key === 'text' ? host.input : value)),
          );
        }, message),
      );
      assert.ok(longest <= MAX_TASK_MS, `a task of ${longest} ms`);
      for (const [key, expected] of [
        ['End', last],
        ['Home', first],
      ] as const) {
        await page.getByRole('log').press(key);
        await page.locator(`.markdown ${parts}`, { hasText: expected }).first().waitFor();
      }
      await page.keyboard.press('Control+f');
      await page.getByRole('textbox', { name: 'Find' }).fill(middle);
      await page.getByRole('status', { name: 'Matches' }).getByText('1 of 1', { exact: true }).waitFor();
      await page.locator(`.markdown ${parts}`, { hasText: middle }).waitFor();
      await panel.close();
    });
  }

  for (const [name, { text }] of Object.entries({
    'a list of tasks': task,
    'a table of formulas': formulas,
  })) {
    it(`leaves the page responsive while it streams: ${name}`, async function () {
      this.timeout(120_000);
      const longest = await longestTask(browser, text.slice(0, 60_000), 'streamed');
      assert.ok(longest <= MAX_TASK_MS, `a task of ${longest} ms`);
    });
  }
});
