import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openNewChat } from './chat-page';
import { lastPrompt } from './requests';
import { useChat } from './use-chat';

describe('A selection', () => {
  const { workbench, api, chat } = useChat();

  after(() => workbench.closeEditors());

  it('is explained by a command, and the panel shows what was sent', async () => {
    await workbench.openFile('orbits.py');
    await workbench.select(21, 31);
    await chat.askBy(() => workbench.command('o1-mini: Explain'));
    await chat.until('Done');
    const question = chat.questions.last();
    assert.match(await question.innerText(), /^Explain this code\. .*\sorbits\.py:21-31 · python/s);
    const lines = readFileSync(join(workbench.folder, 'orbits.py'), 'utf8')
      .split('\n')
      .slice(20, 31)
      .join('\n');
    assert.ok(lastPrompt(api).includes(`orbits.py:21-31\n\`\`\`python\n${lines}\n\`\`\``));
    assert.equal(await question.locator('pre').first().isVisible(), false);
    await question.locator('summary').first().click();
    await question.locator('pre').first().waitFor();
    assert.equal(await question.locator('pre').first().innerText(), lines);
  });

  it('is explained from the context menu of the editor', async () => {
    await workbench.openFile('graph.ts');
    await workbench.select(3, 6);
    const selected = workbench.page.locator('.view-lines .view-line').nth(4);
    await selected.click({ button: 'right', position: { x: 10, y: 5 } });
    await workbench.chooseInMenu('o1-mini');
    await workbench.chooseInMenu('Explain');
    await chat.questions.last().getByText('graph.ts:3-6').waitFor();
    await chat.until('Done');
  });

  it('is sent with a question of the user, but only while it is attached', async () => {
    await workbench.openFile('ring.c');
    await workbench.select(6, 7);
    await workbench.command('o1-mini: Ask…');
    await chat.box.waitFor();
    await workbench
      .panel()
      .getByRole('button', { name: /^Attach ring\.c:6-7/, pressed: true })
      .waitFor();
    await workbench.page.keyboard.type('Is this safe?');
    await chat.askBy(() => workbench.page.keyboard.press('Enter'));
    await chat.until('Done');
    assert.match(lastPrompt(api), /^Is this safe\?\n\nring\.c:6-7\n```c\n/);

    await workbench
      .panel()
      .getByRole('button', { name: /^Attach ring\.c:6-7/, pressed: false })
      .waitFor();
    await chat.ask('And without?');
    await chat.until('Done');
    assert.equal(lastPrompt(api), 'And without?');
  });

  it('of 2 MB is not sent before the user has confirmed its cost', async () => {
    const line = `${'x'.repeat(99)}\n`;
    writeFileSync(join(workbench.folder, 'big.txt'), line.repeat(21_000));
    await openNewChat(workbench);
    await workbench.openFile('big.txt');
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.command('o1-mini: Explain');
    const dialog = workbench.dialog(/Do you want to send about 29\d,\d{3} tokens to o1-mini\?/);
    await dialog.waitFor();
    assert.match(
      await dialog.innerText(),
      /exceeds the context window of 128,000 tokens.*would be left out: big\.txt.*Maximum cost: \$0\.43.*Nothing has been sent yet/s,
    );
    assert.equal(api.requests.length, 0);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(api.requests.length, 0);
    await workbench.panel().getByRole('button', { name: 'Send', disabled: false }).waitFor();
    assert.match(await chat.box.inputValue(), /^Explain this code\. /);

    await chat.button('Send').click();
    await dialog.getByRole('button', { name: 'Send Everything' }).click();
    await chat.questions.last().getByText('big.txt:1-21000').waitFor();
    await chat.until('Done');
    assert.equal(api.requests.length, 1);
    await workbench.command('o1-mini: New Chat');
  });

  it('of an untitled document is explained like any other', async () => {
    await workbench.command('File: New Untitled Text File');
    await workbench.page.keyboard.type('let x = 1');
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.command('o1-mini: Explain');
    await chat.questions
      .last()
      .getByText(/Untitled-\d+:1 ·/)
      .waitFor();
    await chat.until('Done');
    assert.match(lastPrompt(api), /Untitled-\d+:1\n```plaintext\nlet x = 1\n```/);
  });
});
