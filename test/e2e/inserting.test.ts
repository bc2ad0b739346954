import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openChat, type ChatPage } from './chat-page';
import { sharedWindow, type TestWindow } from './window';

const answer = 'Here:\n\n```python\ndef f(x):\n    if x:\n        return "$1 ${X} \\\\n"\n```\n';

describe('Insert at Cursor', () => {
  let w: TestWindow;
  let chat: ChatPage;

  before(async () => {
    w = sharedWindow();
    chat = await openChat(w);
    w.api.script({ kind: 'answer', text: answer });
    await chat.ask('Give me f');
    await chat.until('Done');
  });

  after(() => w.closeEditors());

  async function open(name: string, content: string): Promise<void> {
    writeFileSync(join(w.folder, name), content);
    await w.openFile(name);
  }

  const insert = (): Promise<void> =>
    chat.answers.last().getByRole('button', { name: 'Insert at Cursor' }).first().click();

  it('puts the code where the cursor is, in spaces, in one step of undo', async () => {
    await open('spaces.py', 'class A:\n    pass\n    \n');
    await w.page.keyboard.press('ControlOrMeta+Home');
    await w.page.keyboard.press('ArrowDown');
    await w.page.keyboard.press('ArrowDown');
    await w.page.keyboard.press('End');
    await insert();
    await w.page.getByText('return "$1').first().waitFor();
    const inserted = 'class A:\n    pass\n    def f(x):\n        if x:\n            return "$1 ${X} \\\\n"\n';
    assert.equal(await w.editorText(), inserted);
    await w.page.keyboard.press('ControlOrMeta+Z');
    assert.equal(await w.editorText(), 'class A:\n    pass\n    \n');
  });

  it('puts it at each of two cursors, in tabs, with the last code of the last answer', async () => {
    await open('tabs.py', 'if a:\n\t\n\t\n\n');
    await w.page.keyboard.press('ControlOrMeta+Home');
    await w.page.keyboard.press('ArrowDown');
    await w.page.keyboard.press('End');
    await w.command('Add Cursor Below');
    await w.command('o1-mini: Insert at Cursor');
    await w.page.getByText('return "$1').first().waitFor();
    const inserted = '\tdef f(x):\n\t\tif x:\n\t\t\treturn "$1 ${X} \\\\n"\n';
    assert.equal(await w.editorText(), `if a:\n${inserted}${inserted}\n`);
  });

  it('says so where the file cannot be changed, and changes nothing', async () => {
    await w.settings({ 'files.readonlyInclude': { '**/ring.c': true } });
    await w.openFile('ring.c');
    const before = await w.editorText();
    await insert();
    await w.notification('The code was not inserted because');
    assert.equal(await w.editorText(), before);
    await w.settings({ 'files.readonlyInclude': undefined });
  });

  it('offers a new document where no editor is open', async () => {
    await w.command('File: Save All Files');
    await w.closeEditors();
    await insert();
    const notification = await w.notification('No text editor is open to insert the code into');
    await notification.getByRole('button', { name: 'Open in New File' }).click();
    await w.page.locator('.tab.active').filter({ hasText: 'Untitled' }).waitFor();
    assert.equal(await w.editorText(), 'def f(x):\n    if x:\n        return "$1 ${X} \\\\n"\n');
    await w.page
      .getByRole('button', { name: /Python/ })
      .first()
      .waitFor();
  });
});
