import assert from 'node:assert/strict';
import type { EstimateView, SummaryView, TurnView } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

function summary(changed: Partial<SummaryView> = {}, markdown = 'In **short**.'): SummaryView {
  const { answer } = turn('s', { choices: [choice(markdown)] });
  return { id: 's', questions: 2, inUse: true, answer, earlier: [], ...changed };
}

const withSummary = (view: SummaryView): readonly TurnView[] => [
  turn('a', { choices: [choice('Answer a')] }),
  { ...turn('b', { choices: [choice('Answer b')] }), summary: view },
  turn('c', { choices: [choice('Answer c')] }),
];

describe('A summary of earlier turns in the panel', () => {
  const panel = usePanel();
  const summaryArticle = () => panel.page.getByRole('article', { name: 'Summary' });
  const heading = (name: string) => panel.page.locator('summary', { hasText: name });
  const editor = () => panel.page.getByRole('textbox', { name: 'Edit summary' });
  const show = (view: SummaryView) => panel.post(snapshot(...withSummary(view)));
  const requestedChanges = () => panel.receivedOf('changeSummary');

  it('is shown below the turns that it replaces, and says so', async () => {
    await show(summary());
    await heading('Summary, sent in place of the 2 questions and answers above').waitFor();
    assert.equal(await summaryArticle().locator('strong').innerText(), 'short');
    const order = await panel.page.locator('.turn').allInnerTexts();
    assert.match(order[1] ?? '', /Answer b[^]*In short\./);
    await show(summary({ questions: 1 }));
    await heading('Summary, sent in place of the question and the answer above').waitFor();
  });

  it('can be undone with one key, and used again with one click', async () => {
    await show(summary());
    await panel.button('Undo Summary').focus();
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await requestedChanges(), [
      { type: 'changeSummary', summaryId: 's', change: { kind: 'undone' } },
    ]);
    const undone = summary({ inUse: false });
    await panel.post(changes(2, { type: 'summaryUpdated', turnId: 'b', summary: undone }));
    await heading('Summary, not sent').click();
    await panel.button('Use Summary').click();
    assert.deepEqual((await requestedChanges())[1]?.change, { kind: 'used' });
  });

  it('can be edited in place, and Escape discards the changes', async () => {
    await show(summary());
    await panel.button('Edit Summary').click();
    assert.equal(await editor().inputValue(), 'In **short**.');
    await editor().press('Escape');
    assert.equal(await editor().count(), 0);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.textContent), 'Edit Summary');
    await panel.button('Edit Summary').click();
    await editor().fill('My words.');
    await panel.button('Save').click();
    assert.deepEqual((await requestedChanges()).at(-1)?.change, { kind: 'edited', text: 'My words.' });
    const edited = summary({}, 'My words.');
    await panel.post(changes(2, { type: 'summaryUpdated', turnId: 'b', summary: edited }));
    await summaryArticle().getByText('My words.').waitFor();
    assert.deepEqual((await panel.receivedOf('editDraft')).at(-1), { type: 'editDraft', turnId: 's' });
  });

  it('cannot be saved while an answer is written, but keeps what was edited', async () => {
    await show(summary());
    await panel.button('Edit Summary').click();
    await editor().fill('Half');
    const next = turn('d', { status: running('answering') });
    await panel.post(changes(2, { type: 'turnUpdated', turn: next }));
    await editor().press('Enter');
    assert.deepEqual(await requestedChanges(), []);
    await panel.post(changes(3, { type: 'statusChanged', turnId: 'd', status: { kind: 'done' } }));
    await editor().press('Enter');
    assert.deepEqual((await requestedChanges())[0]?.change, { kind: 'edited', text: 'Half' });
  });

  it('streams like an answer, with its status, Stop and announcements', async () => {
    const begun = summary({ inUse: false, answer: turn('s', { status: running('thinking') }).answer });
    await panel.post(snapshot(...withSummary(summary()).map(({ summary: none, ...rest }) => rest)));
    await panel.post(changes(2, { type: 'summaryUpdated', turnId: 'b', summary: begun }));
    const status = panel.page.getByRole('status', { name: 'Request' });
    await status.getByText('Thinking').waitFor();
    await panel.button('Stop').waitFor();
    await panel.post(
      changes(
        3,
        { type: 'statusChanged', turnId: 's', status: running('answering') },
        text('s', 'The first sentence. And'),
      ),
    );
    await status.getByText('Answering').waitFor();
    await summaryArticle().getByText('The first sentence. And').waitFor();
    await panel.page
      .locator('[aria-live=polite]', { hasText: 'The first sentence.' })
      .waitFor({ state: 'attached' });
    assert.equal(await panel.button('Edit Summary').count(), 0);
    await panel.post(changes(4, { type: 'summaryUpdated', turnId: 'b', summary: summary() }));
    await status.getByText('Done').waitFor();
    await panel.button('Send').waitFor();
  });

  it('without text explains itself, and can be retried or dismissed', async () => {
    const notice = {
      text: 'The model returned no summary.',
      buttons: [{ action: 'summarizeTurns' as const, label: 'Retry' }],
    };
    const { answer } = turn('s', { status: { kind: 'done', notice } });
    await show(summary({ inUse: false, answer }));
    await summaryArticle().getByText('The model returned no summary.').waitFor();
    await panel.button('Retry').click();
    assert.equal((await panel.receivedOf('summarizeTurns')).length, 1);
    await panel.button('Dismiss').click();
    assert.deepEqual((await requestedChanges())[0]?.change, { kind: 'dismissed' });
    await panel.post(changes(2, { type: 'summaryUpdated', turnId: 'b' }));
    assert.equal(await summaryArticle().count(), 0);
  });

  it('is suggested above the question box if earlier turns fill the context window', async () => {
    const estimate: EstimateView = { model: 'o1-mini', text: '', explanation: '', level: 'fine' };
    const suggestion = {
      text: 'Earlier turns take up most of the context window.',
      buttons: [{ action: 'summarizeTurns' as const, label: 'Summarize Earlier Turns' }],
    };
    await panel.post(snapshot(), { type: 'estimate', estimate: { ...estimate, suggestion } });
    await panel.button('Summarize Earlier Turns').focus();
    await panel.post({ type: 'estimate', estimate: { ...estimate, text: '5 tokens', suggestion } });
    await panel.page.keyboard.press('Enter');
    assert.equal((await panel.receivedOf('summarizeTurns')).length, 1, 'the button keeps the focus');
    await panel.post({ type: 'estimate', estimate });
    assert.equal(await panel.button('Summarize Earlier Turns').count(), 0);
  });
});
