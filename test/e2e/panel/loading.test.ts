import assert from 'node:assert/strict';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import type { PanelWindow } from '../../support/panel-page';
import { usePanel } from '../../support/use-panel';
import { turn } from './views';

describe('The page of the panel', () => {
  const panel = usePanel();

  it('requests earlier turns one message after another, as long as there are some', async () => {
    const { page } = panel;
    // The panel is busy until it has all turns, so this does not wait for it.
    const dispatch = (data: ToWebviewMessage): Promise<unknown> =>
      page.evaluate((message) => dispatchEvent(new MessageEvent('message', { data: message })), data);
    const untilRequests = (count: number): Promise<unknown> =>
      page.waitForFunction((expected) => {
        const { received } = window as unknown as PanelWindow;
        return received.filter(({ type }) => type === 'loadEarlierTurns').length === expected;
      }, count);
    await dispatch({ type: 'snapshot', seq: 1, turns: [turn('c')], remaining: 2 });
    await untilRequests(1);
    await dispatch({ type: 'earlierTurns', seq: 1, turns: [turn('b')], remaining: 1 });
    await untilRequests(2);
    await panel.post({ type: 'earlierTurns', seq: 1, turns: [turn('a')], remaining: 0 });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    assert.equal((await panel.receivedOf('loadEarlierTurns')).length, 2);
  });

  it('loads its icons once, beside its scripts', async () => {
    const { page } = panel;
    await page.reload({ waitUntil: 'networkidle' });
    const initiators = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('codicon'))
        .map((entry) => (entry as PerformanceResourceTiming).initiatorType),
    );
    assert.deepEqual(initiators, ['link']);
  });
});
