import type { TestWindow } from './window';

/** Enters an API key in the box that asks for one and hides what is typed. */
export async function enterKey(w: TestWindow, key: string): Promise<void> {
  const input = w.page.locator('.quick-input-widget input[type=password]');
  await input.fill(key);
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}
