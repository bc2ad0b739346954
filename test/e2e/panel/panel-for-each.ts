import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/chromium';
import { openPanel, type PanelOptions, type PanelPage } from '../../support/panel-page';

/**
 * Each test of the suite that calls this has the panel as it is when it has just been opened.
 *
 * @param use is given the panel before each test, and before the hooks that come after this
 */
export function openPanelForEach(use: (panel: PanelPage) => void, options: PanelOptions = {}): void {
  let browser: Browser;
  let panel: PanelPage | undefined;

  before(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    // That takes a third of the time of a new page.
    if (panel) await panel.reopen();
    else panel = await openPanel(browser, options);
    use(panel);
  });
  afterEach(async function () {
    // A clock does not go back, and a page that a test failed in may be in any state.
    if (options.clock !== 'manual' && this.currentTest?.state === 'passed') return;
    await panel?.close();
    panel = undefined;
  });
  after(() => browser.close());
}
