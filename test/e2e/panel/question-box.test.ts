import assert from 'node:assert/strict';
import type { EstimateView, ToWebviewMessage } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { changes, choice, snapshot, turn } from './views';

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
  const estimateText = () => panel.page.getByText(estimate.text, { exact: true });
  beforeEach(async () => {
    await panel.post(snapshot());
  });

  it('shows the estimate of the request, which is also the description of Send', async () => {
    await panel.post({ type: 'estimate', estimate });
    await estimateText().waitFor();
    assert.equal(await panel.page.getByTitle(estimate.explanation).innerText(), estimate.text);
    const described = await button('Send').getAttribute('aria-describedby');
    assert.equal(await panel.page.locator(`[id="${described}"]`).textContent(), estimate.explanation);
  });

  it('shows no estimate for an empty question', async () => {
    await panel.post({ type: 'estimate', estimate: { ...estimate, text: '' } });
    await button('Model: o1-mini').waitFor();
    assert.equal(await panel.page.locator('.estimate').isVisible(), false);
  });

  const parameterValues: readonly Pick<EstimateView, 'effort' | 'verbosity'>[] = [
    { effort: 'medium' },
    { effort: 'medium', verbosity: 'default' },
  ];
  for (const [width, values] of [240, 300, 380, 439, 460, 620].flatMap((each) =>
    parameterValues.map((values) => [each, values] as const),
  )) {
    const names = ['the model', ...Object.keys(values), 'Send'].join(', ');
    it(`has room beside or above ${names}, in a view of ${width} px`, async () => {
      await panel.page.setViewportSize({ width, height: 640 });
      await panel.post({
        type: 'estimate',
        estimate: { ...estimate, model: 'o1-mini-2024-09-12', ...values },
      });
      const texts = panel.page.locator('.estimate, .parameter > span');
      const cut = await texts.evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth));
      assert.deepEqual(cut, []);
      assert.ok(await button('Send').isVisible());
      assert.equal(await panel.overflow(), 0);
      assert.equal(await estimateText().isVisible(), true);
    });
  }

  it('warns if the request is too large, and not by color alone', async () => {
    const icon = panel.page.locator('.estimate .codicon-warning');
    await panel.post({ type: 'estimate', estimate });
    assert.equal(await icon.isVisible(), false);
    const normalColor = await estimateText().evaluate((text) => getComputedStyle(text).color);
    await panel.post({ type: 'estimate', estimate: { ...estimate, level: 'too-much' } });
    assert.equal(await icon.isVisible(), true);
    assert.notEqual(await estimateText().evaluate((text) => getComputedStyle(text).color), normalColor);
  });

  it('shows the model, and lets the user select another one', async () => {
    await panel.post({ type: 'estimate', estimate });
    await button('Model: o1-mini. Select Model').click();
    assert.deepEqual(await panel.received(), [{ type: 'selectModel' }]);
  });

  it('shows the reasoning effort of the next question, which can be changed with the keyboard', async () => {
    await panel.post({ type: 'estimate', estimate });
    const effort = button('Reasoning effort');
    assert.equal(await effort.isVisible(), false);
    await panel.post({ type: 'estimate', estimate: { ...estimate, effort: 'high (next question)' } });
    await button('Reasoning effort: high (next question). Select Reasoning Effort').press('Enter');
    assert.deepEqual(await panel.received(), [{ type: 'selectReasoningEffort' }]);
  });

  it('shows the verbosity of the next answer, which can be changed with the keyboard', async () => {
    await panel.post({ type: 'estimate', estimate });
    assert.equal(await button('Verbosity').isVisible(), false);
    await panel.post({ type: 'estimate', estimate: { ...estimate, verbosity: 'low (next question)' } });
    const verbosity = button('Verbosity: low (next question). Select Verbosity');
    assert.equal(await verbosity.innerText(), 'verbosity: low (next question)');
    await verbosity.press('Enter');
    assert.deepEqual(await panel.received(), [{ type: 'selectVerbosity' }]);
  });

  it('posts the draft, and whether the selection is attached', async () => {
    await panel.post({ type: 'selection', selection });
    await panel.page.getByRole('textbox').fill('Why?');
    await button('Attach orbits.py').click();
    await button('Attach orbits.py').click();
    assert.deepEqual(await panel.received(), [
      { type: 'draft', text: 'Why?', withSelection: false, revision: 1 },
      { type: 'draft', text: 'Why?', withSelection: true, revision: 2 },
      { type: 'draft', text: 'Why?', withSelection: false, revision: 3 },
    ]);
  });

  it('posts that an attached selection no longer exists', async () => {
    await panel.post(
      { type: 'selection', selection },
      { type: 'compose', withSelection: true, text: 'Explain' },
      { type: 'selection' },
    );
    assert.deepEqual(await panel.received(), [
      { type: 'draft', text: 'Explain', withSelection: true, revision: 1 },
      { type: 'draft', text: 'Explain', withSelection: false, revision: 2 },
    ]);
  });

  it('is empty, with nothing attached, when the host has accepted the question', async () => {
    await panel.post(
      { type: 'selection', selection },
      { type: 'compose', withSelection: true, text: 'Why?' },
    );
    await button('Send').click();
    const sent = (await panel.received()).at(-1);
    assert.ok(sent?.type === 'send');
    assert.equal(sent.withSelection, true);
    await panel.respond('send', 'accepted');
    assert.deepEqual((await panel.received()).at(-1), {
      type: 'draft',
      text: '',
      withSelection: false,
      revision: 2,
    });
    assert.equal(await button('Send').isDisabled(), true);
  });

  const box = () => panel.page.getByRole('textbox');

  for (const trigger of ['Enter', 'Space', 'a click'] as const) {
    it(`gets the focus when Send is pressed by ${trigger}`, async () => {
      await box().fill('Why?');
      if (trigger === 'a click') await button('Send').click();
      else await button('Send').press(trigger);
      await panel.page.keyboard.type(' And how?');
      assert.equal(await box().inputValue(), 'Why? And how?');
    });
  }

  it('keeps what is written behind a question before the host has accepted it', async () => {
    await box().fill('Why?');
    await button('Send').click();
    await panel.page.keyboard.type(' And how?');
    await panel.respond('send', 'accepted');
    const last = (await panel.received()).at(-1);
    assert.equal(last?.type === 'draft' && last.text, 'And how?');
    assert.equal(await box().inputValue(), 'And how?');
  });

  it('can send again if the host was restarted and never responded', async () => {
    await panel.post(snapshot());
    await box().fill('Why?');
    await box().press('Enter');
    assert.equal(await button('Send').isDisabled(), true);
    // The host numbers its messages from 1 again.
    await panel.post(snapshot(), changes(7));
    assert.equal(await button('Send').isDisabled(), false);
  });

  it('keeps the draft below a question that a command inserts', async () => {
    await panel.post({ type: 'compose', withSelection: false, text: 'Explain this code.' });
    await panel.post({ type: 'compose', withSelection: false, text: 'Why?' });
    assert.equal(await box().inputValue(), 'Why?\n\nExplain this code.');
  });

  describe('shows the draft of another webview', () => {
    const draft = (text: string, revision = 0): ToWebviewMessage => ({
      type: 'draft',
      text,
      withSelection: false,
      revision,
    });

    it('without posting it back, and can send it', async () => {
      await panel.post(draft('Wh'), draft('Why?'));
      assert.equal(await box().inputValue(), 'Why?');
      assert.equal(await button('Send').isDisabled(), false);
      assert.deepEqual(await panel.received(), []);
      await panel.post(draft(''));
      assert.equal(await button('Send').isDisabled(), true);
    });

    it('unless a newer draft was written here', async () => {
      await box().pressSequentially('No');
      await panel.post(draft('Why?', 1));
      assert.equal(await box().inputValue(), 'No');
      await panel.post(draft('No, why?', 2));
      assert.equal(await box().inputValue(), 'No, why?');
    });

    it('with the cursor at the same position, or at the end', async () => {
      const cursor = () => box().evaluate((area) => (area as HTMLTextAreaElement).selectionStart);
      await panel.post(draft('Why?'));
      await box().focus();
      assert.equal(await cursor(), 4);
      await panel.post(draft('Why is it so?'));
      assert.equal(await cursor(), 13);
      await panel.page.keyboard.press('Home');
      await panel.page.keyboard.press('ArrowRight');
      await panel.post(draft('Why is it not so?'));
      assert.equal(await cursor(), 1);
    });

    it('with its selection attached', async () => {
      await panel.post({ type: 'selection', selection }, {
        ...draft('Why?'),
        withSelection: true,
      } as ToWebviewMessage);
      const pressed = await button('Attach orbits.py').getAttribute('aria-pressed');
      assert.equal(pressed, 'true');
    });
  });

  it('grows with its text without hiding the end of the conversation, unless the user has scrolled up', async () => {
    const log = panel.page.getByRole('log');
    const distance = () =>
      log.evaluate(
        (main) =>
          new Promise<number>((resolve) => {
            // The change is detected in the first frame and rendered in the second.
            requestAnimationFrame(() =>
              requestAnimationFrame(() => resolve(main.scrollHeight - main.scrollTop - main.clientHeight)),
            );
          }),
      );
    await panel.post(snapshot(turn('a', { choices: [choice('A paragraph.\n\n'.repeat(50))] })));
    await box().fill('line\n'.repeat(8));
    assert.ok((await distance()) < 2);
    await box().fill('');
    await log.evaluate((main) => main.scrollTo(0, 0));
    await distance();
    await box().fill('line\n'.repeat(8));
    assert.ok((await distance()) > 500);
  });

  for (const width of [240, 300, 420, 900]) {
    it(`fits Send and everything else into ${width} pixels`, async () => {
      await panel.page.setViewportSize({ width, height: 600 });
      const model = 'a-model-with-quite-a-long-name-2024-09-12';
      await panel.post(
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
