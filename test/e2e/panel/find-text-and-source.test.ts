import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

describe('Find in the formulas of the conversation', () => {
  const panel = usePanel();
  const untilCount = (expected: string) =>
    panel.page.getByRole('status', { name: 'Matches' }).getByText(expected, { exact: true }).waitFor();

  async function find(query: string): Promise<void> {
    await panel.page.keyboard.press('Control+f');
    await panel.page.getByRole('textbox', { name: 'Find' }).fill(query);
  }
  /** The text of the current match. */
  const current = () =>
    panel.page.evaluate(() => {
      const [range] = CSS.highlights.get('o1mini-find-current') ?? [];
      return (range as Range | undefined)?.toString();
    });

  const answer =
    'Let $\\alpha + \\beta \\le 2\\alpha$ and $x$ be.\n\n$$\\frac{\\alpha}{\\text{no code}}$$\n\nAn α.';
  const found: Readonly<Record<string, readonly [count: number, first: string | undefined]>> = {
    α: [4, 'α'],
    '2α': [1, '2α'],
    '≤': [1, '≤'],
    'no code': [1, 'no\u00a0code'],
    'and x be': [1, undefined],
    '\\alpha + \\beta': [1, undefined],
    frac: [1, undefined],
    '+': [1, '+'],
    '\\text{no': [1, undefined],
  };
  for (const [query, [count, first]] of Object.entries(found)) {
    it(`finds what is shown and what is written, each once: ${query}`, async () => {
      await panel.post(snapshot(turn('a', { choices: [choice(answer)] }, 'Q')));
      await panel.page.locator('.katex').nth(2).waitFor();
      await find(query);
      await untilCount(`1 of ${count}`);
      if (first !== undefined) assert.equal(await current(), first);
    });
  }

  it('goes through them in the order of the page', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('An $a$, a b, and $b = a$.')] }, 'Q')));
    await panel.page.locator('.katex').nth(1).waitFor();
    await find('b');
    await untilCount('1 of 2');
    const inFormula = () =>
      panel.page.evaluate(() => {
        const [range] = CSS.highlights.get('o1mini-find-current') ?? [];
        return (range as Range).startContainer.parentElement?.closest('.formula') !== null;
      });
    assert.equal(await inFormula(), false);
    await panel.page.keyboard.press('Enter');
    await untilCount('2 of 2');
    assert.equal(await inFormula(), true);
  });

  it('finds symbols in answers that are not rendered yet', async () => {
    const filler = Array.from({ length: 60 }, (_, index) =>
      turn(`f${index}`, { choices: [choice(`Filler ${index}.\n\n${'Words. '.repeat(60)}`)] }, 'Next'),
    );
    await panel.post(
      snapshot(
        turn('far', { choices: [choice('So $\\alpha \\to \\infty$, $\\alphabet$.')] }, 'First'),
        ...filler,
      ),
    );
    await find('α → ∞');
    await untilCount('1 of 1');
    await find('α');
    await untilCount('1 of 1');
  });

  it('scrolls sideways to a match in a wide formula', async () => {
    const terms = Array.from({ length: 60 }, (_, index) => `a_{${index}}`).join(' + ');
    for (const formula of [`$$${terms} + \\omega$$`, `So $\\sqrt{${terms} + \\omega}$ is.`]) {
      await panel.post(snapshot(turn('a', { choices: [choice(formula)] }, 'Q')));
      await panel.page.locator('.katex').waitFor();
      await find('ω');
      await untilCount('1 of 1');
      await panel.page.waitForFunction(() => {
        const [range] = CSS.highlights.get('o1mini-find-current') ?? [];
        const { left, right, width } = (range as Range).getBoundingClientRect();
        return width > 0 && left > 0 && right < innerWidth;
      });
    }
  });
});
