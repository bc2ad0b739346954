import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

describe('Wide formulas', () => {
  const panel = usePanel();
  const formulas = (): Locator => panel.page.locator('.formula');
  const renderedFormulas = (): Locator => panel.page.locator('.formula .katex');
  const show = (text: string): Promise<void> => panel.post(snapshot(turn('a', { choices: [choice(text)] })));

  it('in a paragraph scroll separately if they are wider than the column, and are reached with Tab', async () => {
    await panel.page.setViewportSize({ width: 240, height: 640 });
    const row = Array.from({ length: 12 }, (_, at) => at).join(' & ');
    const after = Array.from({ length: 8 }, () => 'More text.').join('\n\n');
    await show(
      `$a$ is $A = \\begin{pmatrix} ${row} \\\\ ${row} \\end{pmatrix}$ and so on.\n\n- in $\\rule{40em}{1em}$\n\n${after}`,
    );
    const wide = panel.page.locator('.formula .scrollable[tabindex="0"]');
    await wide.nth(1).waitFor();
    assert.equal(await panel.overflow(), 0);
    await wide.first().focus();
    await panel.page.keyboard.press('End');
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
    const { right } =
      (await wide
        .first()
        .boundingBox()
        .then((box) => box && { right: box.x + box.width })) ?? {};
    assert.ok(right !== undefined && right <= 240);
  });

  it('with numbers have no scrollbar if there is space, and are never covered by their number', async () => {
    const numbered = [
      '\\begin{equation} a = b \\end{equation}',
      '\\begin{align} a &= b \\\\ c &= \\frac{d}{e} \\end{align}',
      '\\begin{gather} a \\\\ b \\end{gather}',
      'E = mc^2 \\tag{1}',
      'E = mc^2 \\tag*{A}',
    ];
    const wide = [`${'a + '.repeat(30)}b \\tag{2}`, `\\begin{align} ${'a + '.repeat(30)}b \\end{align}`];
    await show([...numbered, ...wide].map((source) => `$$${source}$$`).join('\n\n'));
    await renderedFormulas()
      .nth(numbered.length + wide.length - 1)
      .waitFor();
    const layouts = await formulas().evaluateAll((all) =>
      all.map((formula) => {
        const tag = formula.querySelector('.tag')?.getBoundingClientRect();
        const parts = [...formula.querySelectorAll('.base')].map((part) => part.getBoundingClientRect());
        return {
          scrolls: formula.scrollWidth > formula.clientWidth,
          covered: parts.some(({ right }) => !tag || right > tag.left),
        };
      }),
    );
    for (const [at, { scrolls, covered }] of layouts.entries()) {
      assert.equal(scrolls, at >= numbered.length, `formula ${at}`);
      assert.equal(covered, false, `formula ${at}`);
    }
  });
});
