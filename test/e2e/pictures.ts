import type { TestWindow, Theme } from './window';

const themes: readonly (readonly [Theme, string])[] = [
  ['Light Modern', 'light'],
  ['Default High Contrast', 'high-contrast'],
  ['Dark Modern', 'dark'],
];

/** Keeps pictures of the window as it is, in each kind of theme; the last is the one it has by default. */
export async function inThemes(w: TestWindow, name: string): Promise<void> {
  for (const [theme, suffix] of themes) {
    await w.theme(theme);
    await w.screenshot(`${name}-${suffix}`);
  }
}
