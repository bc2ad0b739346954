import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewTwoFiles } from './editor-flows';
import { acceptProposal, proposedTab } from './refactor';
import { useChat } from './use-chat';

const answer = 'With $x^2$:\n\n```python\nreturn r * 2\n```\n';

describe('The content of an answer', () => {
  const { workbench, api, chat } = useChat();

  before(async () => {
    api.script({ kind: 'answer', text: answer });
    await chat.ask('Give me r');
    await chat.until('Done');
  });
  after(() => workbench.closeEditors());

  it('can be compared in a diff editor and accepted there', async () => {
    writeFileSync(join(workbench.folder, 'compared.py'), 'def f(r):\n    return r\n');
    await workbench.openFile('compared.py');
    await workbench.select(2, 2);
    await chat.answers.last().getByRole('button', { name: 'Compare' }).click();
    await workbench.page.locator('.tab.active').filter({ hasText: 'Proposed (' }).waitFor();
    await workbench.screenshot('compare');
    await acceptProposal(workbench, 'compared.py');
    assert.equal(await workbench.editorText(), 'def f(r):\n    return r * 2\n');
  });

  it('can be inserted as LaTeX from the context menu of a formula', async () => {
    writeFileSync(join(workbench.folder, 'notes.md'), '');
    await workbench.openFile('notes.md');
    await chat.answers.last().locator('.formula.rendered .mord').last().click({ button: 'right' });
    await workbench.chooseInMenu('Insert at Cursor as LaTeX');
    await workbench.page.locator('.part.editor').getByText('$x^2$').first().waitFor();
    assert.equal(await workbench.editorText(), '$x^2$');
  });

  it('can be copied as LaTeX or MathML from the context menu of a formula', async () => {
    for (const [item, copied] of [
      ['Copy as LaTeX', /^x\^2$/],
      ['Copy as MathML', /^<math .*<msup><mi>x<\/mi><mn>2<\/mn><\/msup>/],
    ] as const) {
      await chat.answers.last().locator('.formula.rendered .mord').last().click({ button: 'right' });
      await workbench.chooseInMenu(item);
      await workbench.page.waitForFunction(
        async (source) => new RegExp(source).test(await navigator.clipboard.readText()),
        copied.source,
      );
    }
  });

  it('is compared by itself when it is the answer to Fix, and Accept All applies it', async () => {
    writeFileSync(join(workbench.folder, 'fixed.py'), 'def f(r):\n    return r\n');
    await workbench.openFile('fixed.py');
    await workbench.select(2, 2);
    api.script({ kind: 'answer', text: 'It forgets a factor.\n\n```python\nreturn r * 3\n```\n' });
    await workbench.page.keyboard.press('ControlOrMeta+K');
    await workbench.page.keyboard.press('Alt+F');
    await workbench.page.locator('.tab.active').filter({ hasText: 'fixed.py: Proposed (' }).waitFor();
    await workbench.screenshot('fix');
    await acceptProposal(workbench, 'fixed.py');
    assert.equal(await workbench.editorText(), 'def f(r):\n    return r * 3\n');
  });

  it('is applied one change at a time', async () => {
    const editors = workbench.page.locator('.part.editor');
    writeFileSync(join(workbench.folder, 'steps.py'), 'a = 1\nb = 1\nc = 1\n');
    await workbench.openFile('steps.py');
    await workbench.select(1, 3);
    api.script({ kind: 'answer', text: '```python\na = 2\nb = 1\nc = 2\n```\n' });
    await workbench.command('o1-mini: Refactor');
    const proposed = proposedTab(workbench, 'steps.py');
    await proposed.waitFor();
    const line = (text: string) => editors.locator('.modified .view-line').filter({ hasText: text });
    await line('c = 2').click();
    await workbench.screenshot('accept-selected');
    await editors.getByRole('button', { name: 'Accept Selected Changes' }).click();
    await editors.locator('.original .view-line').filter({ hasText: 'c = 2' }).waitFor();
    await line('a = 2').click({ button: 'right' });
    await workbench.chooseInMenu('Accept Selected Changes');
    await proposed.waitFor({ state: 'detached' });
    assert.equal(await workbench.editorText(), 'a = 2\nb = 1\nc = 2\n');
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    assert.equal(await workbench.editorText(), 'a = 1\nb = 1\nc = 2\n');
  });

  it('is listed by file where it proposes changes to several, and each is compared', () =>
    reviewTwoFiles(workbench, chat));
});
