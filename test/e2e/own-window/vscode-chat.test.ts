import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { lastMessages } from '../requests';
import { useOwnWindow } from './own-window';

/** VS Code's own Chat view, without any account. Its elements are not those of the chat of this extension. */
describe("VS Code's Chat", () => {
  const { workbench } = useOwnWindow(() => ({ settings: { 'chat.disableAIFeatures': false } }));
  const view = (): Locator => workbench.page.locator('.part.auxiliarybar');
  const messages = (): Locator => view().getByRole('list', { name: 'Chat', exact: true });
  /** By its class, because the question that is stuck to the top while scrolling is the last list item of the page. */
  const lastAnswer = (): Locator => messages().locator('.monaco-list-row.response').last();
  const button = (name: string | RegExp): Locator =>
    view().getByRole('button', { name }).filter({ visible: true }).first();

  /** Opens the Chat view with a new thread in which any model can be selected, also one without tools. */
  async function openThread(): Promise<void> {
    await workbench.command('Chat: Open Chat (Ask)');
    await button('Models, o1-mini').waitFor();
    await view().getByRole('textbox').last().press('ControlOrMeta+N');
    await messages().getByRole('listitem').first().waitFor({ state: 'detached' });
    await button('Models, o1-mini').waitFor();
  }

  async function ask(question: string): Promise<void> {
    await view().getByRole('textbox').last().focus();
    await workbench.page.keyboard.type(question);
    await button(/^Send/).click();
  }

  /** Performs what a user without an account does to add the models of an extension. */
  async function addModels(): Promise<void> {
    const { page } = workbench;
    await workbench.command('Chat: Manage Language Models');
    await page.getByRole('button', { name: 'Add Models' }).click();
    await page.getByRole('menuitem', { name: 'o1-mini Chat' }).click();
    await page.locator('.models-widget').getByText('o1-mini', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  }

  before(addModels);
  beforeEach(async () => {
    workbench.api.clear();
    await openThread();
  });

  it('offers the model of the settings in its model picker, with the service', async () => {
    await button('Models, o1-mini').click();
    const models = workbench.page.locator('.action-widget');
    await models.getByText(new URL(workbench.api.origin).host).waitFor();
    await workbench.screenshot('vscode-chat-models');
    await workbench.page.keyboard.press('Escape');
  });

  it('sends the selected code with a command of @o1mini', async () => {
    workbench.api.script({ kind: 'answer', text: 'It returns r.' });
    writeFileSync(join(workbench.folder, 'selected.py'), 'a = 1\ndef f(r):\n    return r\n');
    await workbench.openFile('selected.py');
    await workbench.select(2, 3);
    await openThread();
    await ask('@o1mini /explain');
    await lastAnswer().getByText('It returns r.').waitFor();
    assert.match(lastMessages(workbench.api)[0] ?? '', /def f\(r\):\n {4}return r/);
    await workbench.closeEditors();
  });

  it('stops @o1mini in the thinking with its Cancel button, and shows no answer', async () => {
    workbench.api.script({ kind: 'answer', text: 'Too late', thinkingMs: 600_000 });
    await ask('@o1mini What is a tree?');
    await lastAnswer().getByText('Thinking…').waitFor();
    await button(/^Cancel/).click();
    assert.equal(await workbench.api.requests[0]?.ended, 'closedEarly');
    await button(/^Send/).waitFor();
    assert.doesNotMatch(await messages().innerText(), /Too late/);
    assert.equal(await messages().locator('.codicon-error').count(), 0);
  });
});
