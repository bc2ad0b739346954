import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { keysOf, type BoundCommand } from './key-bindings';

/** Actions of a user in a VS Code window, by keyboard and by visible names. */
export interface Workbench {
  /** Runs the command with this title in the palette, category included. */
  command(title: string): Promise<void>;
  /** Presses the keys that are bound to a command in the tests. */
  press(name: BoundCommand): Promise<void>;
  openFile(name: string): Promise<void>;
  /** Opens a file of the folder where VS Code cannot search for files; `openFile` finds it afterwards. */
  openFromExplorer(name: string): Promise<void>;
  /** Selects whole lines, counted from 1. */
  select(fromLine: number, toLine: number): Promise<void>;
  /** Closes all editors without saving. */
  closeEditors(): Promise<void>;
  /** The text of the active editor; selection and clipboard are restored. */
  editorText(): Promise<string>;
  clipboard(): Promise<string>;
  /** Waits until the clipboard has this text. */
  untilClipboard(text: string): Promise<void>;
  /** The notification with this text, in the list of notifications, because a headless window shows no toasts. */
  notification(text: string): Promise<Locator>;
  /** The dialog with this text, whether or not it is open. */
  dialog(text: string | RegExp): Locator;
  /** Chooses the entry with this text in the open list, once it is there. */
  choose(entry: string | RegExp): Promise<void>;
  /** Closes the open list or input box without a choice. */
  closeQuickInput(): Promise<void>;
  /** Chooses the item with this name in the menu that was just opened. */
  chooseInMenu(item: string): Promise<void>;
}

/** The part of the smoke test driver of VS Code that is used here. */
interface SmokeTestDriver {
  whenWorkbenchRestored(): Promise<void>;
}

export async function whenRestored(page: Page): Promise<void> {
  // A background tab renders no frames, which are the default for polling.
  await page.waitForFunction(() => 'driver' in window, undefined, { polling: 100 });
  await page.evaluate(() =>
    (window as unknown as { driver: SmokeTestDriver }).driver.whenWorkbenchRestored(),
  );
}

export function workbench(page: Page): Workbench {
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const setClipboard = (text: string): Promise<void> =>
    page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  const command = async (title: string): Promise<void> => {
    await pick(page, `>${title}`, title);
  };
  const press = (name: BoundCommand): Promise<void> => page.keyboard.press(keysOf(name));
  return {
    command,
    press,
    clipboard,
    untilClipboard: async (text) => {
      await page.waitForFunction(
        async (expected) => (await navigator.clipboard.readText()) === expected,
        text,
      );
    },
    openFromExplorer: async (name) => {
      await press('showExplorer');
      await page.getByRole('treeitem', { name }).dblclick();
      await page.locator('.tab.active').filter({ hasText: name }).waitFor();
    },
    openFile: async (name) => {
      await pick(page, name, basename(name));
      await page
        .locator('.tab.active')
        .filter({ hasText: basename(name) })
        .waitFor();
      await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    },
    select: async (fromLine, toLine) => {
      // All of it again, because a view that takes the focus at this moment receives the keys instead.
      await repeatUntil(cursor(page, new RegExp(`^Ln ${toLine}, .*selected`)), async () => {
        const focusedEditor = page.locator('.editor-instance .monaco-editor.focused');
        const start = cursor(page, new RegExp(`^Ln ${fromLine}, Col 1$`));
        await quickInput(page, `:${fromLine}`, async (input) => {
          await input.press('Enter', { timeout: OPEN_TIMEOUT_MS });
          await start.waitFor({ timeout: OPEN_TIMEOUT_MS });
        });
        await focusedEditor.waitFor({ timeout: OPEN_TIMEOUT_MS }).catch(() => undefined);
        for (let line = fromLine; line < toLine; line++) await page.keyboard.press('Shift+ArrowDown');
        await page.keyboard.press('Shift+End');
      });
    },
    notification: async (text) => {
      const list = page.locator('.notifications-center');
      const item = list.locator('.notification-list-item').filter({ hasText: text }).first();
      // A webview that is being loaded swallows the key.
      await repeatUntil(item, () => press('showNotifications'));
      return item;
    },
    dialog: (text) => page.getByRole('dialog').filter({ hasText: text }),
    choose: async (entry) => {
      await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: entry }).first().click();
    },
    closeQuickInput: async () => {
      const widget = page.locator('.quick-input-widget');
      // A webview that takes the focus at this moment receives the key instead.
      const escape = (): Promise<void> =>
        widget.locator('input:visible').first().press('Escape', { timeout: 5000 });
      await repeatUntil(widget, () => escape().catch(() => undefined), 'hidden');
    },
    chooseInMenu: async (item) => {
      // A menu that was just opened ignores clicks, so that the click that opened it is not handled twice.
      await page.getByRole('menuitem', { name: item }).first().hover();
      await page.keyboard.press('Enter');
    },
    closeEditors: async () => {
      const tabs = page.locator('.part.editor .tab');
      const dontSave = page.getByRole('dialog').getByRole('button', { name: "Don't Save" });
      // Windows and modal editors have editor parts of their own.
      const closedOrAsked = dontSave.or(page.locator('body:not(:has(.part.editor .tab))')).first();
      if ((await tabs.count()) === 0) return;
      // On a tab, because a webview that is being loaded swallows the key.
      const close = (): Promise<void> =>
        tabs
          .first()
          .press(keysOf('closeEditors'), { timeout: 5000 })
          .catch(() => undefined);
      await repeatUntil(closedOrAsked, close);
      if (await dontSave.isVisible()) await dontSave.click();
      await tabs.first().waitFor({ state: 'detached' });
    },
    editorText: async () => {
      await press('focusEditor');
      await page.locator('.editor-instance .monaco-editor.focused').waitFor();
      const before = await clipboard();
      await setClipboard('');
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.press('ControlOrMeta+C');
      const text = await clipboard();
      await page.keyboard.press('ControlOrMeta+U');
      await setClipboard(before);
      return text;
    },
  };
}

