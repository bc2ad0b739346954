import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

const drafts = [
  ['Why?', 'ltr'],
  ['מה זה?', 'rtl'],
  ['1. «ما هذا؟»', 'rtl'],
  ['# مرحبا', 'rtl'],
  ['ܐܠܦ', 'rtl'],
  ['\u200fabc', 'rtl'],
  ['12 + 3', 'ltr'],
  ['Éléphant مرحبا', 'ltr'],
  ['為什麼？', 'ltr'],
  ['😀 مرحبا', 'rtl'],
  ['مرحبا '.repeat(40_000), 'rtl'],
] as const;

describe('The direction of a text that the user writes', () => {
  const panel = usePanel();
  const directionOf = () =>
    panel.questionBox().evaluate((box) => getComputedStyle(box).direction as 'ltr' | 'rtl');

  for (const [text, direction] of drafts) {
    it(`depends on its first letter: ${direction} for "${text.slice(0, 20)}"`, async () => {
      await panel.post(snapshot());
      await panel.questionBox().fill(text);
      assert.equal(await directionOf(), direction);
      await panel.post({
        type: 'draft',
        text: direction === 'rtl' ? 'a' : 'א',
        withSelection: false,
        revision: 1,
      });
      assert.equal(await directionOf(), direction === 'rtl' ? 'ltr' : 'rtl');
    });
  }

  it('is the same while an earlier question is edited', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('An answer')] }, 'מה זה?')));
    await panel.button('Edit').press('Enter');
    const editor = panel.page.getByRole('textbox', { name: 'Edit Question' });
    assert.equal(await editor.evaluate((box) => getComputedStyle(box).direction), 'rtl');
  });

  it('does not slow down typing in a megabyte without a line break', async () => {
    const text = 'a word and '.repeat(100_000);
    await panel.post(snapshot());
    await panel.questionBox().focus();
    await panel.page.keyboard.insertText(text);
    const inBox = await timeOfKey(panel.page);
    await panel.page.evaluate((draft) => {
      const plain = document.createElement('textarea');
      document.body.replaceChildren(plain);
      plain.value = draft;
      plain.focus();
    }, text);
    const inPlainBox = await timeOfKey(panel.page);
    assert.ok(inBox < 5 * inPlainBox + 500, `${inBox} ms, ${inPlainBox} ms in a box without a direction`);
  });
});

/** The time in ms until a typed character is painted. */
async function timeOfKey(page: Page): Promise<number> {
  const start = performance.now();
  await page.keyboard.press('x');
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  return performance.now() - start;
}
