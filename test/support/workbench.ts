import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { keysOf, type BoundCommand } from './key-bindings';

/** What a person does in a VS Code window, by keyboard and by names on the screen. */
export interface Workbench {
  /** Runs the command with this title in the palette, category included. */
  command(title: string): Promise<void>;
  /** Presses the keys that the tests have for a command. */
  press(name: BoundCommand): Promise<void>;
  openFile(name: string): Promise<void>;
  /** Whole lines, counted from 1. */
  select(fromLine: number, toLine: number): Promise<void>;
  /** Closes all editors and drops what is not saved. */
  closeEditors(): Promise<void>;
  /** The text of the active editor; selection and clipboard stay as they were. */
  editorText(): Promise<string>;
  clipboard(): Promise<string>;
  /** The notification with this text; the list is opened, as a headless window shows no toasts. */
  notification(text: string): Promise<Locator>;
  /** The dialog with this text, there or not. */
  dialog(text: string | RegExp): Locator;
  /** Chooses the entry with this text in the list that is open, once it is there. */
  choose(entry: string | RegExp): Promise<void>;
  /** Chooses the item of this name in the menu that was just opened. */
  chooseInMenu(item: string): Promise<void>;
}

/** The part of VS Code's own smoke test driver that is used here. */
interface SmokeTestDriver {
  whenWorkbenchRestored(): Promise<void>;
}

export async function whenRestored(page: Page): Promise<void> {
  // A tab that is not in front draws no frames, by which it would be looked at otherwise.
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
    openFile: async (name) => {
      await pick(page, name, basename(name));
      await page
        .locator('.tab.active')
        .filter({ hasText: basename(name) })
        .waitFor();
      await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    },
    select: async (fromLine, toLine) => {
      await quickInput(page, `:${fromLine}`, (input) => input.press('Enter', { timeout: long }));
      await cursor(page, new RegExp(`^Ln ${fromLine}, Col 1$`)).waitFor();
      await page.locator('.editor-instance .monaco-editor.focused').waitFor();
      for (let line = fromLine; line < toLine; line++) await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+End');
      await cursor(page, new RegExp(`^Ln ${toLine}, .*selected`)).waitFor();
    },
    notification: async (text) => {
      await press('showNotifications');
      const item = page.locator('.notifications-center .notification-list-item').filter({ hasText: text });
      await item.first().waitFor();
      return item.first();
    },
    dialog: (text) => page.getByRole('dialog').filter({ hasText: text }),
    choose: async (entry) => {
      await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: entry }).first().click();
    },
    chooseInMenu: async (item) => {
      // A menu that has just opened takes no clicks, lest the one that opened it be taken twice.
      await page.getByRole('menuitem', { name: item }).hover();
      await page.keyboard.press('Enter');
    },
    closeEditors: async () => {
      const tabs = page.locator('.part.editor .tab');
      const drop = page.getByRole('dialog').getByRole('button', { name: "Don't Save" });
      const answered = drop.or(page.locator('.part.editor:not(:has(.tab))')).first();
      // A page that is just being loaded takes the key with it.
      await repeatUntil(answered, () => press('closeEditors'));
      if (await drop.isVisible()) await drop.click();
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

/** Does something, and again where what it should bring does not come. */
export async function repeatUntil(there: Locator, action: () => Promise<void>): Promise<void> {
  for (let came = false; !came;) {
    await action();
    came = await there.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  }
}

/** Milliseconds until quick input is opened again: where it does not come, and where it lacks the entry, at first. */
const long = 10_000;
const aWhile = 500;

function cursor(page: Page, text: RegExp): Locator {
  return page.locator('[id="status.editor.selection"]').filter({ hasText: text });
}

/**
 * Opens quick input, types and accepts. It is opened again where it was closed meanwhile, as by an extension that
 * moves the focus, and where an entry is missing: what is entered in its first moment may go unheard, and an open list
 * learns neither of a new file nor of an extension that is still being found.
 */
async function quickInput(
  page: Page,
  text: string,
  accept: (input: Locator, timeout: number) => Promise<void>,
): Promise<void> {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input');
  const deadline = performance.now() + 60_000;
  for (let timeout = aWhile; ; timeout *= 2) {
    await page.keyboard.press('F1');
    try {
      await input.waitFor({ timeout: long });
      await input.evaluate(enter, text);
      await accept(input, timeout);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      // Escape in an editor would drop its selection.
      if (!(await widget.isVisible())) continue;
      await page.keyboard.press('Escape');
      // One that lost the focus does not hear Escape; the next F1 gives it back.
      await widget.waitFor({ state: 'hidden', timeout }).catch(() => undefined);
    }
  }
}

/** Not typed: where the focus moved away meanwhile, what is typed would land in the editor. */
function enter(input: HTMLElement | SVGElement, text: string): void {
  (input as HTMLInputElement).value = text;
  input.dispatchEvent(new Event('input'));
}

async function pick(page: Page, text: string, label: string): Promise<void> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  // All of the name: what was typed is marked in longer ones, and stands there as a text of its own.
  const whole = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
  const row = rows.filter({ has: page.locator('.label-name', { hasText: whole }) }).first();
  await quickInput(page, text, async (_, timeout) => {
    await row.waitFor({ timeout });
    // Not in the same time: a click that was done and not yet answered would be done again.
    await row.click({ timeout: long });
  });
}