/** Repeats an action until its expected result is there. */
export async function repeatUntil(
  expected: Locator,
  action: () => Promise<void>,
  state: 'visible' | 'hidden' = 'visible',
): Promise<void> {
  for (let isThere = false; !isThere;) {
    await action();
    isThere = await expected.waitFor({ timeout: 5000, state }).then(
      () => true,
      () => false,
    );
  }
}

/** Times in ms after which quick input is opened again: if it does not open, and if the entry is missing at first. */
const OPEN_TIMEOUT_MS = 10_000;
const ENTRY_TIMEOUT_MS = 500;

function cursor(page: Page, text: RegExp): Locator {
  return page.locator('[id="status.editor.selection"]').filter({ hasText: text });
}

/**
 * Opens quick input, enters text and accepts. Quick input is opened again if it was closed, for example by an extension
 * that moved the focus, and if an entry is missing, because early input may be ignored, and an open list is not updated
 * for new files and extensions.
 */
async function quickInput(
  page: Page,
  text: string,
  accept: (input: Locator, timeout: number) => Promise<void>,
): Promise<void> {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input');
  const deadline = performance.now() + 60_000;
  for (let timeout = ENTRY_TIMEOUT_MS; ; timeout *= 2) {
    await page.keyboard.press('F1');
    try {
      await input.waitFor({ timeout: OPEN_TIMEOUT_MS });
      await input.evaluate(enter, text);
      await accept(input, timeout);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      // Escape in an editor would remove its selection.
      if (!(await widget.isVisible())) continue;
      await page.keyboard.press('Escape');
      // Without the focus, quick input does not receive Escape; the next F1 returns the focus.
      await widget.waitFor({ state: 'hidden', timeout }).catch(() => undefined);
    }
  }
}

/** Sets the text without typing, because keys would go to the editor if the focus has moved. */
function enter(input: HTMLElement | SVGElement, text: string): void {
  (input as HTMLInputElement).value = text;
  input.dispatchEvent(new Event('input'));
}

async function pick(page: Page, text: string, label: string): Promise<void> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  // Matches the whole name, because the typed part is highlighted in longer names as a text of its own.
  const exactName = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
  const row = rows.filter({ has: page.locator('.label-name', { hasText: exactName }) }).first();
  await quickInput(page, text, async (_, timeout) => {
    await row.waitFor({ timeout });
    // A longer timeout, so that a click that is not yet handled is not repeated.
    await row.click({ timeout: OPEN_TIMEOUT_MS });
  });
}
