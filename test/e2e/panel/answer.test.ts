import assert from 'node:assert/strict';
import type { Button, ResponseDetailsView, StatusView } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const continueButton: Button = { action: 'continueAnswer', label: 'Continue' };
const cutOff: StatusView = {
  kind: 'done',
  notice: { text: 'The answer was cut off at the limit of 25,000 tokens.', buttons: [continueButton] },
};
const details: ResponseDetailsView = {
  summary: '1,234 tokens · $0.0123',
  rows: [
    { label: 'Model', value: 'o1-mini-2024-09-12' },
    { label: 'Request ID', value: 'req_0123456789abcdef0123456789abcdef' },
  ],
};

describe('An answer in the panel', () => {
  const panel = usePanel();

  it('shows a refusal as a note without Markdown, and not as an error', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering') })),
      changes(2, { type: 'refusalAdded', turnId: 'a', choice: 0, text: "I **can't** " }),
      changes(3, { type: 'refusalAdded', turnId: 'a', choice: 0, text: 'do <b>that</b>.' }),
    );
    const card = panel.page.getByRole('note').filter({ hasText: 'The model declined to answer' });
    assert.equal(await card.locator('p').innerText(), "I **can't** do <b>that</b>.");
    assert.equal(await panel.page.getByRole('alert').count(), 0);
  });

  it('continues where it was cut off: an open fence stays one code block', async () => {
    await panel.post(
      snapshot(turn('a', { status: cutOff, choices: [choice('See:\n\n```py\na = 1\n')] })),
      changes(2, { type: 'statusChanged', turnId: 'a', status: running('waiting') }),
      changes(3, text('a', 'b = 2\n```\n\nSo it **is')),
      changes(4, text('a', '**.'), { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }),
    );
    assert.equal(await panel.answers().locator('pre').count(), 1);
    assert.equal(await panel.answers().locator('pre').textContent(), 'a = 1\nb = 2\n');
    assert.equal(await panel.answers().locator('strong').innerText(), 'is');
    assert.equal(await panel.answers().getByRole('toolbar', { name: 'Code actions' }).count(), 1);
  });

  it('shows a notice, with buttons that post their action and have the price as tooltip', async () => {
    const doubled = {
      action: 'retryDoubled',
      label: 'Retry with 50,000 tokens',
      hint: 'At most $0.22',
    } as const;
    const notice = {
      text: 'The model used all 25,000 tokens for reasoning.',
      buttons: [doubled, continueButton],
    };
    await panel.post(snapshot(turn('a', { status: { kind: 'done', notice } })));
    await panel.page.getByRole('note').getByText(notice.text).waitFor();
    assert.equal(await panel.button(doubled.label).getAttribute('title'), 'At most $0.22');
    await panel.button(doubled.label).click();
    await panel.button('Continue').click();
    assert.deepEqual(await panel.received(), [{ type: 'retryDoubled' }, { type: 'continueAnswer' }]);
  });

  it('shows the buttons of an error, with the labels of the host', async () => {
    const buttons: Button[] = [
      { action: 'useReplacement', label: 'Use o4-mini' },
      { action: 'showLog', label: 'Show Log' },
    ];
    const errorCard = { title: 'Retired', explanation: 'o1-mini is gone.', buttons };
    await panel.post(snapshot(turn('a', { status: { kind: 'failed', errorCard } })));
    await panel.page.getByRole('alert').getByRole('button', { name: 'Use o4-mini' }).click();
    assert.deepEqual(await panel.received(), [{ type: 'useReplacement' }]);
  });

  it('has no actions in an earlier turn', async () => {
    await panel.post(snapshot(turn('a', { status: cutOff }), turn('b', { status: { kind: 'done' } })));
    await panel.page.getByText('Cut off at').waitFor();
    assert.equal(await panel.button('Continue').count(), 0);
    assert.equal(await panel.button('Regenerate').count(), 1);
    assert.equal(await panel.answers().nth(1).getByRole('button', { name: 'Regenerate' }).count(), 1);
  });

  it('can be regenerated, but not while it is written', async () => {
    await panel.post(snapshot(turn('a')));
    await panel.button('Regenerate').click();
    assert.deepEqual(await panel.received(), [{ type: 'retry' }]);
    await panel.post(changes(2, { type: 'statusChanged', turnId: 'a', status: running('waiting') }));
    assert.equal(await panel.button('Regenerate').count(), 0);
  });

  it('does not have both Retry and Regenerate', async () => {
    const errorCard = {
      title: 'Broken',
      explanation: '',
      buttons: [{ action: 'retry', label: 'Retry' }],
    } as const;
    await panel.post(snapshot(turn('a', { status: { kind: 'failed', errorCard } })));
    await panel.button('Retry').waitFor();
    assert.equal(await panel.button('Regenerate').count(), 0);
  });

  it('moves the focus to the conversation when the pressed button is removed', async () => {
    await panel.post(snapshot(turn('a', { status: cutOff })));
    await panel.button('Continue').press('Enter');
    await panel.post(changes(2, { type: 'statusChanged', turnId: 'a', status: running('waiting') }));
    assert.equal(await panel.page.getByRole('log').evaluate((log) => log === document.activeElement), true);
  });

  it('has a summary of the usage, and details that can be opened', async () => {
    await panel.post(snapshot(turn('a')), changes(2, { type: 'detailsChanged', turnId: 'a', details }));
    await panel.page.getByText('1,234 tokens · $0.0123').waitFor();
    assert.equal(await panel.page.getByRole('term').count(), 0);
    await panel.page.getByText('Details').click();
    assert.deepEqual(await panel.page.getByRole('term').allInnerTexts(), ['Model', 'Request ID']);
    const values = panel.page.getByRole('definition');
    assert.deepEqual(
      await values.allInnerTexts(),
      details.rows.map(({ value }) => value),
    );
    await values.nth(1).selectText();
    assert.equal(await panel.page.evaluate(() => getSelection()?.toString()), details.rows[1]?.value);
  });

  it('has no Details if there are none', async () => {
    await panel.post(snapshot(turn('a', { details: { summary: '3 tokens', rows: [] } })));
    await panel.page.getByText('3 tokens').waitFor();
    assert.equal(await panel.page.getByText('Details').isVisible(), false);
  });
});

