import type { Page } from 'playwright-core';

/** The data that the page puts on the clipboard. */
export interface Copied {
  readonly text: string;
  readonly html: string;
}

/** Longer than the code for copying takes to load on a busy machine, in ms. */
const LOADING_LIMIT_MS = 30_000;

/** Keeps the data of the next copies for `copiedData`. */
export async function watchCopies(page: Page): Promise<void> {
  await page.evaluate(`addEventListener('copy', ({ clipboardData }) => (copied = {
    text: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') }))`);
}

/** The data of the last copy since `watchCopies`. */
export function copiedData(page: Page): Promise<Copied> {
  return page.evaluate<Copied>('copied');
}

/** Copies the selection, once the code for copying is loaded, and returns the data for the clipboard. */
export async function copySelection(page: Page): Promise<Copied> {
  await watchCopies(page);
  const deadline = performance.now() + LOADING_LIMIT_MS;
  while (performance.now() < deadline) {
    await page.keyboard.press('Control+c');
    const copied = await copiedData(page);
    if (copied.text !== '') return copied;
  }
  throw new Error('Ctrl+C has copied nothing, as if the code for copying were never loaded');
}
