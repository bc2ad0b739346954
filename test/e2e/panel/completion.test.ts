import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { suggestedFiles } from './attachment-views';
import { snapshot } from './views';

const explain = {
  id: 'explain',
  icon: 'comment',
  label: '/explain',
  detail: 'What it does',
  text: 'Explain.',
};

describe('An attachment or a prompt', () => {
  const panel = usePanel();
  const options = () => panel.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  beforeEach(async () => {
    await panel.post(snapshot());
  });

  for (const mark of ['#', '@']) {
    it(`is completed after ${mark} by keyboard, and the typed word is removed`, async () => {
      await panel.questionBox().fill('Why does ');
      await panel.questionBox().press('End');
      await panel.questionBox().pressSequentially(`${mark}ri`);
      assert.deepEqual((await panel.receivedOf('getCompletions')).at(-1), {
        type: 'getCompletions',
        requestId: 3,
        prompts: false,
        typed: 'ri',
      });
      await panel.respond('getCompletions', suggestedFiles);
      assert.equal(await options().first().getAttribute('aria-selected'), 'true');
      await panel.questionBox().press('ArrowDown');
      const active = await panel.questionBox().getAttribute('aria-activedescendant');
      assert.match(await panel.page.locator(`[id="${active}"]`).innerText(), /ring\.c/);
      await panel.questionBox().press('Enter');
      assert.deepEqual(await panel.receivedOf('acceptCompletion'), [{ type: 'acceptCompletion', item: '2' }]);
      assert.deepEqual(await panel.receivedOf('send'), []);
      assert.equal(await panel.questionBox().inputValue(), 'Why does ');
      assert.equal(await options().count(), 0);
    });
  }

  it('is not completed in the middle of a word or after Escape', async () => {
    await panel.questionBox().pressSequentially('a#b c@d 1/2');
    assert.deepEqual(await panel.receivedOf('getCompletions'), []);
    await panel.questionBox().fill('');
    await panel.questionBox().pressSequentially('#o');
    await panel.respond('getCompletions', suggestedFiles);
    await panel.questionBox().press('Escape');
    assert.equal(await options().count(), 0);
    await panel.questionBox().pressSequentially('rb');
    assert.equal((await panel.receivedOf('getCompletions')).length, 2);
    await panel.questionBox().press('Enter');
    assert.equal((await panel.receivedOf('send')).length, 1);
  });

  it('is selected by a click, and the question box keeps the focus', async () => {
    await panel.questionBox().pressSequentially('@');
    await panel.respond('getCompletions', suggestedFiles);
    await options().nth(1).click();
    assert.deepEqual(await panel.receivedOf('acceptCompletion'), [{ type: 'acceptCompletion', item: '2' }]);
    assert.equal(await panel.questionBox().evaluate((one) => one === document.activeElement), true);
  });

  it('is not completed with results for a word that has changed', async () => {
    await panel.questionBox().pressSequentially('#o');
    const [first] = await panel.receivedOf('getCompletions');
    assert.ok(first);
    await panel.post({ type: 'response', requestId: first.requestId, result: suggestedFiles });
    assert.equal(await options().count(), 0);
  });

  it('is inserted if it is a prompt, and can be edited before it is sent', async () => {
    await panel.questionBox().pressSequentially('/ex');
    assert.deepEqual((await panel.receivedOf('getCompletions')).at(-1), {
      type: 'getCompletions',
      requestId: 3,
      prompts: true,
      typed: 'ex',
    });
    await panel.respond('getCompletions', [explain]);
    await panel.questionBox().press('Tab');
    assert.equal(await panel.questionBox().inputValue(), 'Explain.');
    assert.deepEqual([await panel.receivedOf('acceptCompletion'), await panel.receivedOf('send')], [[], []]);
  });
});