describe('The messages of the host', () => {
  const panel = usePanel();

  const readyPosts = async (): Promise<number> =>
    (await panel.received()).filter(({ type }) => type === 'ready').length;

  it('are requested again when one is missing, and the conversation is correct after that', async () => {
    const start = turn('a', { status: running('answering'), choices: [choice('One')] });
    await panel.post(snapshot(start), changes(2, text('a', ' two')), changes(4, text('a', ' four')));
    assert.equal(await readyPosts(), 1);
    await panel.post(changes(5, text('a', ' five')));
    assert.equal(await readyPosts(), 1, 'once');
    const completeTurn = turn('a', { choices: [choice('One two three four five')] });
    await panel.post({ type: 'snapshot', seq: 6, turns: [completeTurn] });
    assert.equal(await panel.page.locator('.markdown').innerText(), 'One two three four five');
  });

  it('are applied once if they arrive twice', async () => {
    const start = turn('a', { status: running('answering'), choices: [choice('One')] });
    await panel.post(snapshot(start), changes(2, text('a', ' two')), changes(2, text('a', ' two')));
    assert.equal(await panel.page.locator('.markdown').innerText(), 'One two');
    assert.deepEqual(await panel.received(), []);
  });

  it('are ignored if they are invalid', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('Fine')] })));
    for (const invalid of [
      null,
      'snapshot',
      { type: 'unknown' },
      { type: 'snapshot', seq: 'one', turns: [] },
      { type: 'changes', seq: 2, changes: [{ type: 'textAdded', turnId: 'a', text: 'no choice' }] },
      { type: 'estimate', estimate: { model: 'x' } },
    ])
      await panel.postUnchecked(invalid);
    assert.equal(await panel.page.locator('.markdown').innerText(), 'Fine');
    assert.deepEqual(await panel.received(), []);
    await panel.post(changes(2, text('a', ' still')));
    assert.equal(await panel.page.locator('.markdown').innerText(), 'Fine still');
  });

  it('about an unknown turn change nothing', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('Fine')] })), changes(2, text('b', 'lost')));
    assert.equal(await panel.page.locator('.markdown').innerText(), 'Fine');
  });
});
