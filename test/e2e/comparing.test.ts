import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useChat } from './window';

const answer = 'With $x^2$:\n\n```python\nreturn r * 2\n```\n';

describe('What is done with an answer in the editor', () => {
  const { workbench, api, chat } = useChat();

  before(async () => {
    api.script({ kind: 'answer', text: answer });
    await chat.ask('Give me r');
    await chat.until('Done');
  });
  after(() => workbench.closeEditors());

  it('is compared first, in the diff of VS Code, and accepted there', async () => {
    writeFileSync(join(workbench.folder, 'compared.py'), 'def f(r):\n    return r\n');
    await workbench.openFile('compared.py');
    await workbench.select(2, 2);
    await chat.answers.last().getByRole('button', { name: 'Compare' }).click();
    await workbench.page.locator('.tab.active').filter({ hasText: 'Proposed (' }).waitFor();
    await workbench.screenshot('compare');
    await workbench.page.locator('.part.editor').getByRole('button', { name: 'Accept' }).first().click();
    await workbench.page.locator('.tab').filter({ hasText: 'Proposed (' }).waitFor({ state: 'detached' });
    assert.equal(await workbench.editorText(), 'def f(r):\n    return r * 2\n');
  });

  it('is inserted as LaTeX by the context menu of a formula', async () => {
    writeFileSync(join(workbench.folder, 'notes.md'), '');
    await workbench.openFile('notes.md');
    await chat.answers.last().locator('.formula.rendered .mord').last().click({ button: 'right' });
    await workbench.chooseInMenu('Insert at Cursor as LaTeX');
    await workbench.page.locator('.part.editor').getByText('$x^2$').first().waitFor();
    assert.equal(await workbench.editorText(), '$x^2$');
  });
});
