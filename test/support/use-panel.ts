import type { Browser } from 'playwright-core';
import { launchBrowser } from './chromium';
import { lateBound } from './late-bound';
import { openPanel, type PanelOptions, type PanelPage } from './panel-page';

/** Opens a browser for the suite that calls this, and closes it after the last test. */
export function useBrowser(scrollbars: 'visible' | 'hidden' = 'hidden'): Browser {
  let browser: Browser | undefined;
  before('launch the browser', async () => {
    browser = await launchBrowser(scrollbars);
  });
  after('close the browser', () => browser?.close());
  return lateBound('browser', () => browser);
}

/** Opens the panel before each test of the suite that calls this. */
export function usePanel(
  options: PanelOptions & { readonly scrollbars?: 'visible' | 'hidden' } = {},
): PanelPage {
  const browser = useBrowser(options.scrollbars);
  let panel: PanelPage | undefined;

  beforeEach('open the panel', async () => {
    // Loading the page again takes a third of the time of opening a new one.
    if (panel) await panel.reopen();
    else panel = await openPanel(browser, options);
  });
  afterEach('close the panel', async function () {
    // A clock cannot be reset, and a page in which a test has failed may be in any state.
    if (options.clock !== 'manual' && this.currentTest?.state === 'passed') return;
    await panel?.close();
    panel = undefined;
  });
  return lateBound('panel', () => panel);
}
