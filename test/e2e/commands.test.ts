import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { generationButton, requestCode } from './generate-at-cursor';
import { proposedTab } from './refactor';
import { lastPrompt } from './requests';
import { useChat } from './use-chat';

describe('A command of the palette', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });
  const list = (): Locator => workbench.page.locator('.quick-input-widget');

  afterEach(() => workbench.closeEditors());

  for (const title of ['Generate Tests', 'Document', 'Review']) {
    it(`asks about the selected code: ${title}`, async () => {
      await workbench.openFile('orbits.py');
      await workbench.select(6, 7);
      await chat.askBy(() => workbench.command(`o1-mini: ${title}`));
      await chat.until('Done');
      assert.match(lastPrompt(api), /orbits\.py:6-7\n```python\nTOLERANCE = 1e-12\nMAX_STEPS = 50\n```/);
    });
  }

  it('asks again: Regenerate Answer', async () => {
    await chat.ask('Why?');
    await chat.until('Done');
    api.script({ kind: 'answer', text: 'Because of something else.' });
    await workbench.command('o1-mini: Regenerate Answer');
    await chat.answers.last().getByText('Because of something else.').waitFor();
  });

  it('writes the code of the last answer into the terminal: Send to Terminal', async () => {
    api.script({ kind: 'answer', text: '```sh\necho once\n```\n' });
    await chat.ask('How?');
    await chat.until('Done');
    await workbench.command('o1-mini: Send to Terminal');
    await workbench.page.locator('.terminal.xterm').first().waitFor();
    await workbench.command('Terminal: Kill All Terminals');
  });

  it('compares generated code: Compare Generated Code, and discards it: Discard', async () => {
    await workbench.openFile('orbits.py');
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    api.script({ kind: 'answer', text: '```python\nimport cmath\n```\n' });
    await requestCode(workbench, 'Import it');
    await generationButton(workbench, 'Accept (Tab)').waitFor();
    await workbench.command('o1-mini: Compare Generated Code');
    const comparison = proposedTab(workbench, 'orbits.py');
    await comparison.waitFor();
    await workbench.command('o1-mini: Discard');
    await comparison.waitFor({ state: 'detached' });
    assert.doesNotMatch(await workbench.editorText(), /cmath/);
  });

  it('compares the change of the last answer: Review Proposed Changes', async () => {
    api.script({ kind: 'answer', text: '`orbits.py`\n\n```python\nimport cmath\n```\n' });
    await chat.ask('Which module?');
    await chat.until('Done');
    await workbench.command('o1-mini: Review Proposed Changes');
    await proposedTab(workbench, 'orbits.py').waitFor();
  });

  it('sets how detailed the next answer is: Select Verbosity', async () => {
    await workbench.settings({ 'o1mini.model': 'gpt-5-mini' });
    await chat.button('Verbosity: default. Select Verbosity').waitFor();
    await workbench.command('o1-mini: Select Verbosity…');
    await workbench.choose('Next Question Only');
    await workbench.choose(/^low/);
    await chat.ask('Why?');
    await chat.until('Done');
    assert.equal((api.requests.at(-1)?.body as { readonly verbosity?: string }).verbosity, 'low');
    await workbench.settings({ 'o1mini.model': undefined });
  });

  for (const [title, entry] of [
    ['Show Model Details', 'o1-mini'],
    ['Manage Language Models', 'Set API Key'],
    ['Select Service…', 'Ollama'],
  ] as const) {
    it(`opens a list: ${title}`, async () => {
      await workbench.command(`o1-mini: ${title}`);
      await list().getByText(entry).first().waitFor();
      await workbench.closeQuickInput();
    });
  }

  it('says that no extension has asked: Manage Extension Access', async () => {
    await workbench.command('o1-mini: Manage Extension Access');
    await workbench.notification('No extension has asked to send requests with o1-mini Chat.');
  });

  it('forgets what was learned: Clear Learned Model Details', async () => {
    await workbench.command('o1-mini: Clear Learned Model Details');
    await workbench.notification('learned from errors have been cleared');
  });
});
