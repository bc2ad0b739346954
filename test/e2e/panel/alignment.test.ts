import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { withStyles } from '../../support/paint';
import { usePanel } from '../../support/use-panel';
import { errorCard, estimate, selection } from './screen-content';
import { screens } from './screens';
import { choice, running, snapshot, turn } from './views';

describe('The parts of the panel', () => {
  const panel = usePanel();
  const resize = (width: number, height = 640) => panel.page.setViewportSize({ width, height });

  for (const width of [240, 320, 480, 700]) {
    it(`have Stop next to Add to Queue, in a view of ${width} pixels`, async () => {
      await resize(width);
      await panel.post(snapshot(turn('a', { status: running('thinking') })), {
        type: 'estimate',
        estimate: { ...estimate, effort: 'medium', verbosity: 'default' },
      });
      await panel.questionBox().fill('Why?');
      const [add, stop] = [await areaOf(panel.button('Add to Queue')), await areaOf(panel.button('Stop'))];
      const distance = stop.left - add.right;
      assert.ok(distance >= 0 && distance < 15, `${distance} pixels between them`);
    });

    it(`show the language and all actions of code in a question, in a view of ${width} pixels`, async () => {
      await resize(width);
      await panel.post(snapshot(turn('a', {}, 'Why?\n\n```typescript\nlet a\n```')));
      const block = panel.page.locator('.code-block');
      const { left, right } = await areaOf(block);
      for (const button of await block.getByRole('button').all()) {
        const area = await areaOf(button);
        assert.ok(area.left >= left && area.right <= right, String(button));
      }
      assert.equal(await isTruncated(block.locator('.code-language')), false);
    });

    it(`show all of the warning about a request that is too large, in a view of ${width} pixels`, async () => {
      await resize(width);
      const text = '1,140,000 tokens · at most $10.53';
      await panel.post(snapshot(), { type: 'estimate', estimate: { ...estimate, text, level: 'too-much' } });
      assert.equal(await isTruncated(panel.page.locator('.estimate')), false);
    });
  }

  it('show the beginning of the welcome in a low view, also after another chat', async () => {
    await resize(320, 360);
    const title = panel.page.getByRole('heading', { name: 'Ask o1-mini' });
    for (const turns of [[], [turn('a', { choices: [choice('One.\n\n'.repeat(90))] })], []]) {
      await panel.post(snapshot(...turns), selection);
      assert.equal(await panel.button('Scroll to End').isVisible(), false);
      if (turns.length === 0) assert.ok((await areaOf(title)).top >= 0);
    }
  });

  it('have an error in the column of the question box, in a wide view', async () => {
    await resize(1200);
    await panel.post(snapshot(), { type: 'notice', notice: errorCard });
    const card = await areaOf(panel.page.getByRole('alert'));
    const box = await areaOf(panel.page.locator('.question-box'));
    assert.deepEqual([card.left, card.right], [box.left, box.right]);
  });

  it('have a table that is read from right to left at the right edge', async () => {
    const tables = '| א | ב |\n| - | - |\n| ג | ד |\n\n| a | b |\n| - | - |\n| c | d |';
    await panel.post(snapshot(turn('a', { choices: [choice(tables)] })));
    const answer = await areaOf(panel.page.locator('.answer .markdown'));
    const [first, second] = await panel.page.getByRole('table').all();
    assert.ok(first && second);
    assert.equal((await areaOf(first)).right, answer.right);
    assert.equal((await areaOf(second)).left, answer.left);
  });

  it('have the border and the title of an alert at the side where its text begins', async () => {
    const alertsOf = '> [!NOTE]\n> ملاحظة مهمة\n\n> [!TIP]\n> Advice.\n\n> [!NOTE] הערה';
    await panel.post(snapshot(turn('a', { choices: [choice(alertsOf)] })));
    const sides = await panel.page.locator('.alert').evaluateAll((alerts) =>
      alerts.map((alert) => {
        const title = alert.querySelector('.alert-title')?.getBoundingClientRect().left ?? 0;
        const { left, width } = alert.getBoundingClientRect();
        return `${getComputedStyle(alert).direction} ${title > left + width / 2 ? 'right' : 'left'}`;
      }),
    );
    assert.deepEqual(sides, ['rtl right', 'ltr left', 'rtl right']);
  });

  it('show that an answer is in progress, also in forced colors', async () => {
    await panel.page.emulateMedia({ forcedColors: 'active' });
    await panel.post(snapshot(turn('a', { status: running('answering') })));
    const status = () => panel.page.getByRole('status').screenshot();
    const shown = await status();
    const withoutSign = await withStyles(panel.page, '.status::before { visibility: hidden }', status);
    await panel.page.emulateMedia({ forcedColors: 'none' });
    assert.notDeepEqual(shown, withoutSign);
  });

  it('show that the question box has the focus, also in forced colors', async () => {
    await panel.page.emulateMedia({ forcedColors: 'active' });
    const box = panel.page.locator('.question-box');
    const borderColor = () => box.evaluate((element) => getComputedStyle(element).borderTopColor);
    const before = await borderColor();
    await panel.questionBox().focus();
    const focused = await borderColor();
    await panel.page.emulateMedia({ forcedColors: 'none' });
    assert.notEqual(focused, before);
  });

  it('mark the current chat in the list, also in high contrast, where backgrounds do not', async () => {
    await panel.post(...screens.history.messages);
    await screens.history.act(panel);
    await panel.theme('high-contrast');
    const rows = panel.page.locator('.chat-row');
    await rows.nth(2).waitFor();
    const outlined = await rows.evaluateAll((all) =>
      all.map((row) => [row.ariaCurrent !== null, getComputedStyle(row).outlineStyle !== 'none']),
    );
    assert.deepEqual(outlined.toSorted(), [
      [false, false],
      [false, false],
      [true, true],
    ]);
  });
});

async function areaOf(part: Locator): Promise<{ left: number; right: number; top: number }> {
  const box = await part.boundingBox();
  assert.ok(box, String(part));
  return { left: box.x, right: box.x + box.width, top: box.y };
}

function isTruncated(part: Locator): Promise<boolean> {
  return part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
}
