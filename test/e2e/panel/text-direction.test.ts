import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { framesOf } from '../../support/paint';
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

  const longLines = { 'a megabyte': 1_000_000, '90,000 characters': 90_000 };
  for (const [size, length] of Object.entries(longLines)) {
    it(`does not slow down typing in ${size} without a line break`, async () => {
      const text = 'word'.repeat(length / 4);
      await panel.post(snapshot());
      await panel.questionBox().focus();
      await panel.page.keyboard.insertText(text);
      const inBox = await layoutTimeOfKeys(panel.page);
      await panel.page.evaluate((draft) => {
        // The panel sets the direction of every text box.
        addEventListener('input', (event) => event.stopPropagation(), { capture: true });
        const plain = document.createElement('textarea');
        document.body.replaceChildren(plain);
        plain.value = draft;
        plain.focus();
      }, text);
      const inPlainBox = await layoutTimeOfKeys(panel.page);
      assert.ok(inBox < 5 * inPlainBox + 0.1, `${inBox} s, ${inPlainBox} s in a box without a direction`);
    });
  }
});

/** The time in seconds that is spent on layouts while characters are typed at the beginning of the text. */
async function layoutTimeOfKeys(page: Page): Promise<number> {
  await page.keyboard.press('Control+Home');
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const layoutTime = async (): Promise<number> => {
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'LayoutDuration')?.value ?? NaN;
  };
  let before = 0;
  // The first character is not measured, because the whole text may not be laid out before it.
  for (const key of 'abcdef') {
    await page.keyboard.press(key);
    await framesOf(page, 2);
    before ||= await layoutTime();
  }
  const after = await layoutTime();
  await client.detach();
  return after - before;
}
