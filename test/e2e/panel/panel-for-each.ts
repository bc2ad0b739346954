import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/chromium';
import { openPanel, type PanelOptions, type PanelPage } from '../../support/panel-page';

/**
 * Each test of the suite that calls this has a panel of its own, all of them in one browser.
 *
 * @param use is given the panel before each test, and before the hooks that come after this
 */
export function openPanelForEach(use: (panel: PanelPage) => void, options: PanelOptions = {}): void {
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    panel = await openPanel(browser, options);
    use(panel);
  });
  afterEach(() => panel.close());
  after(() => browser.close());
}
