import assert from 'node:assert/strict';
import { themeNames } from '../../support/panel-themes';
import { usePanel } from '../../support/use-panel';
import { screens, type Screen } from './screens';

describe('The appearance of the panel', () => {
  const panel = usePanel();

  for (const [state, { messages, act }] of Object.entries<Screen>(screens)) {
    it(`fits into every width and theme: ${state}`, async () => {
      await panel.page.getByRole('textbox').fill('And of a sphere?');
      await panel.post(...messages);
      await act?.(panel);
      for (const theme of themeNames) {
        await panel.theme(theme);
        await panel.screenshot(`${state}-${theme}`);
        assert.equal(await panel.overflow(), 0, theme);
      }
      await panel.page.setViewportSize({ width: 240, height: 640 });
      await panel.screenshot(`${state}-narrow`);
      assert.equal(await panel.overflow(), 0, 'narrow');
    });
  }
});
