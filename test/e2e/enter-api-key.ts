import type { TestWindow } from '../support/window';

/** Enters an API key in the password box that asks for one. */
export async function enterApiKey(workbench: TestWindow, key: string): Promise<void> {
  const input = workbench.page.locator('.quick-input-widget input[type=password]');
  await input.fill(key);
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}
