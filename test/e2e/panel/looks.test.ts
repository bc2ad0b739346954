import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import { launchBrowser } from '../../support/chromium';
import { openPanel, type PanelPage } from '../../support/panel-page';
import { panelThemes } from '../../support/panel-themes';
import { choice, running, snapshot, turn } from './views';

const retry = {
  left: 42_000,
  attempt: 2,
  of: 2,
  because: 'The service has too many requests at the moment.',
};
const estimate = {
  model: 'o1-mini',
  words: '1,234 tokens · at most $0.11',
  explanation: 'In a sentence.',
  level: 'fine',
} as const;
const code =
  '```python\ndef area(r: float) -> float:\n    """Of a circle."""\n    return 3.14159 * r ** 2\n```\n';
const details = [
  { label: 'Model', value: 'o1-mini-2024-09-12' },
  { label: 'Request ID', value: 'req_0123456789abcdef0123456789abcdef' },
  { label: 'Thinking', value: '12.4 s, 1,024 tokens' },
  { label: 'Price', value: '$0.0123 (57 tokens in, 2,167 out)' },
];
const selection = { type: 'selection', selection: { label: 'orbits.py:3-10', lineCount: 8 } } as const;

const states: Readonly<Record<string, readonly ToWebviewMessage[]>> = {
  alternatives: [
    snapshot(
      turn(
        'a',
        {
          choices: [
            choice(`The area of a circle is its radius squared, times pi.\n\n${code}`),
            choice('B'),
            choice('C'),
          ],
          notes: { summary: '57 prompt · 2,167 completion · 1,024 reasoning tokens', details },
        },
        'Write a function for the area of a circle.',
      ),
    ),
    selection,
    { type: 'estimate', estimate },
  ],
  refusal: [
    snapshot(
      turn(
        'a',
        { choices: [choice('', { refusal: "I'm sorry, but I can't help with that." })] },
        'Do something bad.',
      ),
    ),
    { type: 'estimate', estimate: { ...estimate, words: '' } },
  ],
  remarks: [
    snapshot(
      turn(
        'a',
        {
          status: {
            kind: 'done',
            remark: {
              text: 'All 25,000 tokens went into thinking, and none were left for the answer.',
              buttons: [{ action: 'retryDoubled', label: 'Retry with 50,000 tokens', hint: 'At most $0.22' }],
            },
          },
          notes: { summary: '25,000 tokens · $0.11', details },
        },
        'Prove it.',
      ),
      turn(
        'b',
        {
          choices: [choice(`The area of a circle is $\\pi r^2$, as a limit of polygons shows.`)],
          status: {
            kind: 'done',
            remark: {
              text: 'Cut off at the token limit of 25,000.',
              buttons: [
                { action: 'continueAnswer', label: 'Continue' },
                { action: 'retryDoubled', label: 'Retry with 50,000 tokens' },
              ],
            },
          },
          notes: { summary: '25,057 tokens · $0.11', details },
        },
        'And this?',
      ),
    ),
    {
      type: 'estimate',
      estimate: { ...estimate, words: '140,000 tokens · at most $0.53', level: 'too-much' },
    },
  ],
  retrying: [snapshot(turn('a', { status: running('waiting', { retry }) })), { type: 'estimate', estimate }],
  thinking: [
    snapshot(turn('a', { status: running('thinking', { elapsed: 12_000, usual: 'usually 8–20 s' }) })),
    selection,
    { type: 'estimate', estimate },
  ],
  problem: [
    snapshot(
      turn('a', {
        choices: [choice('Half an answer')],
        status: {
          kind: 'incomplete',
          problem: {
            title: 'The connection broke',
            explanation: 'What came is kept.',
            buttons: [
              { action: 'continueAnswer', label: 'Continue' },
              { action: 'retry', label: 'Retry' },
              { action: 'showLog', label: 'Show Log' },
            ],
          },
        },
      }),
    ),
    { type: 'estimate', estimate },
  ],
};

describe('The look of the panel', () => {
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchBrowser({ headless: true });
    panel = await openPanel(browser);
  });
  after(() => browser.close());

  for (const [state, messages] of Object.entries(states)) {
    it(`fits into every width and theme: ${state}`, async () => {
      await panel.say(...messages);
      await panel.page.getByRole('textbox').fill('And of a sphere?');
      for (const summary of await panel.page.locator('footer summary:visible').all()) await summary.click();
      for (const width of [240, 420]) {
        await panel.page.setViewportSize({ width, height: 640 });
        assert.equal(await panel.overflow(), 0, `${width} pixels`);
        for (const theme of Object.keys(panelThemes) as (keyof typeof panelThemes)[]) {
          await panel.theme(theme);
          await panel.screenshot(`${state}-${theme}-${width}`);
        }
      }
    });
  }
});
