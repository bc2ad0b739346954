import assert from 'node:assert/strict';
import type { EstimateView, ToWebviewMessage } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

const selection = { label: 'orbits.py:3-10', lineCount: 8 };
const estimate: EstimateView = {
  model: 'o1-mini',
  text: '1,234 tokens · at most $0.11',
  explanation: 'This question has 1,234 tokens, and costs at most $0.11 with its answer.',
  level: 'fine',
};

describe('The question box', () => {
  const panel = usePanel();
  const button = (name: string) => panel.page.getByRole('button', { name });
  const words = () => panel.page.getByText(estimate.text, { exact: true });
  beforeEach(async () => {
    await panel.say(snapshot());
  });

  it('says what sending would take, in short and as the description of Send', async () => {
    await panel.say({ type: 'estimate', estimate });
    await words().waitFor();
    assert.equal(await panel.page.getByTitle(estimate.explanation).innerText(), estimate.text);
    const described = await button('Send').getAttribute('aria-describedby');
    assert.equal(await panel.page.locator(`[id="${described}"]`).textContent(), estimate.explanation);
  });

  it('says nothing of the cost of nothing', async () => {
    await panel.say({ type: 'estimate', estimate: { ...estimate, text: '' } });
    await button('Model: o1-mini').waitFor();
    assert.equal(await panel.page.locator('.estimate').isVisible(), false);
  });

  for (const width of [240, 300, 380, 439, 460]) {
    it(`is on one line with the model and Send, in a view of ${width} px`, async () => {
      await panel.page.setViewportSize({ width, height: 640 });
      await panel.say({ type: 'estimate', estimate: { ...estimate, model: 'o1-mini-2024-09-12' } });
      const middles = await panel.page
        .locator('.question-bar > :not([hidden])')
        .evaluateAll((parts) =>
          parts.map((part) => part.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2),
        );
      assert.equal(middles.length, 3);
      assert.ok(Math.max(...middles) - Math.min(...middles) < 3, middles.join());
      assert.equal(await panel.overflow(), 0);
      assert.equal(await words().isVisible(), true);
    });
  }

  it('warns of what is too much, and not by colour alone', async () => {
    const icon = panel.page.locator('.estimate .codicon-warning');
    await panel.say({ type: 'estimate', estimate });
    assert.equal(await icon.isVisible(), false);
    const quiet = await words().evaluate((text) => getComputedStyle(text).color);
    await panel.say({ type: 'estimate', estimate: { ...estimate, level: 'too-much' } });
    assert.equal(await icon.isVisible(), true);
    assert.notEqual(await words().evaluate((text) => getComputedStyle(text).color), quiet);
  });

  it('names the model, and lets another be selected', async () => {
    await panel.say({ type: 'estimate', estimate });
    await button('Model: o1-mini. Select Model').click();
    assert.deepEqual(await panel.posts(), [{ type: 'selectModel' }]);
  });

  it('tells the host what is written, and whether the selection goes along', async () => {
    await panel.say({ type: 'selection', selection });
    await panel.page.getByRole('textbox').fill('Why?');
    await button('Attach orbits.py').click();
    await button('Attach orbits.py').click();
    assert.deepEqual(await panel.posts(), [
      { type: 'draft', text: 'Why?', withSelection: false, edit: 1 },
      { type: 'draft', text: 'Why?', withSelection: true, edit: 2 },
      { type: 'draft', text: 'Why?', withSelection: false, edit: 3 },
    ]);
  });

  it('tells the host that a selection which went along is gone', async () => {
    await panel.say(
      { type: 'selection', selection },
      { type: 'compose', withSelection: true, text: 'Explain' },
      { type: 'selection' },
    );
    assert.deepEqual(await panel.posts(), [
      { type: 'draft', text: 'Explain', withSelection: true, edit: 1 },
      { type: 'draft', text: 'Explain', withSelection: false, edit: 2 },
    ]);
  });

  it('is empty, with nothing attached, when the host has taken the question', async () => {
    await panel.say({ type: 'selection', selection }, { type: 'compose', withSelection: true, text: 'Why?' });
    await button('Send').click();
    const sent = (await panel.posts()).at(-1);
    assert.ok(sent?.type === 'send');
    assert.equal(sent.withSelection, true);
    await panel.respond('send', 'accepted');
    assert.deepEqual((await panel.posts()).at(-1), {
      type: 'draft',
      text: '',
      withSelection: false,
      edit: 2,
    });
    assert.equal(await button('Send').isDisabled(), true);
  });

  const box = () => panel.page.getByRole('textbox');

  for (const way of ['Enter', 'Space', 'a click'] as const) {
    it(`has the cursor again when Send is pressed by ${way}`, async () => {
      await box().fill('Why?');
      if (way === 'a click') await button('Send').click();
      else await button('Send').press(way);
      await panel.page.keyboard.type(' And how?');
      assert.equal(await box().inputValue(), 'Why? And how?');
    });
  }

  it('can be sent again where the host began anew and never said what became of it', async () => {
    await box().fill('Why?');
    await box().press('Enter');
    assert.equal(await button('Send').isDisabled(), true);
    await panel.say({ type: 'shown' });
    assert.equal(await button('Send').isDisabled(), false);
  });

  it('keeps what is being written below a question that a command puts in', async () => {
    await panel.say({ type: 'compose', withSelection: false, text: 'Explain this code.' });
    await panel.say({ type: 'compose', withSelection: false, text: 'Why?' });
    assert.equal(await box().inputValue(), 'Why?\n\nExplain this code.');
  });

  describe('has what is written in another page', () => {
    const draft = (text: string, edit = 0): ToWebviewMessage => ({
      type: 'draft',
      text,
      withSelection: false,
      edit,
    });

    it('without telling it back, and can send it', async () => {
      await panel.say(draft('Wh'), draft('Why?'));
      assert.equal(await box().inputValue(), 'Why?');
      assert.equal(await button('Send').isDisabled(), false);
      assert.deepEqual(await panel.posts(), []);
      await panel.say(draft(''));
      assert.equal(await button('Send').isDisabled(), true);
    });

    it('unless something was written here since, which is on its way', async () => {
      await box().pressSequentially('No');
      await panel.say(draft('Why?', 1));
      assert.equal(await box().inputValue(), 'No');
      await panel.say(draft('No, why?', 2));
      assert.equal(await box().inputValue(), 'No, why?');
    });

    it('with the cursor where it was, or at the end', async () => {
      const cursor = () => box().evaluate((area) => (area as HTMLTextAreaElement).selectionStart);
      await panel.say(draft('Why?'));
      await box().focus();
      assert.equal(await cursor(), 4);
      await panel.say(draft('Why is it so?'));
      assert.equal(await cursor(), 13);
      await panel.page.keyboard.press('Home');
      await panel.page.keyboard.press('ArrowRight');
      await panel.say(draft('Why is it not so?'));
      assert.equal(await cursor(), 1);
    });

    it('with its selection attached', async () => {
      await panel.say({ type: 'selection', selection }, {
        ...draft('Why?'),
        withSelection: true,
      } as ToWebviewMessage);
      const pressed = await button('Attach orbits.py').getAttribute('aria-pressed');
      assert.equal(pressed, 'true');
    });
  });

  it('takes more lines without hiding the end of the conversation, unless the user reads further up', async () => {
    const log = panel.page.getByRole('log');
    const distance = () =>
      log.evaluate(
        (main) =>
          new Promise<number>((resolve) => {
            // The first frame tells of the change, the second is drawn after that.
            requestAnimationFrame(() =>
              requestAnimationFrame(() => resolve(main.scrollHeight - main.scrollTop - main.clientHeight)),
            );
          }),
      );
    await panel.say(snapshot(turn('a', { choices: [choice('A paragraph.\n\n'.repeat(50))] })));
    await box().fill('line\n'.repeat(8));
    assert.ok((await distance()) < 2);
    await box().fill('');
    await log.evaluate((main) => main.scrollTo(0, 0));
    await distance();
    await box().fill('line\n'.repeat(8));
    assert.ok((await distance()) > 500);
  });

  for (const width of [240, 300, 420, 900]) {
    it(`keeps Send and everything else inside at ${width} pixels`, async () => {
      await panel.page.setViewportSize({ width, height: 600 });
      const model = 'a-model-with-quite-a-long-name-2024-09-12';
      await panel.say(
        snapshot(turn('a')),
        {
          type: 'selection',
          selection: { label: 'some-rather-long-file-name.ts:1000-2000', lineCount: 1001 },
        },
        { type: 'estimate', estimate: { ...estimate, model, level: 'too-much' } },
      );
      await panel.page.getByRole('textbox').fill('Why?');
      assert.equal(await panel.overflow(), 0);
      const box = await panel.page.locator('.question-box').boundingBox();
      const send = await button('Send').boundingBox();
      assert.ok(box && send);
      assert.ok(send.width >= 20 && send.x + send.width <= box.x + box.width);
      for (const name of ['Attach some', 'Model']) {
        const other = await button(name).boundingBox();
        const end = name === 'Model' ? send.x : box.x + box.width;
        assert.ok(other && other.width >= 40 && other.x >= box.x && other.x + other.width <= end, name);
      }
    });
  }
});
