import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type Area, differentAreas, framesOf } from '../../support/paint';
import { usePanel } from '../../support/use-panel';
import { answeredTurn, snapshot } from './views';

const WIDTH_PX = 10;

describe('Scrollbars', () => {
  const panel = usePanel({ scrollbars: 'visible' });
  const log = (): Locator => panel.page.getByRole('log', { name: 'Conversation' });

  beforeEach('show a long conversation', async () => {
    await panel.page.evaluate(() => {
      const { style } = document.documentElement;
      style.setProperty('--vscode-scrollbarSlider-background', '#ff0000');
      style.setProperty('--vscode-scrollbarSlider-hoverBackground', '#00ff00');
    });
    await panel.post(
      snapshot(answeredTurn('a', `\`\`\`\n${'wide '.repeat(99)}\n\`\`\`\n\n${'A line.\n\n'.repeat(99)}`)),
    );
    await panel.page.mouse.move(1, 1);
    await log().evaluate((element) => (element.scrollTop = 0));
  });

  /** The names of the scrollbars that an action shows, hides or colors. */
  async function changedBy(action: () => Promise<void>): Promise<readonly string[]> {
    const areas = [
      await scrollbarOf('conversation', log(), 'right'),
      await scrollbarOf('code', panel.page.locator('.code-block pre'), 'bottom'),
    ];
    const before = await panel.page.screenshot();
    await action();
    await framesOf(panel.page, 2);
    const different = await differentAreas(panel.page, [before, await panel.page.screenshot()], areas);
    return different.map((name) => name.replace(/:.*/, ''));
  }

  const hover = (element: Locator) => () => element.hover({ position: { x: 5, y: 5 } });
  const leave = (): Promise<void> => panel.questionBox().hover();

  it('are visible while the pointer is over the element that they scroll, and no longer', async () => {
    await leave();
    assert.deepEqual(await changedBy(hover(log())), ['conversation']);
    assert.deepEqual(await changedBy(hover(panel.page.locator('.code-block pre'))), ['code']);
    assert.deepEqual(await changedBy(leave), ['conversation', 'code']);
  });

  it('are visible while the conversation is scrolled with the keyboard', async () => {
    await leave();
    await panel.questionBox().focus();
    // Paints the scrollbar again.
    await log().evaluate((element) => (element.scrollTop = 1));
    assert.deepEqual(await changedBy(() => panel.page.keyboard.press('Control+ArrowUp')), ['conversation']);
  });

  it('have another color while the pointer is on them', async () => {
    await hover(log())();
    const { x, y } = await scrollbarOf('conversation', log(), 'right');
    assert.deepEqual(await changedBy(() => panel.page.mouse.move(x + 5, y + 5)), ['conversation']);
  });
});

async function scrollbarOf(name: string, element: Locator, edge: 'right' | 'bottom'): Promise<Area> {
  const box = await element.boundingBox();
  assert.ok(box);
  if (edge === 'right') return { ...box, name, x: box.x + box.width - WIDTH_PX, width: WIDTH_PX };
  return { ...box, name, y: box.y + box.height - WIDTH_PX, height: WIDTH_PX };
}
