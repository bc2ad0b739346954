import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contrastRatio } from '../support/contrast';
import { THEMES } from '../support/window';
import { generationButton, requestCode } from './generate-at-cursor';
import { proposedTab } from './refactor';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

const before = 'class A:\n    x = 1\n    \n    y = 2\n';
const code = '```python\ndef f(self):\n    if self.x:\n        return 2\n    return 1\n```\n';

/** Runs in the window: the colors of the preview of `f` and of the editor, as computed by the browser. */
function previewColors(lines: Element): { readonly text: string; readonly background: string } {
  const preview = [...lines.querySelectorAll('span')]
    .map((span) => getComputedStyle(span, '::after'))
    .find(({ content }) => content.includes('def'));
  if (!preview) throw new Error('There is no preview.');
  const editor = lines.closest('.monaco-editor') ?? lines;
  return { text: preview.color, background: getComputedStyle(editor).backgroundColor };
}

describe('Generate at Cursor', () => {
  const { workbench, api } = useChat();

  beforeEach(async () => {
    writeFileSync(join(workbench.folder, 'generated.py'), before);
    await workbench.openFile('generated.py');
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    for (const key of ['ArrowDown', 'ArrowDown', 'End']) await workbench.page.keyboard.press(key);
  });
  afterEach(async () => {
    await workbench.command('File: Save All Files');
    await workbench.closeEditors();
  });

  it('stops with Escape while the code arrives, and leaves the file as it was', async () => {
    const { reply, resume } = pausedAnswer(code.split(/(?<=\n)/), 0);
    api.script(reply);
    await requestCode(workbench, 'Write f');
    await generationButton(workbench, 'Stop Generating').waitFor();
    await workbench.page.keyboard.press('Escape');
    await generationButton(workbench, 'Stop Generating').waitFor({ state: 'detached' });
    resume();
    assert.equal(await workbench.editorText(), before);
  });

  it('compares the code with the document by its button', async () => {
    api.script({ kind: 'answer', text: code });
    await requestCode(workbench, 'Write f');
    await generationButton(workbench, 'Compare').click();
    await proposedTab(workbench, 'generated.py').waitFor();
    await workbench.command('o1-mini: Discard');
    await proposedTab(workbench, 'generated.py').waitFor({ state: 'detached' });
    assert.equal(await workbench.editorText(), before);
  });

  it('shows the code beside the document, and Tab inserts it in one undo step', async () => {
    api.script({ kind: 'answer', text: code });
    await requestCode(workbench, 'Write f');
    await generationButton(workbench, 'Accept (Tab)').waitFor();
    await workbench.screenshot('generate-at-cursor');
    await workbench.page.keyboard.press('Tab');
    await generationButton(workbench, 'Accept (Tab)').waitFor({ state: 'detached' });
    const lines = ['def f(self):', '    if self.x:', '        return 2', '    return 1'];
    const inserted = lines.map((line) => `    ${line}`).join('\n');
    assert.equal(await workbench.editorText(), `class A:\n    x = 1\n${inserted}\n    y = 2\n`);
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    assert.equal(await workbench.editorText(), before);
  });

  describe('shows the code in a color that can be read', () => {
    after(() => workbench.theme('Dark Modern'));

    for (const theme of THEMES) {
      it(`in ${theme}`, async () => {
        await workbench.theme(theme);
        api.script({ kind: 'answer', text: code });
        await requestCode(workbench, 'Write f');
        await generationButton(workbench, 'Accept (Tab)').waitFor();
        const lines = workbench.page.locator('.part.editor .view-lines').first();
        const colors = await lines.evaluate(previewColors);
        assert.ok(contrastRatio(colors.text, colors.background) >= 4.5, JSON.stringify(colors));
        await workbench.page.keyboard.press('Escape');
      });
    }
  });

  it('discards the code with the button above it, and Tab indents again', async () => {
    api.script({ kind: 'answer', text: code });
    await requestCode(workbench, 'Write f');
    await generationButton(workbench, 'Discard (Escape)').click();
    await generationButton(workbench, 'Discard (Escape)').waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Tab');
    assert.equal(await workbench.editorText(), before.replace('1\n    \n', '1\n        \n'));
  });
});
