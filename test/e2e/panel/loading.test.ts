import assert from 'node:assert/strict';
import type { PanelWindow } from '../../support/panel-page';
import { usePanel } from '../../support/use-panel';

describe('The page of the panel', () => {
  const panel = usePanel();

  it('requests the state of the chat before its scripts have been loaded', async () => {
    const { page } = panel;
    await page.route('**/main.js', (route) => route.abort());
    await page.reload();
    const received = await page.evaluate(() => (window as unknown as PanelWindow).received);
    await page.unroute('**/main.js');
    assert.deepEqual(received, [{ type: 'ready' }]);
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
