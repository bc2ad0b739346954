import type { TestWindow } from './window';

/** Answers VS Code's own dialog for files. */
export async function choosePath(w: TestWindow, path: string): Promise<void> {
  const input = w.page.locator('.quick-input-widget .quick-input-box input');
  // Until it has listed its folder it would take what is typed for a part of its own proposal.
  await w.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: '..' }).first().waitFor();
  await w.page.waitForFunction(
    (box) => box instanceof HTMLInputElement && box.value.startsWith('/'),
    await input.elementHandle(),
  );
  await input.fill(path);
  await input.press('Enter');
  await w.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}
