import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

describe('Alternatives of an answer', () => {
  const panel = usePanel();
  const tab = (number: number) => panel.page.getByRole('tab', { name: `Alternative ${number}` });
  const shown = () => panel.page.getByRole('tabpanel');

  it('have no tabs if there is only one', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('Alone')] })));
    await panel.page.getByText('Alone').waitFor();
    assert.equal(await panel.page.getByRole('tablist').count(), 0);
    assert.equal(await shown().count(), 0);
  });

  it('stream separately as Markdown, and appear with their first word', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering') })),
      changes(2, text('a', 'One **bo'), text('a', '```\ncode', 1)),
      changes(3, text('a', '    x\n', 1), text('a', 'ld** '), text('a', '- three', 2)),
    );
    assert.equal(await shown().locator('strong').innerText(), 'bold');
    await tab(2).click();
    assert.equal(await shown().locator('pre').textContent(), 'code    x\n');
    await tab(3).click();
    assert.equal(await shown().locator('li').innerText(), 'three');
  });

  it('are selected by a click, which is posted once', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('First'), choice('Second')] })));
    await tab(2).click();
    await tab(2).click();
    assert.equal(await shown().innerText(), 'Second');
    assert.deepEqual(await panel.received(), [{ type: 'selectChoice', turnId: 'a', choice: 1 }]);
  });

  it('are selected by arrow keys, Home and End, and Tab reaches them once', async () => {
    await panel.post(snapshot(turn('a', { choices: ['A', 'B', 'C'].map((letter) => choice(letter)) })));
    await tab(1).focus();
    for (const [key, letter] of [
      ['ArrowRight', 'B'],
      ['ArrowRight', 'C'],
      ['ArrowRight', 'A'],
      ['ArrowLeft', 'C'],
      ['Home', 'A'],
      ['End', 'C'],
    ] as const) {
      await panel.page.keyboard.press(key);
      await shown().getByText(letter, { exact: true }).waitFor();
    }
    const stops = panel.page.locator('[role=tab][tabindex="0"]');
    assert.equal(await stops.count(), 1);
    assert.equal(await stops.getAttribute('aria-selected'), 'true');
    assert.equal(await stops.evaluate((stop) => stop === document.activeElement), true);
  });

  it('follow the selection of the host', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('First'), choice('Second')], chosen: 1 })));
    assert.equal(await shown().innerText(), 'Second');
    await panel.post(changes(2, { type: 'choiceChanged', turnId: 'a', chosen: 0 }));
    assert.equal(await shown().innerText(), 'First');
    assert.deepEqual(await panel.received(), []);
  });

  it('can be switched while they are written, and the one that is shown at the end is selected', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering'), choices: [choice('First'), choice('Second')] })),
    );
    await tab(2).click();
    await panel.post(
      changes(2, text('a', ' and more', 1)),
      changes(3, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }),
    );
    assert.equal(await shown().innerText(), 'Second and more');
    const choose = { type: 'selectChoice', turnId: 'a', choice: 1 };
    assert.deepEqual(await panel.received(), [choose, choose]);
  });

  it('have accessible names, and each panel has the name of its tab', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('First'), choice('Second')] })));
    await panel.page.getByRole('tablist', { name: 'Alternatives' }).waitFor();
    await panel.page.getByRole('tabpanel', { name: 'Alternative 1' }).waitFor();
    assert.deepEqual(await panel.page.getByRole('tab').allInnerTexts(), ['1', '2']);
  });

  it('are limited to one hundred, whatever index a server sends', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering') })),
      changes(2, text('a', 'far', 1_000_000_000), text('a', 'near', 1)),
    );
    assert.equal(await panel.page.getByRole('tab').count(), 2);
  });
});
