import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openChat, type ChatPage } from './chat-page';
import { sharedWindow, type TestWindow } from './window';

const answer = 'With $x^2$:\n\n```python\nreturn r * 2\n```\n';

describe('What is done with an answer in the editor', () => {
  let w: TestWindow;
  let chat: ChatPage;

  before(async () => {
    w = sharedWindow();
    chat = await openChat(w);
    w.api.script({ kind: 'answer', text: answer });
    await chat.ask('Give me r');
    await chat.until('Done');
  });
  after(() => w.closeEditors());

  it('is compared first, in the diff of VS Code, and accepted there', async () => {
    writeFileSync(join(w.folder, 'compared.py'), 'def f(r):\n    return r\n');
    await w.openFile('compared.py');
    await w.select(2, 2);
    await chat.answers.last().getByRole('button', { name: 'Compare' }).click();
    await w.page.locator('.tab.active').filter({ hasText: 'Proposed (' }).waitFor();
    await w.screenshot('compare');
    await w.page.locator('.part.editor').getByRole('button', { name: 'Accept' }).first().click();
    await w.page.locator('.tab').filter({ hasText: 'Proposed (' }).waitFor({ state: 'detached' });
    assert.equal(await w.editorText(), 'def f(r):\n    return r * 2\n');
  });

  it('is inserted as LaTeX by the context menu of a formula', async () => {
    writeFileSync(join(w.folder, 'notes.md'), '');
    await w.openFile('notes.md');
    await chat.answers.last().locator('.formula.drawn .mord').last().click({ button: 'right' });
    await w.chooseInMenu('Insert at Cursor as LaTeX');
    await w.page.locator('.part.editor').getByText('$x^2$').first().waitFor();
    assert.equal(await w.editorText(), '$x^2$');
  });
});
