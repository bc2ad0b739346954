import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const python = 'def area(r: float) -> float:\n    """Of a circle."""\n    return 3.14159 * r ** 2\n';
const fence = (code: string, info: string): string => `\`\`\`${info}\n${code}\`\`\`\n`;
const linesOf = (count: number): string =>
  Array.from({ length: count }, (_, at) => `const value${at} = compute(${at}); // ${'.'.repeat(at)}\n`).join(
    '',
  );

describe('A code block in the panel', () => {
  const panel = usePanel();
  const block = (): Locator => panel.page.locator('.code-block');
  const show = (markdown: string): Promise<void> =>
    panel.post(snapshot(turn('a', { choices: [choice(markdown)] })));

  for (const [info, name] of [
    ['py', 'Python'],
    ['TypeScript', 'TypeScript'],
    ['c++', 'C++'],
    ['sh', 'Shell'],
    ['', 'Text'],
    ['brainfuck', 'brainfuck'],
    ['__proto__', '__proto__'],
  ] as const) {
    it(`shows its language: ${info} is ${name}`, async () => {
      await show(fence(python, info));
      await block().getByText(name, { exact: true }).waitFor();
    });
  }

  it('shows the number of its lines', async () => {
    await show(`${fence(python, 'py')}\n${fence('one\n', '')}\n${fence('', '')}`);
    assert.deepEqual(await panel.page.locator('.code-count').allInnerTexts(), [
      '3 lines',
      '1 line',
      '0 lines',
    ]);
  });

  it('posts the action of its buttons with the whole code, its language and its turn', async () => {
    const code = linesOf(120);
    await show(fence(code, 'TS'));
    const bar = panel.page.getByRole('toolbar', { name: 'Code actions' });
    const editing = ['Insert at Cursor', 'Replace Selection', 'Open in New File', 'Compare'];
    const labels = ['Copy', ...editing, 'More Actions…'];
    for (const label of labels) await bar.getByRole('button', { name: label, exact: true }).click();
    assert.deepEqual(await panel.received(), [
      { type: 'copy', text: code },
      ...(['insert', 'replaceSelection', 'openInNewFile', 'compare', 'moreActions'] as const).map((type) => ({
        type,
        code,
        language: 'ts',
        turnId: 'a',
      })),
    ]);
  });

  it('can wrap its lines', async () => {
    await show(fence(`${'word '.repeat(100)}\n`, ''));
    const overflow = (): Promise<number> =>
      block()
        .locator('pre')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    assert.ok((await overflow()) > 0);
    await panel.page.getByRole('button', { name: 'Wrap Lines', pressed: false }).click();
    assert.equal(await overflow(), 0);
    await panel.page.getByRole('button', { name: 'Wrap Lines', pressed: true }).click();
    assert.ok((await overflow()) > 0);
  });

  it('is collapsed if it is long, and can be expanded', async () => {
    await show(fence(linesOf(120), 'ts'));
    const height = async (): Promise<number> => (await block().boundingBox())?.height ?? 0;
    const collapsedHeight = await height();
    assert.ok(collapsedHeight < 400, `${collapsedHeight}`);
    await panel.button('Show all 120 lines').click();
    assert.ok((await height()) > 1500);
    assert.equal(await block().locator('pre').textContent(), linesOf(120));
    await panel.button('Show less').click();
    assert.equal(await height(), collapsedHeight);
    await panel.button('Show all 120 lines').waitFor();
  });

  it('is not collapsed if it is short', async () => {
    await show(fence(linesOf(30), 'ts'));
    assert.equal(await panel.page.getByRole('button', { name: /^Show/ }).count(), 0);
  });

  it('is not collapsed while it is written, nor when it is complete', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering'), choices: [choice('```ts\n')] })),
      changes(2, text('a', linesOf(100))),
    );
    assert.equal(await panel.page.getByRole('button', { name: /^Show/ }).count(), 0);
    await panel.post(changes(3, text('a', '```\n\nThe end.\n')));
    await panel.post(changes(4, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    await panel.button('Show less').waitFor();
    assert.equal(await block().evaluate((element) => element.classList.contains('folded')), false);
    await panel.button('Show less').click();
    await panel.button('Show all 100 lines').waitFor();
  });

  it('has one tab stop for all of its buttons, and arrow keys move between them', async () => {
    await show(fence(python, 'py'));
    await panel.button('Copy').focus();
    const focused = (): Promise<string | null | undefined> =>
      panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    for (const [key, name] of [
      ['ArrowRight', 'Insert at Cursor'],
      ['End', 'More Actions…'],
      ['ArrowRight', 'Wrap Lines'],
      ['ArrowLeft', 'More Actions…'],
      ['Home', 'Wrap Lines'],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.equal(await focused(), name);
    }
    assert.equal(
      await panel.page.locator('[role=toolbar][aria-label="Code actions"] [tabindex="0"]').count(),
      1,
    );
    await panel.page.keyboard.press('Enter');
    await panel.page.getByRole('button', { name: 'Wrap Lines', pressed: true }).waitFor();
  });

  for (const width of [240, 420, 900]) {
    it(`fits into ${width} pixels, in each theme`, async () => {
      await panel.page.setViewportSize({ width, height: 900 });
      await show(
        `The area:\n\n${fence(python, 'py')}\n- In a list:\n\n  \`\`\`typescriptreact\n  let x = 1;\n  \`\`\`\n\n${fence(linesOf(120), 'ts')}`,
      );
      await panel.button('Show all 120 lines').waitFor();
      assert.equal(await panel.overflow(), 0);
      const cut = await panel.page
        .locator('.code-block')
        .evaluateAll((all) =>
          Math.max(...all.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)),
        );
      assert.ok(cut <= 0, `${cut} pixels of a heading are cut off`);
      await panel.button('Wrap Lines').first().click();
      await panel.screenshotInThemes(`code-${width}`);
    });
  }
});
