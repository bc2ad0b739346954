import type { TestWindow } from '../support/window';
import { repeatUntil } from '../support/workbench';

/** Enters a path in the simple file dialog of VS Code. */
export async function choosePath(workbench: TestWindow, path: string): Promise<void> {
  const { page } = workbench;
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: '..' }).first().waitFor();
  await page.waitForFunction(
    (box) => box instanceof HTMLInputElement && box.value.startsWith('/'),
    await input.elementHandle(),
  );
  // A dialog that is still listing a folder appends the text to its own suggestion.
  const closed = page.locator('body:not(:has(.quick-input-widget:not([style*="none"])))');
  await repeatUntil(closed, async () => {
    if (!(await input.isVisible())) return;
    await input.fill(path);
    await input.press('Enter');
  });
}
