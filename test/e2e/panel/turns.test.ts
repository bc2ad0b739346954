import assert from 'node:assert/strict';
import type { TurnView } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const version = (of: TurnView, number: number, count: number): TurnView => ({
  ...of,
  version: { number, of: count },
});
const answeredTurn = (id: string, words = `Answer ${id}`): TurnView =>
  turn(id, { choices: [choice(words)] }, `Question ${id}`);

describe('A turn in the panel', () => {
  const panel = usePanel();
  const button = (name: string) => panel.page.getByRole('button', { name, exact: true });
  const questions = () => panel.page.getByRole('article', { name: 'You' });
  const answers = () => panel.page.getByRole('article', { name: 'o1-mini' });
  const edit = (at: number) => questions().nth(at).getByRole('button', { name: 'Edit', exact: true });
  const editor = () => panel.page.getByRole('textbox', { name: 'Edit question' });
  const focused = (name: string) =>
    panel.page.waitForFunction((label) => document.activeElement?.getAttribute('aria-label') === label, name);

  describe('whose question is edited', () => {
    /** What the panel has said, but for what is being written. */
    const sent = async () => (await panel.received()).filter(({ type }) => type !== 'editDraft');
    const start = (): Promise<void> => panel.post(snapshot(answeredTurn('a'), answeredTurn('b')));

    it('becomes a text box with its text, keeps its attachments, and says that the original is kept', async () => {
      const attachments = [{ label: 'orbits.py:3-10', language: 'python', content: 'x = 1' }];
      await panel.post(snapshot({ ...answeredTurn('a'), attachments }));
      await edit(0).click();
      assert.equal(await editor().inputValue(), 'Question a');
      await focused('Edit question');
      await questions().getByText('orbits.py:3-10').waitFor();
      const note = await editor().getAttribute('aria-describedby');
      assert.match(await panel.page.locator(`[id="${note}"]`).innerText(), /kept as another version/);
    });

    it('is sent once by Enter and by Send, and Shift+Enter inserts a line break', async () => {
      await start();
      await edit(0).click();
      await editor().press('Shift+Enter');
      await editor().pressSequentially('more');
      await editor().press('Enter');
      await editor().press('Enter');
      const [first, ...others] = await sent();
      assert.ok(first?.type === 'resendQuestion' && others.length === 0);
      assert.deepEqual([first.turnId, first.text], ['a', 'Question a\nmore']);
      await panel.respond('resendQuestion', 'cancelled');
      await questions().getByRole('button', { name: 'Send' }).click();
      const again = (await sent())[1];
      assert.ok(again?.type === 'resendQuestion' && again.requestId !== first.requestId);
    });

    it('is not sent if it is empty', async () => {
      await start();
      await edit(0).click();
      await editor().fill('  ');
      await editor().press('Enter');
      assert.equal(await questions().getByRole('button', { name: 'Send' }).isDisabled(), true);
      assert.deepEqual(await sent(), []);
    });

    it('is unchanged after Escape and Cancel, and Edit has the focus', async () => {
      await start();
      for (const cancel of [() => editor().press('Escape'), () => button('Cancel').click()]) {
        await edit(1).click();
        await editor().fill('Something else');
        await cancel();
        await focused('Edit');
        assert.equal(await editor().count(), 0);
        await questions().nth(1).getByText('Question b').waitFor();
      }
      await edit(1).click();
      assert.equal(await editor().inputValue(), 'Question b');
    });

    it('keeps the text if the host rejects it, so that it can be sent again', async () => {
      await start();
      await edit(0).click();
      await editor().fill('Too dear');
      await editor().press('Enter');
      const first = (await sent())[0];
      assert.ok(first?.type === 'resendQuestion');
      await panel.respond('resendQuestion', 'cancelled');
      assert.equal(await editor().inputValue(), 'Too dear');
      await editor().fill('Cheaper');
      await editor().press('Enter');
      const again = (await sent())[1];
      assert.ok(again?.type === 'resendQuestion');
      assert.equal(again.text, 'Cheaper');
    });

    it('is replaced by its new version, and the question box has the focus', async () => {
      await start();
      await edit(0).click();
      await editor().fill('Question A');
      await editor().press('Enter');
      const first = (await sent())[0];
      assert.ok(first?.type === 'resendQuestion');
      const edited = version(turn('A', { status: running('waiting') }, 'Question A'), 2, 2);
      await panel.post(
        changes(2, { type: 'turnsRemoved', length: 0 }, { type: 'turnUpdated', turn: edited }),
      );
      await panel.respond('resendQuestion', 'accepted');
      await focused('Ask o1-mini');
      assert.equal(await questions().count(), 1);
      assert.equal(await editor().count(), 0);
      await panel.page.getByRole('status', { name: 'Request' }).getByText('Waiting').waitFor();
      await button('Stop').waitFor();
      await panel.post(snapshot(version(answeredTurn('a'), 1, 2), answeredTurn('b')));
      assert.equal(await editor().count(), 0, 'what was sent is not open any more');
    });

    it('keeps text and cursor after a snapshot, and text after the webview was loaded again', async () => {
      await start();
      await edit(0).click();
      await editor().fill('Half a thought');
      await editor().evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(4, 4));
      await start();
      await focused('Edit question');
      await editor().pressSequentially(' of');
      assert.equal(await editor().inputValue(), 'Half of a thought');
      const message = (await panel.receivedOf('editDraft')).at(-1);
      assert.deepEqual(message, { type: 'editDraft', turnId: 'a', text: 'Half of a thought' });
      await panel.page.reload();
      await panel.post({ type: 'edits', edits: [{ turnId: 'a', text: 'Half of a thought' }] });
      await start();
      assert.equal(await editor().inputValue(), 'Half of a thought');
      await editor().press('Escape');
      assert.deepEqual((await panel.received()).at(-1), { type: 'editDraft', turnId: 'a' });
      await panel.post({ type: 'edits', edits: [{ turnId: 'a', text: 'Half of a thought' }] });
      await start();
      assert.equal(await editor().count(), 0, 'the page knows better than what the host said late');
    });

    it('can be edited while another answer is written, and is sent only after its end', async () => {
      await start();
      await edit(0).click();
      await editor().fill('Meanwhile');
      await panel.post(
        changes(2, { type: 'turnUpdated', turn: turn('c', { status: running('answering') }) }),
        changes(3, text('c', 'word')),
      );
      assert.equal(await editor().inputValue(), 'Meanwhile');
      await focused('Edit question');
      await editor().press('Enter');
      assert.deepEqual(await sent(), []);
      await panel.post(changes(4, { type: 'statusChanged', turnId: 'c', status: { kind: 'done' } }));
      await editor().press('Enter');
      assert.equal((await sent()).length, 1);
    });

    it('says why it cannot be edited while an answer is in progress', async () => {
      await panel.post(snapshot(answeredTurn('a'), turn('b', { status: running('thinking') })));
      assert.equal(await edit(0).isDisabled(), true);
      assert.equal(await edit(0).getAttribute('title'), 'An answer is in progress');
      await edit(0).press('Enter');
      assert.equal(await editor().count(), 0);
      await panel.post(changes(2, { type: 'statusChanged', turnId: 'b', status: { kind: 'done' } }));
      assert.equal(await edit(0).isDisabled(), false);
      assert.equal(await edit(0).getAttribute('title'), 'Edit');
    });
  });

  describe('with several versions', () => {
    const versions = (name: 'Previous' | 'Next') => button(`${name} Version`);
    const middle = version(answeredTurn('β'), 2, 3);

    it('shows and announces which version it is, and has no switch if there is only one', async () => {
      await panel.post(snapshot(answeredTurn('a'), middle));
      assert.equal(await versions('Next').count(), 1);
      await questions().nth(1).getByText('2/3', { exact: true }).waitFor();
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
      await focused('Previous Version');
      assert.deepEqual(await answers().locator('.markdown').allInnerTexts(), [
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
      await questions().nth(1).getByText('1/2').waitFor();
      await panel.post(changes(3, { type: 'statusChanged', turnId: 'c', status: running('waiting') }));
      await button('Stop').waitFor();
    });

    it('have one tab stop with Edit, and arrow keys move between them', async () => {
      await panel.post(snapshot(middle));
      const bar = panel.page.getByRole('toolbar', { name: 'Question actions' });
      assert.equal(await bar.locator('[tabindex="0"]').count(), 1);
      await edit(0).focus();
      const seen: (string | null)[] = [];
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End']) {
        await panel.page.keyboard.press(key);
        seen.push(
          await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null),
        );
      }
      const [first, previous, next] = ['Edit', 'Previous Version', 'Next Version'];
      assert.deepEqual(seen, [previous, next, first, next, first, next]);
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
    await questions().first().hover();
    assert.equal(await opacity(), '1');
    await answers().nth(1).hover();
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
      assert.equal(await button('Copy Answer').count(), 0);
      await panel.post(changes(3, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
      await button('Copy Answer').waitFor();
      await panel.post(snapshot(turn('b', { choices: [choice('One'), choice('', { refusal: 'No.' })] })));
      await panel.page.getByRole('tab', { name: 'Alternative 2' }).click();
      await button('Copy Answer').waitFor({ state: 'hidden' });
      await panel.page.getByRole('tab', { name: 'Alternative 1' }).click();
      await button('Copy Answer').waitFor();
    });

    it('for an earlier answer to the same question too', async () => {
      await panel.post(snapshot({ ...turn('a'), earlier: ['*Before*'] }));
      await panel.page.getByText('Earlier answer').click();
      await button('Copy Answer').click();
      assert.deepEqual(await panel.received(), [{ type: 'copy', text: '*Before*' }]);
    });
  });
});
