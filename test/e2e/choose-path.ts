import type { TestWindow } from '../support/window';

/** Enters a path in VS Code's simple file dialog. */
export async function choosePath(workbench: TestWindow, path: string): Promise<void> {
  const input = workbench.page.locator('.quick-input-widget .quick-input-box input');
  // Before the dialog has listed its folder, it would append the path to the one that it proposes.
  await workbench.page
    .locator('.quick-input-list .monaco-list-row')
    .filter({ hasText: '..' })
    .first()
    .waitFor();
  await workbench.page.waitForFunction(
    (box) => box instanceof HTMLInputElement && box.value.startsWith('/'),
    await input.elementHandle(),
  );
  await input.fill(path);
  await input.press('Enter');
  await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}
