import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { recordFigure } from '../support/promises';
import { useChat } from './use-chat';

const hidden = 'def is\u200bAdmin(): return s\u0430fe  # \u202e';
const clean = 'def isAdmin(): return safe  # ';
const answer = `Here:\n\n\`\`\`python\n${hidden}\n\`\`\`\n`;

describe('S6 Hidden characters are named before code leaves the chat', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });
  let dialogs = 0;

  before(async () => {
    api.script({ kind: 'answer', text: answer });
    await chat.ask('Give me isAdmin');
    await chat.until('Done');
    await workbench.closeEditors();
  });
  after(async () => {
    await workbench.closeEditors();
    recordFigure('S6', `${dialogs} actions that asked first in a real window`);
  });

  const action = (name: string): Locator =>
    chat.answers.last().getByRole('button', { name, exact: true }).first();

  async function open(name: string, content: string): Promise<void> {
    writeFileSync(join(workbench.folder, name), content);
    await workbench.openFile(name);
  }

  /** Performs an action, checks the dialog that it opens, and presses a button. */
  async function answerDialog(act: () => Promise<unknown>, button: string | RegExp): Promise<void> {
    await act();
    const dialog = workbench.dialog(/The code contains hidden characters and look-alike letters/);
    await dialog.waitFor();
    const text = await dialog.innerText();
    for (const name of [
      'U+200B Zero Width Space: line ',
      'U+0430 Cyrillic Letter, looks like "a": line ',
      'U+202E Right-to-Left Override: line ',
    ]) {
      assert.ok(text.includes(name), `${name} is not in ${text}`);
    }
    if (dialogs++ === 0) await workbench.screenshot('hidden-characters');
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('by Insert at Cursor, which inserts the code without them, unchanged, or not at all', async () => {
    await open('inserted.py', 'x');
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await answerDialog(() => action('Insert at Cursor').click(), 'Cancel');
    assert.equal(await workbench.editorText(), 'x');
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await answerDialog(() => action('Insert at Cursor').click(), 'Clean Up and Insert');
    await waitForText(clean);
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await answerDialog(() => action('Insert at Cursor').click(), 'Insert Anyway');
    await waitForText(hidden);
  });

  /** Waits, because VS Code renders an edit with a delay. */
  async function waitForText(expected: string): Promise<void> {
    while ((await workbench.editorText()) !== expected);
  }

  it('by the command, although no panel marks them', async () => {
    await open('commanded.py', '');
    await answerDialog(() => workbench.command('o1-mini: Insert at Cursor'), 'Clean Up and Insert');
    await waitForText(clean);
  });

  it('by Replace Selection', async () => {
    await open('replaced.py', 'one\ntwo\n');
    await workbench.select(1, 1);
    await answerDialog(() => action('Replace Selection').click(), 'Clean Up and Replace');
    await waitForText(`${clean}\ntwo\n`);
  });

  it('by Compare', async () => {
    await open('compared.py', 'one\ntwo\n');
    await workbench.select(1, 1);
    await answerDialog(() => action('Compare').click(), 'Clean Up and Compare');
    await workbench.page.locator('.tab.active').filter({ hasText: 'compared.py:' }).waitFor();
    await workbench.page.locator('.part.editor').getByRole('button', { name: 'Accept All' }).first().click();
    await workbench.page.locator('.tab').filter({ hasText: 'compared.py:' }).waitFor({ state: 'detached' });
    await waitForText(`${clean}\ntwo\n`);
  });

  it('by Open in New File', async () => {
    await answerDialog(() => action('Open in New File').click(), 'Clean Up and Open');
    await workbench.page.locator('.tab.active').filter({ hasText: 'Untitled' }).waitFor();
    await waitForText(`${clean}\n`);
  });

  it('by Copy, Copy Answer and a copied selection', async () => {
    const checkCopy = async (
      act: () => Promise<unknown>,
      button: string,
      expected: string,
    ): Promise<void> => {
      await workbench.page.evaluate(() => navigator.clipboard.writeText('before'));
      await answerDialog(act, button);
      await workbench.untilClipboard(expected);
    };
    await checkCopy(() => action('Copy').click(), 'Clean Up and Copy', `${clean}\n`);
    await checkCopy(() => action('Copy').click(), 'Copy Anyway', `${hidden}\n`);
    await checkCopy(() => action('Copy Answer').click(), 'Clean Up and Copy', answer.replace(hidden, clean));
    const code = chat.answers.last().locator('pre > code');
    // The previous dialog took the focus from the panel.
    const copySelection = async (): Promise<void> => {
      await code.click();
      await code.evaluate((element) => getSelection()?.selectAllChildren(element));
      await workbench.page.keyboard.press('ControlOrMeta+C');
    };
    await checkCopy(copySelection, 'Clean Up and Copy', clean);
    await workbench.page.evaluate(() => navigator.clipboard.writeText('before'));
    await answerDialog(copySelection, 'Cancel');
    assert.equal(await workbench.clipboard(), 'before');
    await answerDialog(() => action('Copy').click(), 'Cancel');
    assert.equal(await workbench.clipboard(), 'before');
  });
});
