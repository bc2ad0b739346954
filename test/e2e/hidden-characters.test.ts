import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { recordFigure } from '../support/promises';
import { useChat } from './window';

const hidden = 'def is\u200bAdmin(): return s\u0430fe  # \u202e';
const clean = 'def isAdmin(): return safe  # ';
const answer = `Here:\n\n\`\`\`python\n${hidden}\n\`\`\`\n`;

describe('S6 Hidden characters are named before code leaves the chat', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });
  let asked = 0;

  before(async () => {
    api.script({ kind: 'answer', text: answer });
    await chat.ask('Give me isAdmin');
    await chat.until('Done');
    await workbench.closeEditors();
  });
  after(async () => {
    await workbench.closeEditors();
    recordFigure('S6', `${asked} ways out of the chat asked first in a real window`);
  });

  const action = (name: string): Locator =>
    chat.answers.last().getByRole('button', { name, exact: true }).first();

  async function open(name: string, content: string): Promise<void> {
    writeFileSync(join(workbench.folder, name), content);
    await workbench.openFile(name);
  }

  /** Does something, reads the question that comes of it, and answers it. */
  async function answered(act: () => Promise<unknown>, button: string | RegExp): Promise<void> {
    await act();
    const dialog = workbench.dialog(/The code contains hidden characters and letters that look like others/);
    await dialog.waitFor();
    const text = await dialog.innerText();
    for (const name of [
      'U+200B Zero Width Space: line ',
      'U+0430 Cyrillic Letter, looks like "a": line ',
      'U+202E Right-to-Left Override: line ',
    ]) {
      assert.ok(text.includes(name), `${name} is not in ${text}`);
    }
    if (asked++ === 0) await workbench.screenshot('hidden-characters');
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('by Insert at Cursor: without them, as it is, or not at all', async () => {
    await open('inserted.py', 'x');
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await answered(() => action('Insert at Cursor').click(), 'Cancel');
    assert.equal(await workbench.editorText(), 'x');
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await answered(() => action('Insert at Cursor').click(), 'Insert Without Them');
    await untilText(clean);
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await answered(() => action('Insert at Cursor').click(), 'Insert Anyway');
    await untilText(hidden);
  });

  /** VS Code draws an edit a moment later. */
  async function untilText(wanted: string): Promise<void> {
    while ((await workbench.editorText()) !== wanted);
  }

  it('by the command, which has no panel that marks them', async () => {
    await open('commanded.py', '');
    await answered(() => workbench.command('o1-mini: Insert at Cursor'), 'Insert Without Them');
    await untilText(clean);
  });

  it('by Replace Selection', async () => {
    await open('replaced.py', 'one\ntwo\n');
    await workbench.select(1, 1);
    await answered(() => action('Replace Selection').click(), 'Replace Without Them');
    await untilText(`${clean}\ntwo\n`);
  });

  it('by Compare', async () => {
    await open('compared.py', 'one\ntwo\n');
    await workbench.select(1, 1);
    await answered(() => action('Compare').click(), 'Compare Without Them');
    await workbench.page.locator('.tab.active').filter({ hasText: 'compared.py:' }).waitFor();
    await workbench.page.locator('.part.editor').getByRole('button', { name: 'Accept' }).first().click();
    await workbench.page.locator('.tab').filter({ hasText: 'compared.py:' }).waitFor({ state: 'detached' });
    await untilText(`${clean}\ntwo\n`);
  });

  it('by Open in New File', async () => {
    await answered(() => action('Open in New File').click(), 'Open Without Them');
    await workbench.page.locator('.tab.active').filter({ hasText: 'Untitled' }).waitFor();
    await untilText(`${clean}\n`);
  });

  it('by Copy, Copy Answer and a copied selection', async () => {
    const copied = async (act: () => Promise<unknown>, button: string, wanted: string): Promise<void> => {
      await workbench.page.evaluate(() => navigator.clipboard.writeText('before'));
      await answered(act, button);
      while ((await workbench.clipboard()) === 'before');
      assert.equal(await workbench.clipboard(), wanted);
    };
    await copied(() => action('Copy').click(), 'Copy Without Them', `${clean}\n`);
    await copied(() => action('Copy').click(), 'Copy Anyway', `${hidden}\n`);
    await copied(() => action('Copy Answer').click(), 'Copy Without Them', answer.replace(hidden, clean));
    const code = chat.answers.last().locator('pre > code');
    // The dialog before has taken the focus out of the panel.
    const copySelection = async (): Promise<void> => {
      await code.click();
      await code.evaluate((element) => getSelection()?.selectAllChildren(element));
      await workbench.page.keyboard.press('ControlOrMeta+C');
    };
    await copied(copySelection, 'Copy Without Them', `${clean}\n`);
    await workbench.page.evaluate(() => navigator.clipboard.writeText('before'));
    await answered(copySelection, 'Cancel');
    assert.equal(await workbench.clipboard(), 'before');
    await answered(() => action('Copy').click(), 'Cancel');
    assert.equal(await workbench.clipboard(), 'before');
  });
});
