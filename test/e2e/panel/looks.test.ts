import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/chromium';
import { openPanel, type PanelPage } from '../../support/panel-page';
import { panelThemes } from '../../support/panel-themes';
import { screens, type Screen } from './screens';

describe('The look of the panel', () => {
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchBrowser({ headless: true });
  });
  beforeEach(async () => {
    panel = await openPanel(browser);
  });
  afterEach(() => panel.close());
  after(() => browser.close());

  for (const [state, { messages, act }] of Object.entries<Screen>(screens)) {
    it(`fits into every width and theme: ${state}`, async () => {
      await panel.page.getByRole('textbox').fill('And of a sphere?');
      await panel.say(...messages);
      await act?.(panel);
      for (const width of [240, 420]) {
        await panel.page.setViewportSize({ width, height: 640 });
        assert.equal(await panel.overflow(), 0, `${width} pixels`);
        for (const theme of Object.keys(panelThemes) as (keyof typeof panelThemes)[]) {
          await panel.theme(theme);
          await panel.screenshot(`${state}-${theme}-${width}`);
        }
      }
    });
  }
});
