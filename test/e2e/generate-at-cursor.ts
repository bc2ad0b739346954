import type { Locator } from 'playwright-core';
import type { TestWindow } from '../support/window';

/** Opens the input box of Generate at Cursor with its keys, and describes the code. */
export async function requestCode({ page }: TestWindow, instruction: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.press('Alt+G');
  const input = page.locator('.quick-input-widget input:visible').first();
  await input.fill(instruction);
  await input.press('Enter');
}

/** A button above the code that is shown at the cursor. */
export function generationButton({ page }: TestWindow, name: string): Locator {
  return page.locator('.codelens-decoration a').filter({ hasText: name });
}
