import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { useChat } from './use-chat';

describe('Send to Terminal', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  // The terminal is drawn as text, which can be read here, and not on a canvas.
  before(() => workbench.settings({ 'terminal.integrated.gpuAcceleration': 'off' }));
  after(() => workbench.command('Terminal: Kill All Terminals'));

  it('writes a command into the terminal, where it runs only after Enter', async () => {
    api.script({ kind: 'answer', text: '```sh\ntouch created.txt\n```\n' });
    await chat.ask('How do I create the file?');
    await chat.until('Done');
    await chat.answers.last().getByRole('button', { name: 'More Actions…' }).click();
    await workbench.choose('Send to Terminal');
    const terminal = workbench.page.locator('.terminal.xterm');
    await terminal.filter({ hasText: 'touch created.txt' }).waitFor();
    const created = join(workbench.folder, 'created.txt');
    assert.ok(!existsSync(created));
    await terminal.locator('textarea').press('Enter');
    while (!existsSync(created)) await workbench.page.evaluate(() => new Promise(requestAnimationFrame));
  });
});
