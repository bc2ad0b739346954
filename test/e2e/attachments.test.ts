import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repeatUntil } from '../support/workbench';
import { openChat } from './chat-page';
import { lastPrompt } from './requests';
import { useChat } from './use-chat';

describe('The question box', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });
  const option = (name: RegExp) =>
    workbench.panel().getByRole('listbox', { name: 'Suggestions' }).getByRole('option', { name });
  const chip = (name: RegExp) => workbench.panel().getByRole('button', { name });

  after(() => workbench.closeEditors());

  it('offers the current file, and sends it only after a click', async () => {
    await workbench.openFile('ring.c');
    await chip(/^Attach current file ring\.c, \d+ tokens$/).waitFor();
    await workbench.openFile('orbits.py');
    const offer = chip(/^Attach current file orbits\.py, \d+ tokens$/);
    await offer.waitFor();
    await chat.ask('Without the file');
    await chat.until('Done');
    assert.equal(lastPrompt(api), 'Without the file');
    await offer.click();
    await chip(/^orbits\.py, \d+ tokens$/).waitFor();
    await offer.waitFor({ state: 'hidden' });
    await workbench.screenshot('current-file');
    await chat.ask('With the file');
    await chat.until('Done');
    assert.ok(lastPrompt(api).includes('orbits.py\n```python\n'), lastPrompt(api));
    await offer.waitFor();
  });

  it('completes a file with #, shows its tokens, and sends its content once', async () => {
    await chat.box.click();
    await workbench.page.keyboard.type('What is in #orbi');
    await option(/orbits\.py/)
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Enter');
    await chip(/^orbits\.py, \d+ tokens$/).waitFor();
    assert.equal(await chat.box.inputValue(), 'What is in ');
    await workbench.screenshot('attached');
    await chat.askBy(() => workbench.page.keyboard.press('Enter'));
    await chat.until('Done');
    const text = readFileSync(join(workbench.folder, 'orbits.py'), 'utf8').trimEnd();
    assert.ok(lastPrompt(api).includes(`orbits.py\n\`\`\`python\n${text}\n\`\`\``), lastPrompt(api));
    await chip(/^orbits\.py, /).waitFor({ state: 'detached' });
    await chat.ask('And now?');
    await chat.until('Done');
    assert.equal(lastPrompt(api), 'And now?');
  });

  it('attaches code that was copied in an editor with its location, and undo pastes it as text', async () => {
    await workbench.openFile('orbits.py');
    await workbench.select(21, 31);
    await workbench.page.keyboard.press('ControlOrMeta+C');
    await workbench.command('o1-mini: Open Chat');
    await chat.box.click();
    await workbench.page.keyboard.press('ControlOrMeta+V');
    await chip(/^orbits\.py:21-31, \d+ tokens$/).waitFor();
    assert.equal(await chat.box.inputValue(), '');
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    await chip(/^orbits\.py:21-31, /).waitFor({ state: 'detached' });
    await workbench.panel().locator('textarea:not(:placeholder-shown)').waitFor();
    assert.match(await chat.box.inputValue(), /^(def|class|@|#)/);
    await chat.box.fill('');
  });

  it('attaches a file that is dropped from the Explorer with Shift, as VS Code requires for webviews', async () => {
    const dropped = workbench.tab().getByRole('button', { name: /^orbits\.py, \d+ tokens$/ });
    // A slow window may open the dropped file in an editor instead.
    await repeatUntil(dropped, () => dropOnTab('orbits.py'));
    await workbench.tab().getByRole('button', { name: 'Remove orbits.py' }).click();
    await dropped.waitFor({ state: 'detached' });
    await workbench.closeEditors();
    await openChat(workbench);
  });

  async function dropOnTab(name: string): Promise<void> {
    await workbench.command('o1-mini: Open Chat in Editor');
    await workbench.tab().locator('[role=log]:not([aria-busy])').waitFor();
    await workbench.command('View: Show Explorer');
    const { mouse, keyboard } = workbench.page;
    const file = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    const [from, to] = [
      await file.boundingBox(),
      await workbench.page.locator('.part.editor .content').boundingBox(),
    ];
    assert.ok(from && to);
    await mouse.move(from.x + 30, from.y + from.height / 2);
    await mouse.down();
    await keyboard.down('Shift');
    for (let step = 0; !(await workbench.tab().locator('body.dropping').count()); step++) {
      await mouse.move(to.x + to.width / 2, to.y + to.height / 3 + (step % 20), { steps: 5 });
    }
    await mouse.up();
    await keyboard.up('Shift');
  }

  it('attaches what is selected in a quick pick with Attach', async () => {
    await chat.button('Attach').click();
    await workbench.choose('Git Changes');
    await workbench.notification('Git Changes not attached');
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('completes a prompt with /, which can be read before it is sent', async () => {
    await chat.box.fill('');
    await chat.box.click();
    await workbench.page.keyboard.type('/expl');
    await option(/explain/).waitFor();
    await workbench.page.keyboard.press('Enter');
    assert.match(await chat.box.inputValue(), /^Explain this code\. Begin/);
    assert.equal(api.requests.length, 0);
    await chat.box.fill('');
  });

  it('shows earlier questions with the arrow keys', async () => {
    await chat.box.click();
    await workbench.page.keyboard.press('ArrowUp');
    await workbench.panel().locator('textarea:not(:placeholder-shown)').waitFor();
    assert.equal(await chat.box.inputValue(), 'And now?');
    await chat.box.fill('');
  });
});
