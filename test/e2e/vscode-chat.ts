import type { Locator } from 'playwright-core';
import type { TestWindow } from '../support/window';
import { repeatUntil } from '../support/workbench';

/** VS Code's own Chat view. Its elements are not those of the chat of this extension. */
export interface VscodeChat {
  /** The last answer, by its class, because the question that is stuck to the top while scrolling is the last list item. */
  readonly lastAnswer: Locator;
  /** The questions and answers; there is no such list in an empty thread. */
  readonly messages: Locator;
  /** The button with the name of the selected model, once a model is selected. */
  readonly modelPicker: Locator;
  button(name: string | RegExp): Locator;
  /** Performs what a user without an account does to add the models of the extension. */
  addModels(): Promise<void>;
  /** Opens the view with an empty thread in which any model can be selected, also one without tools. */
  openThread(): Promise<void>;
  ask(question: string): Promise<void>;
}

/** The settings of a window in which the Chat view can be used. */
export const chatSettings = { 'chat.disableAIFeatures': false };

export function vscodeChat(workbench: TestWindow): VscodeChat {
  const { page } = workbench;
  const view = page.locator('.part.auxiliarybar');
  const messages = view.getByRole('list', { name: 'Chat', exact: true });
  const input = view.getByRole('textbox').last();
  const button = (name: string | RegExp): Locator =>
    view.getByRole('button', { name }).filter({ visible: true }).first();
  const modelPicker = button(/^Models, (?!Auto|Pick)/);
  /** VS Code selects one of the models of the service, or none of them if it read their list too late. */
  const untilModelSelected = (): Promise<void> =>
    repeatUntil(modelPicker, async () => {
      if (await modelPicker.isVisible()) return;
      await button(/^Models, /).click();
      const model = page.locator('.action-widget').getByText('o1-mini', { exact: true }).first();
      await model.click({ timeout: 5000 }).catch(() => page.keyboard.press('Escape'));
    });
  return {
    modelPicker,
    lastAnswer: messages.locator('.monaco-list-row.response').last(),
    messages,
    button,
    async addModels() {
      await workbench.command('Chat: Manage Language Models');
      await page.getByRole('button', { name: 'Add Models' }).click();
      await page.getByRole('menuitem', { name: 'o1-mini Chat' }).click();
      await page.locator('.models-widget').getByText('o1-mini', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
    },
    async openThread() {
      await workbench.command('Chat: Open Chat (Ask)');
      await untilModelSelected();
      // VS Code 1.139 does not show the first answer in a new thread that replaces an empty one.
      if ((await messages.getByRole('listitem').count()) === 0) return;
      await input.press('ControlOrMeta+N');
      await messages.getByRole('listitem').first().waitFor({ state: 'detached' });
      await untilModelSelected();
    },
    async ask(question) {
      await input.focus();
      await page.keyboard.type(question);
      await button(/^Send/).click();
    },
  };
}
