import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { answeredTurn, changes, running, snapshot, text, turn, version } from './views';

describe('A turn in the panel whose question is edited', () => {
  const panel = usePanel();
  const edit = (index: number) =>
    panel.questions().nth(index).getByRole('button', { name: 'Edit', exact: true });
  const editor = () => panel.page.getByRole('textbox', { name: 'Edit question' });
  /** The messages of the panel, except those for unsent text. */
  const sent = async () => (await panel.received()).filter(({ type }) => type !== 'editDraft');
  const start = (): Promise<void> => panel.post(snapshot(answeredTurn('a'), answeredTurn('b')));

  it('becomes a text box with its text, keeps its attachments, and says that the original is kept', async () => {
    const attachments = [{ label: 'orbits.py:3-10', language: 'python', content: 'x = 1' }];
    await panel.post(snapshot({ ...answeredTurn('a'), attachments }));
    await edit(0).click();
    assert.equal(await editor().inputValue(), 'Question a');
    await panel.untilFocused('Edit question');
    await panel.questions().getByText('orbits.py:3-10').waitFor();
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
    await panel.questions().getByRole('button', { name: 'Send' }).click();
    const again = (await sent())[1];
    assert.ok(again?.type === 'resendQuestion' && again.requestId !== first.requestId);
  });

  it('is not sent if it is empty', async () => {
    await start();
    await edit(0).click();
    await editor().fill('  ');
    await editor().press('Enter');
    assert.equal(await panel.questions().getByRole('button', { name: 'Send' }).isDisabled(), true);
    assert.deepEqual(await sent(), []);
  });

  it('is unchanged after Escape and Cancel, and Edit has the focus', async () => {
    await start();
    for (const cancel of [() => editor().press('Escape'), () => panel.button('Cancel').click()]) {
      await edit(1).click();
      await editor().fill('Something else');
      await cancel();
      await panel.untilFocused('Edit');
      assert.equal(await editor().count(), 0);
      await panel.questions().nth(1).getByText('Question b').waitFor();
    }
    await edit(1).click();
    assert.equal(await editor().inputValue(), 'Question b');
  });

  it('leaves Find open when Escape cancels it', async () => {
    await start();
    await panel.page.keyboard.press('Control+f');
    const find = panel.page.getByRole('textbox', { name: 'Find' });
    await find.fill('Question');
    await edit(1).click();
    await editor().press('Escape');
    await editor().waitFor({ state: 'detached' });
    assert.equal(await find.isVisible(), true);
    await panel.page.keyboard.press('Escape');
    await find.waitFor({ state: 'hidden' });
  });

  it('keeps the text if the host rejects it, so that it can be sent again', async () => {
    await start();
    await edit(0).click();
    await editor().fill('Too expensive');
    await editor().press('Enter');
    const first = (await sent())[0];
    assert.ok(first?.type === 'resendQuestion');
    await panel.respond('resendQuestion', 'cancelled');
    assert.equal(await editor().inputValue(), 'Too expensive');
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
    await panel.post(changes(2, { type: 'turnsRemoved', length: 0 }, { type: 'turnUpdated', turn: edited }));
    await panel.respond('resendQuestion', 'accepted');
    await panel.untilFocused('Ask o1-mini');
    assert.equal(await panel.questions().count(), 1);
    assert.equal(await editor().count(), 0);
    await panel.page.getByRole('status', { name: 'Request' }).getByText('Waiting').waitFor();
    await panel.button('Stop').waitFor();
    await panel.post(snapshot(version(answeredTurn('a'), 1, 2), answeredTurn('b')));
    assert.equal(await editor().count(), 0, 'the editor is closed after the edit was sent');
  });

  it('keeps text and cursor after a snapshot, and text after the webview was loaded again', async () => {
    await start();
    await edit(0).click();
    await editor().fill('Half a thought');
    await editor().evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(4, 4));
    await start();
    await panel.untilFocused('Edit question');
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
    assert.equal(
      await editor().count(),
      0,
      'the cancelled edit is not reopened by a late message of the host',
    );
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
    await panel.untilFocused('Edit question');
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
