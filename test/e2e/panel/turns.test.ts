import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { answeredTurn, changes, choice, running, snapshot, text, turn, version } from './views';

describe('A turn in the panel', () => {
  const panel = usePanel();
  const edit = (index: number) =>
    panel.questions().nth(index).getByRole('button', { name: 'Edit', exact: true });

  describe('with several versions', () => {
    const versions = (name: 'Previous' | 'Next') => panel.button(`${name} Version`);
    const middle = version(answeredTurn('β'), 2, 3);

    it('shows and announces which version it is, and has no switch if there is only one', async () => {
      await panel.post(snapshot(answeredTurn('a'), middle));
      assert.equal(await versions('Next').count(), 1);
      await panel.questions().nth(1).getByText('2/3', { exact: true }).waitFor();
      for (const name of ['Previous', 'Next'] as const) {
        const described = await versions(name).getAttribute('aria-describedby');
        assert.equal(await panel.page.locator(`[id="${described}"]`).textContent(), '2 of 3');
      }
    });

    it('requests the previous and the next version', async () => {
      await panel.post(snapshot(answeredTurn('a'), middle));
      await versions('Previous').click();
      await versions('Next').click();
      assert.deepEqual(await panel.received(), [
        { type: 'selectVersion', turnId: 'β', step: -1 },
        { type: 'selectVersion', turnId: 'β', step: 1 },
      ]);
    });

    it('has no version before the first and after the last, and cannot be switched while an answer is in progress', async () => {
      const ends = async (): Promise<readonly boolean[]> => [
        await versions('Previous').isDisabled(),
        await versions('Next').isDisabled(),
      ];
      await panel.post(snapshot(version(answeredTurn('b'), 1, 3)));
      assert.deepEqual(await ends(), [true, false]);
      await versions('Previous').press('Enter');
      assert.deepEqual(await panel.received(), []);
      await panel.post(snapshot(version(answeredTurn('γ'), 3, 3)));
      assert.deepEqual(await ends(), [false, true]);
      await panel.post(snapshot(middle, turn('c', { status: running('waiting') })));
      assert.deepEqual(await ends(), [true, true]);
      assert.equal(await versions('Next').getAttribute('title'), 'An answer is in progress');
    });

    it('keeps the focus on the switch, also at the end, and shows all later turns', async () => {
      await panel.post(snapshot(answeredTurn('a'), middle));
      await versions('Previous').press('Enter');
      await panel.post(
        changes(
          2,
          { type: 'turnsRemoved', length: 1 },
          { type: 'turnUpdated', turn: version(answeredTurn('b'), 1, 3) },
          { type: 'turnUpdated', turn: answeredTurn('c') },
        ),
      );
      await panel.untilFocused('Previous Version');
      assert.deepEqual(await panel.answers().locator('.markdown').allInnerTexts(), [
        'Answer a',
        'Answer b',
        'Answer c',
      ]);
      await panel.page.getByRole('status', { name: 'Request' }).getByText('Done').waitFor();
    });

    it('are counted again when one is added to the same question', async () => {
      await panel.post(
        snapshot(answeredTurn('a'), answeredTurn('b'), turn('c', { status: { kind: 'done' } })),
      );
      await panel.post(changes(2, { type: 'turnUpdated', turn: version(answeredTurn('b'), 1, 2) }));
      await panel.questions().nth(1).getByText('1/2').waitFor();
      await panel.post(changes(3, { type: 'statusChanged', turnId: 'c', status: running('waiting') }));
      await panel.button('Stop').waitFor();
    });

    it('have one tab stop with Edit, and arrow keys move between them', async () => {
      await panel.post(snapshot(middle));
      const bar = panel.page.getByRole('toolbar', { name: 'Question actions' });
      assert.equal(await bar.locator('[tabindex="0"]').count(), 1);
      await edit(0).focus();
      const focusedLabels: (string | null)[] = [];
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End']) {
        await panel.page.keyboard.press(key);
        focusedLabels.push(
          await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null),
        );
      }
      const [first, previous, next] = ['Edit', 'Previous Version', 'Next Version'];
      assert.deepEqual(focusedLabels, [previous, next, first, next, first, next]);
      assert.equal(await bar.locator('[tabindex="0"]').getAttribute('aria-label'), 'Next Version');
    });
  });

  it('shows its buttons while it has the pointer or the focus', async () => {
    await panel.post(snapshot(answeredTurn('a'), answeredTurn('b')));
    const opacity = () =>
      panel.page
        .getByRole('toolbar', { name: 'Question actions' })
        .first()
        .evaluate((bar) => getComputedStyle(bar).opacity);
    assert.equal(await opacity(), '0');
    await panel.questions().first().hover();
    assert.equal(await opacity(), '1');
    await panel.answers().nth(1).hover();
    assert.equal(await opacity(), '0');
    await edit(0).focus();
    assert.equal(await opacity(), '1');
  });

  describe('has Copy Answer', () => {
    it('for each answer with text, which confirms visibly and to screen readers', async () => {
      await panel.post(snapshot(answeredTurn('a'), turn('empty'), answeredTurn('b')));
      const copies = panel.page.getByRole('button', { name: 'Copy Answer' });
      assert.equal(await copies.count(), 2);
      await panel.page.evaluate(
        `addEventListener('copy', ({ clipboardData }) => (copied = clipboardData.getData('text/plain')))`,
      );
      await copies.first().click();
      assert.equal(await panel.page.evaluate('copied'), 'Answer a');
      await copies.first().locator('.codicon-check').waitFor();
      await panel.page.locator('[aria-live=polite]', { hasText: 'Copied' }).waitFor({ state: 'attached' });
      await copies.first().locator('.codicon-copy').waitFor();
    });

    it('when it has ended, and only for an alternative with text', async () => {
      await panel.post(snapshot(turn('a', { status: running('answering') })), changes(2, text('a', 'Word')));
      assert.equal(await panel.button('Copy Answer').count(), 0);
      await panel.post(changes(3, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
      await panel.button('Copy Answer').waitFor();
      await panel.post(snapshot(turn('b', { choices: [choice('One'), choice('', { refusal: 'No.' })] })));
      await panel.page.getByRole('tab', { name: 'Alternative 2' }).click();
      await panel.button('Copy Answer').waitFor({ state: 'hidden' });
      await panel.page.getByRole('tab', { name: 'Alternative 1' }).click();
      await panel.button('Copy Answer').waitFor();
    });

    it('for an earlier answer to the same question too', async () => {
      await panel.post(snapshot({ ...turn('a'), earlier: ['*Before*'] }));
      await panel.page.getByText('Earlier answer').click();
      await panel.button('Copy Answer').click();
      assert.deepEqual(await panel.received(), [{ type: 'copy', text: '*Before*' }]);
    });
  });
});
