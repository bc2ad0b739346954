import assert from 'node:assert/strict';
import { axeFindings } from '../../support/axe';
import { themeNames } from '../../support/panel-themes';
import { recordFigure } from '../../support/promises';
import { usePanel } from '../../support/use-panel';
import { screens, type Screen } from './screens';

describe('R10 The panel, checked by axe-core,', () => {
  const panel = usePanel();

  after(() => {
    const count = Object.keys(screens).length;
    recordFigure(
      'R10',
      `${count} screens in ${themeNames.length} themes and at 240 pixels, no finding of axe-core`,
    );
  });

  it('fails if it contains a barrier', async () => {
    await panel.page.evaluate(() => {
      const pale = document.createElement('button');
      pale.textContent = 'Pale';
      pale.style.color = '#222';
      pale.style.background = '#181818';
      document.querySelector('main')?.append(pale, document.createElement('button'));
    });
    const rules = (await axeFindings(panel.page)).map((line) => line.split(':')[0]);
    assert.deepEqual(rules.sort(), ['button-name', 'color-contrast']);
  });

  for (const [name, { messages, act }] of Object.entries<Screen>(screens)) {
    it(`has no barriers in any theme and width: ${name}`, async () => {
      await panel.post(...messages);
      await act?.(panel);
      for (const theme of themeNames) {
        await panel.theme(theme);
        assert.deepEqual(await axeFindings(panel.page), [], theme);
      }
      await panel.page.setViewportSize({ width: 240, height: 640 });
      assert.deepEqual(await axeFindings(panel.page), [], 'narrow');
    });
  }
});
