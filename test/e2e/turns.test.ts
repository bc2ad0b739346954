import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openChat } from './chat-page';
import { lastMessages } from './requests';
import { screenshotInThemes } from './screenshots';
import { useChat } from './use-chat';

describe('Turns', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  before(async () => {
    for (const [question, text] of [
      ['What is a circle?', 'A **round** thing: $x^2 + y^2 = r^2$.'],
      ['And a sphere?', 'A *rounder* one.'],
    ] as const) {
      await ask(question, text);
    }
  });

  async function ask(question: string, text: string): Promise<void> {
    api.script({ kind: 'answer', text });
    await chat.ask(question);
    await chat.until('Done');
  }

  const actionOf = (index: number, name: string): Locator =>
    chat.questions.nth(index).getByRole('button', { name, exact: true });
  const waitForVersion = (label: string): Promise<void> =>
    chat.questions.first().getByText(label, { exact: true }).waitFor();
  const editor = (): Locator => workbench.panel().getByRole('textbox', { name: 'Edit question' });
  const answers = (): Promise<readonly string[]> => chat.answers.locator('.markdown').allInnerTexts();

  it('are answered again when a question is edited, and the original is kept as a version', async () => {
    await chat.questions.first().hover();
    await actionOf(0, 'Edit').click();
    await editor().fill('What is a square?');
    await screenshotInThemes(workbench, 'editing');
    api.script({ kind: 'answer', text: 'A thing with corners.' });
    await editor().press('Enter');
    await waitForVersion('2/2');
    await chat.until('Done');
    assert.deepEqual(lastMessages(api), ['What is a square?']);
    assert.deepEqual(await answers(), ['A thing with corners.']);
    assert.equal(await editor().count(), 0);
  });

  it('are all shown again with the previous version, even after the window is reloaded', async () => {
    await actionOf(0, 'Previous Version').click();
    await waitForVersion('1/2');
    await chat.questions.nth(1).getByText('And a sphere?').waitFor();
    assert.equal(await chat.answers.count(), 2);
    await screenshotInThemes(workbench, 'versions');
    await workbench.reload();
    await openChat(workbench);
    await waitForVersion('1/2');
    await chat.questions.nth(1).getByText('And a sphere?').waitFor();
    await chat.answers.nth(1).getByText('rounder').waitFor();
    await actionOf(0, 'Next Version').click();
    await waitForVersion('2/2');
    await chat.answers.getByText('A thing with corners.').waitFor();
    assert.equal(await chat.questions.count(), 1);
  });

  it('do not take the focus from the rest of VS Code when they are rendered again', async () => {
    await actionOf(0, 'Edit').focus();
    await workbench.page.keyboard.press('F1');
    const palette = workbench.page.locator('.quick-input-widget');
    const input = palette.locator('.quick-input-box input');
    await input.and(workbench.page.locator(':focus')).waitFor();
    // A click by script does not move the focus.
    await actionOf(0, 'Previous Version').evaluate((element) => (element as HTMLElement).click());
    await waitForVersion('1/2');
    await workbench.page.keyboard.type('o1-mini');
    assert.equal(await input.inputValue(), '>o1-mini');
    await workbench.closeQuickInput();
    await actionOf(0, 'Next Version').click();
    await waitForVersion('2/2');
  });

  it('of the shown version are sent with the next question', async () => {
    await actionOf(0, 'Previous Version').click();
    await waitForVersion('1/2');
    await ask('And a torus?', 'A ring.');
    assert.deepEqual(lastMessages(api), [
      'What is a circle?',
      'A **round** thing: $x^2 + y^2 = r^2$.',
      'And a sphere?',
      'A *rounder* one.',
      'And a torus?',
    ]);
  });

  it('copy their answers as Markdown, including earlier ones', async () => {
    const checkCopy = async (index: number, text: string): Promise<void> => {
      await chat.answers.nth(index).hover();
      await chat.answers.nth(index).getByRole('button', { name: 'Copy Answer' }).click();
      await workbench.page.waitForFunction(
        async (expected) => (await navigator.clipboard.readText()) === expected,
        text,
      );
    };
    await checkCopy(0, 'A **round** thing: $x^2 + y^2 = r^2$.');
    await checkCopy(2, 'A ring.');
  });

  it('can be quoted with the button at the selection, a key and the context menu', async () => {
    await chat.answers.first().locator('.katex').waitFor();
    await chat.answers.first().locator('.markdown').selectText();
    await chat.button('Quote').click();
    assert.equal(await chat.box.inputValue(), '> A **round** thing: $x^2 + y^2 = r^2$.\n\n');
    await chat.box.fill('Why?');
    await chat.answers.nth(1).locator('.markdown').selectText();
    await chat.log.focus();
    await chat.button('Quote').waitFor();
    // The window is informed of the selection with a delay.
    while ((await chat.box.inputValue()) === 'Why?')
      await workbench.page.keyboard.press('ControlOrMeta+Shift+.');
    assert.equal(await chat.box.inputValue(), '> A *rounder* one.\n\nWhy?');
    await chat.box.fill('');
    const last = chat.answers.nth(2).locator('.markdown p');
    await last.selectText();
    await chat.button('Quote').waitFor();
    await last.click({ button: 'right', position: { x: 8, y: 8 } });
    await workbench.chooseInMenu('Quote in Question');
    await workbench.panel().locator('textarea:focus').waitFor();
    assert.equal(await chat.box.inputValue(), '> A ring.\n\n');
    await chat.box.fill('');
  });

  it('keep an unsent edit while the panel is hidden', async () => {
    await actionOf(1, 'Edit').focus();
    await actionOf(1, 'Edit').press('Enter');
    await editor().fill('And half a sph');
    await workbench.command('View: Show Explorer');
    await openChat(workbench);
    assert.equal(await editor().inputValue(), 'And half a sph');
    await editor().press('Escape');
    await chat.questions.nth(1).getByText('And a sphere?').waitFor();
  });
});
