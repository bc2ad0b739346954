import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repeatUntil } from '../support/workbench';
import { freshChat, openChat, type ChatPage } from './chat-page';
import { sharedWindow, type TestWindow } from './window';

interface ChatBody {
  readonly messages: readonly { readonly content: string }[];
}

describe('Attaching', () => {
  let w: TestWindow;
  let chat: ChatPage;
  const option = (name: RegExp) =>
    w.panel().getByRole('listbox', { name: 'Suggestions' }).getByRole('option', { name });
  const chip = (name: RegExp) => w.panel().getByRole('button', { name });
  const lastPrompt = (): string => {
    const body = w.api.requests.at(-1)?.body as ChatBody | undefined;
    return body?.messages.at(-1)?.content ?? '';
  };

  before(async () => {
    w = sharedWindow();
    chat = await freshChat(w);
  });
  beforeEach(() => w.api.clear());
  after(() => w.closeEditors());

  it('a file by # sends all of it, once, and its chip says before what it takes', async () => {
    await chat.box.click();
    await w.page.keyboard.type('What is in #orbi');
    await option(/orbits\.py/)
      .first()
      .waitFor();
    await w.page.keyboard.press('Enter');
    await chip(/^orbits\.py, \d+ tokens$/).waitFor();
    assert.equal(await chat.box.inputValue(), 'What is in ');
    await w.screenshot('attached');
    await chat.asked(() => w.page.keyboard.press('Enter'));
    await chat.until('Done');
    const text = readFileSync(join(w.folder, 'orbits.py'), 'utf8').trimEnd();
    assert.ok(lastPrompt().includes(`orbits.py\n\`\`\`python\n${text}\n\`\`\``), lastPrompt());
    await chip(/^orbits\.py, /).waitFor({ state: 'detached' });
    await chat.ask('And now?');
    await chat.until('Done');
    assert.equal(lastPrompt(), 'And now?');
  });

  it('code that was copied in an editor makes a chip with its place', async () => {
    await w.openFile('orbits.py');
    await w.select(21, 31);
    await w.page.keyboard.press('ControlOrMeta+C');
    await w.command('o1-mini: Open Chat');
    await chat.box.click();
    await w.page.keyboard.press('ControlOrMeta+V');
    await chip(/^orbits\.py:21-31, \d+ tokens$/).waitFor();
    assert.equal(await chat.box.inputValue(), '');
    await w.page.keyboard.press('ControlOrMeta+Z');
    await chip(/^orbits\.py:21-31, /).waitFor({ state: 'detached' });
    await w.panel().locator('textarea:not(:placeholder-shown)').waitFor();
    assert.match(await chat.box.inputValue(), /^(def|class|@|#)/);
    await chat.box.fill('');
  });

  it('a file is dropped from the explorer, with Shift held, as VS Code has it for pages', async () => {
    const dropped = w.tab().getByRole('button', { name: /^orbits\.py, \d+ tokens$/ });
    // A window that is slow with it takes the file for an editor to be opened.
    await repeatUntil(dropped, () => dropOnTab('orbits.py'));
    await w.tab().getByRole('button', { name: 'Remove orbits.py' }).click();
    await dropped.waitFor({ state: 'detached' });
    await w.closeEditors();
    chat = await openChat(w);
  });

  async function dropOnTab(name: string): Promise<void> {
    await w.command('o1-mini: Open Chat in Editor');
    await w.tab().locator('[role=log]:not([aria-busy])').waitFor();
    await w.command('View: Show Explorer');
    const { mouse, keyboard } = w.page;
    const file = w.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    const [from, to] = [
      await file.boundingBox(),
      await w.page.locator('.part.editor .content').boundingBox(),
    ];
    assert.ok(from && to);
    await mouse.move(from.x + 30, from.y + from.height / 2);
    await mouse.down();
    await keyboard.down('Shift');
    for (let step = 0; !(await w.tab().locator('body.dropping').count()); step++) {
      await mouse.move(to.x + to.width / 2, to.y + to.height / 3 + (step % 20), { steps: 5 });
    }
    await mouse.up();
    await keyboard.up('Shift');
  }

  it('is offered by Attach in VS Code’s own list', async () => {
    await chat.button('Attach').click();
    await w.choose('Git Changes');
    await w.notification('Git Changes not attached');
    await w.command('Notifications: Clear All Notifications');
  });

  it('a prompt by / puts it into the box, to be read before it is sent', async () => {
    await chat.box.fill('');
    await chat.box.click();
    await w.page.keyboard.type('/expl');
    await option(/explain/).waitFor();
    await w.page.keyboard.press('Enter');
    assert.match(await chat.box.inputValue(), /^Explain what this code does/);
    assert.equal(w.api.requests.length, 0);
    await chat.box.fill('');
  });

  it('former questions come back with the arrow keys', async () => {
    await chat.box.click();
    await w.page.keyboard.press('ArrowUp');
    await w.panel().locator('textarea:not(:placeholder-shown)').waitFor();
    assert.equal(await chat.box.inputValue(), 'And now?');
    await chat.box.fill('');
  });
});
