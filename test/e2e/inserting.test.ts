import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useChat } from './use-chat';

const answer = 'Here:\n\n```python\ndef f(x):\n    if x:\n        return "$1 ${X} \\\\n"\n```\n';

describe('Insert at Cursor', () => {
  const { workbench, api, chat } = useChat();

  before(async () => {
    api.script({ kind: 'answer', text: answer });
    await chat.ask('Give me f');
    await chat.until('Done');
  });

  after(() => workbench.closeEditors());

  async function open(name: string, content: string): Promise<void> {
    writeFileSync(join(workbench.folder, name), content);
    await workbench.openFile(name);
  }

  const insert = (): Promise<void> =>
    chat.answers.last().getByRole('button', { name: 'Insert at Cursor' }).first().click();

  it('inserts the code at the cursor with spaces, in one undo step', async () => {
    await open('spaces.py', 'class A:\n    pass\n    \n');
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('End');
    await insert();
    await workbench.page.getByText('return "$1').first().waitFor();
    const inserted = 'class A:\n    pass\n    def f(x):\n        if x:\n            return "$1 ${X} \\\\n"\n';
    assert.equal(await workbench.editorText(), inserted);
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    assert.equal(await workbench.editorText(), 'class A:\n    pass\n    \n');
  });

  it('inserts the last code of the last answer at each of two cursors, with tabs', async () => {
    await open('tabs.py', 'if a:\n\t\n\t\n\n');
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('End');
    await workbench.command('Add Cursor Below');
    await workbench.command('o1-mini: Insert at Cursor');
    await workbench.page.getByText('return "$1').first().waitFor();
    const inserted = '\tdef f(x):\n\t\tif x:\n\t\t\treturn "$1 ${X} \\\\n"\n';
    assert.equal(await workbench.editorText(), `if a:\n${inserted}${inserted}\n`);
  });

  it('reports a read-only file, and does not change it', async () => {
    await workbench.settings({ 'files.readonlyInclude': { '**/ring.c': true } });
    await workbench.openFile('ring.c');
    const before = await workbench.editorText();
    await insert();
    await workbench.notification('The code was not inserted because');
    assert.equal(await workbench.editorText(), before);
    await workbench.settings({ 'files.readonlyInclude': undefined });
  });

  it('offers a new document if no editor is open', async () => {
    await workbench.command('File: Save All Files');
    await workbench.closeEditors();
    await insert();
    const notification = await workbench.notification('No text editor is open to insert the code into');
    await notification.getByRole('button', { name: 'Open in New File' }).click();
    await workbench.page.locator('.tab.active').filter({ hasText: 'Untitled' }).waitFor();
    assert.equal(await workbench.editorText(), 'def f(x):\n    if x:\n        return "$1 ${X} \\\\n"\n');
    await workbench.page
      .getByRole('button', { name: /Python/ })
      .first()
      .waitFor();
  });
});
