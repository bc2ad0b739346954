import type { TestWindow, Theme } from '../support/window';

const themes: readonly (readonly [Theme, string])[] = [
  ['Light Modern', 'light'],
  ['Default High Contrast', 'high-contrast'],
  ['Dark Modern', 'dark'],
];

/** Takes a screenshot of the window in each kind of theme, and ends with the default theme. */
export async function screenshotInThemes(workbench: TestWindow, name: string): Promise<void> {
  for (const [theme, suffix] of themes) {
    await workbench.theme(theme);
    await workbench.screenshot(`${name}-${suffix}`);
  }
}
