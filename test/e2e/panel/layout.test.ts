import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { attached, missing, orbits, suggestedFiles } from './attachment-views';
import { button, errorCard, estimate } from './screen-content';
import { choice, running, snapshot, turn } from './views';

describe('The layout of the panel', () => {
  const panel = usePanel();

  const address = `https://example.com/${'a'.repeat(140)}`;
  const card = { title: 'Host not found', explanation: `No host at ${address}.`, buttons: [] };
  const withAddress: readonly ToWebviewMessage[] = [
    { type: 'notice', notice: card },
    { type: 'unsaved', errorCard: card },
    {
      type: 'queue',
      questions: [{ id: 'a', text: 'Why?', isWaiting: false, note: `Not sent to ${address}` }],
    },
    { type: 'attachments', attachments: [{ ...missing, reason: `not found at ${address}` }] },
  ];
  for (const message of withAddress) {
    it(`wraps long addresses outside of the conversation: ${message.type}`, async () => {
      await panel.page.setViewportSize({ width: 240, height: 640 });
      await panel.post(snapshot(turn('a')), message);
      await panel.screenshot(`address-${message.type}`);
      assert.equal(await panel.overflow(), 0);
      const cut = panel.page.locator(':is(.notice, .queued, .attachment-bar) *').filter({ hasText: address });
      assert.deepEqual(
        await cut.evaluateAll((parts) => parts.filter((part) => part.getBoundingClientRect().right > 240)),
        [],
      );
    });
  }

  const everything: readonly ToWebviewMessage[] = [
    snapshot(turn('a', { status: running('answering'), choices: [choice('A paragraph.\n\n'.repeat(50))] })),
    { type: 'notice', notice: { ...errorCard, explanation: 'Why it failed. '.repeat(20) } },
    { type: 'unsaved', errorCard },
    {
      type: 'queue',
      questions: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: 'Why?', isWaiting: true, note: 'Queued' })),
    },
    attached(...Array.from('0123456789', (id) => ({ ...orbits, id }))),
    {
      type: 'estimate',
      estimate: {
        ...estimate,
        effort: 'medium',
        verbosity: 'default',
        suggestion: { text: 'Summarize the turns.', buttons: [button('summarizeTurns', 'Summarize')] },
      },
    },
  ];
  for (const [width, height, minimum] of [
    [240, 480, 100],
    [320, 640, 100],
    [1200, 480, 100],
    [320, 360, 50],
    [240, 360, 50],
  ] as const) {
    it(`leaves room for the conversation, the buttons and the suggestions in ${width} × ${height} pixels`, async () => {
      await panel.page.setViewportSize({ width, height });
      await panel.post(...everything);
      await panel.questionBox().fill('A line of a long draft.\n'.repeat(40));
      await panel.questionBox().press('Control+End');
      await panel.questionBox().pressSequentially('#');
      await panel.respond('getCompletions', Array.from({ length: 20 }, () => suggestedFiles).flat());
      const shown = (await panel.page.getByRole('log').boundingBox())?.height ?? 0;
      assert.ok(shown >= minimum, `${shown} pixels of the conversation`);
      const reachable: readonly Locator[] = [
        panel.button('Add to Queue'),
        panel.button('Stop'),
        panel.questionBox(),
        panel.page.getByRole('listbox'),
      ];
      for (const part of reachable) {
        const box = await part.boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= width, String(part));
        assert.ok(box.y >= 0 && box.y + box.height <= height && box.height > 15, String(part));
      }
      assert.equal(await panel.overflow(), 0);
    });
  }

  it('shows which alternative is selected, and no empty status, in forced colors', async () => {
    await panel.page.emulateMedia({ forcedColors: 'active' });
    await panel.post(snapshot(turn('a', { choices: [choice('One.'), choice('Two.')] })));
    const lineColors = await panel.page
      .getByRole('tab')
      .evaluateAll((tabs) => tabs.map((tab) => getComputedStyle(tab).borderBottomColor));
    const background = await panel.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await panel.screenshot('forced-colors');
    await panel.page.emulateMedia({ forcedColors: 'none' });
    assert.notEqual(lineColors[0], lineColors[1], background);
  });
});
