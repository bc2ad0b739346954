import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { useChat } from './use-chat';

const nextFrame = (page: Page): Promise<unknown> => page.evaluate(() => new Promise(requestAnimationFrame));

describe('Send to Terminal', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  // The terminal is drawn as text, which can be read here, and not on a canvas.
  before(() => workbench.settings({ 'terminal.integrated.gpuAcceleration': 'off' }));
  after(async () => {
    await workbench.command('Terminal: Kill All Terminals');
    await workbench.settings({ 'terminal.integrated.gpuAcceleration': undefined });
    for (const path of [created(), `${created()}.bak`]) rmSync(path, { force: true });
  });
  const created = (): string => join(workbench.folder, 'created.txt');

  it('writes a command into the terminal, where it runs only after Enter', async () => {
    api.script({ kind: 'answer', text: '```sh\ntouch created.txt\n```\n' });
    await chat.ask('How do I create the file?');
    await chat.until('Done');
    await chat.answers.last().getByRole('button', { name: 'More Actions…' }).click();
    await workbench.choose('Send to Terminal');
    const terminal = workbench.page.locator('.terminal.xterm');
    await terminal.filter({ hasText: 'touch created.txt' }).waitFor();
    // If the command had run, both files would be there.
    await terminal.locator('textarea').pressSequentially('.bak');
    await terminal.locator('textarea').press('Enter');
    while (!existsSync(`${created()}.bak`)) await nextFrame(workbench.page);
    assert.ok(!existsSync(created()));
  });
});
