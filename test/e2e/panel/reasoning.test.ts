import assert from 'node:assert/strict';
import type { Change } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

function reasoning(added: string): Change {
  return { type: 'reasoningAdded', turnId: 'a', choice: 0, text: added };
}

describe('The reasoning of an answer', () => {
  const panel = usePanel();
  const answer = () => panel.page.getByRole('article', { name: 'o1-mini' });
  const summary = () => answer().locator('summary', { hasText: 'Reasoning' });
  const lastLine = () => answer().locator('.reasoning-line');
  const body = () => answer().locator('.reasoning');

  const think = (...added: readonly string[]): Promise<void> =>
    panel.post(
      snapshot(turn('a', { status: running('thinking') })),
      ...added.map((each, index) => changes(index + 2, reasoning(each))),
    );

  it('is collapsed, with its last line while the model thinks, and without when it answers', async () => {
    await think('**Reading**\n\nIt is ', '`short`, so\n\n');
    assert.equal(await body().isVisible(), false);
    assert.equal(await lastLine().innerText(), 'It is short, so');
    await panel.post(changes(4, reasoning('> it must be')));
    assert.equal(await lastLine().innerText(), 'it must be');
    await panel.post(changes(5, text('a', 'Twelve.')));
    assert.equal(await lastLine().isVisible(), false);
    assert.equal(await body().isVisible(), false);
    // A model may think again between two texts.
    await panel.post(changes(6, reasoning('\nand more')));
    assert.equal(await lastLine().innerText(), 'and more');
    await panel.post(changes(7, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    assert.equal(await lastLine().isVisible(), false);
    assert.equal(await body().isVisible(), false);
  });

  it('shows the end of a line that is wider than the panel', async () => {
    await panel.page.setViewportSize({ width: 300, height: 600 });
    await think(`${'many words '.repeat(30)}and the end`);
    const [line, shown] = await Promise.all([
      lastLine().evaluate((element) => element.getBoundingClientRect().right),
      lastLine()
        .locator('bdi')
        .evaluate((element) => element.getBoundingClientRect().right),
    ]);
    assert.ok(Math.abs(line - shown) < 2, `${shown} of ${line}`);
    assert.equal(await panel.overflow(), 0);
  });

  it('is rendered as Markdown when it is opened with a key, and grows while it is open', async () => {
    await think('It is **bold** and $x^2$.\n\n```js\nlet a = 1;\n');
    await summary().focus();
    await panel.page.keyboard.press('Enter');
    await body().locator('strong', { hasText: 'bold' }).waitFor();
    await body().locator('.katex').first().waitFor();
    await panel.post(
      changes(3, reasoning('let b = 2;\n```\n\nThe _end')),
      changes(4, text('a', 'Yes.'), { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }),
    );
    assert.equal(await body().locator('pre').textContent(), 'let a = 1;\nlet b = 2;\n');
    assert.match(await body().innerText(), /The _end/);
    assert.equal(await summary().evaluate((element) => element.closest('details')?.open), true);
  });

  it('has code that can be copied, but not inserted or compared', async () => {
    const code = '```js\nlet a = 1;\n```';
    await panel.post(snapshot(turn('a', { choices: [choice(code, { reasoning: code })] })));
    await summary().click();
    const buttons = async (within: string) => {
      const toolbar = answer().locator(`${within} [role=toolbar]`).first();
      await toolbar.getByRole('button', { name: 'Copy' }).waitFor();
      return toolbar.getByRole('button').evaluateAll((all) => all.map((each) => each.getAttribute('title')));
    };
    assert.deepEqual(await buttons('.reasoning'), ['Wrap Lines', 'Copy']);
    assert.ok((await buttons('.choice > .markdown')).includes('Insert at Cursor'));
  });

  it('is no part of what Copy Answer copies', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('Yes.', { reasoning: 'Perhaps.' })] })));
    await summary().click();
    await body().getByText('Perhaps.').waitFor();
    await panel.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await answer().hover();
    await answer().getByRole('button', { name: 'Copy Answer' }).click();
    const received = await panel.received();
    const copied = received.some(({ type }) => type === 'copyAnswer')
      ? ''
      : await panel.page.evaluate(() => navigator.clipboard.readText());
    assert.doesNotMatch(copied, /Perhaps/);
  });

  it('is open if the service returned nothing else, and stays collapsed if the answer was stopped', async () => {
    const only = { choices: [choice('', { reasoning: 'All of the answer.' })] };
    await panel.post(snapshot(turn('a', only)));
    await body().getByText('All of the answer.').waitFor();
    const stopped = { kind: 'stopped', notice: { text: 'Stopped', buttons: [] } } as const;
    await panel.post(snapshot(turn('a', { ...only, status: stopped })));
    assert.equal(await body().isVisible(), false);
  });

  it('of a megabyte takes no time as long as it is collapsed, and is shown in pieces when it is opened', async () => {
    const long = '**A step**\n\nIt is `one` of many. '.repeat(32_768);
    await think(long);
    await panel.post(changes(3, text('a', 'Yes.')));
    await answer().getByText('Yes.').waitFor();
    assert.equal(await body().locator('*').count(), 0);
    await summary().click();
    await body().locator('strong').first().waitFor();
  });

  it('is named for screen readers, without the line that changes all the time', async () => {
    await think('It is short');
    assert.equal(await lastLine().getAttribute('aria-hidden'), 'true');
    const tree = await answer().ariaSnapshot();
    assert.match(tree, /Reasoning/);
    assert.doesNotMatch(tree, /It is short/);
  });
});
