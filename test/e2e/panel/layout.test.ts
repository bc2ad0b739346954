import assert from 'node:assert/strict';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { missing } from './attachment-views';
import { choice, snapshot, turn } from './views';

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
