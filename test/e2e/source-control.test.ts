import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastPrompt } from './requests';
import { useChat } from './use-chat';

describe('The Source Control view', () => {
  const { workbench, api } = useChat();
  const git = (...args: readonly string[]): void => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    execFileSync('git', [...identity, ...args], { cwd: workbench.folder });
  };

  before(() => {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message=First');
    writeFileSync(join(workbench.folder, 'staged.py'), 'print("staged")\n');
    git('add', '.');
  });
  after(async () => {
    // The other suites use the same folder.
    for (const name of ['.git', 'staged.py'])
      rmSync(join(workbench.folder, name), { recursive: true, force: true });
    await workbench.press('showExplorer');
  });

  it('has a button that writes a commit message into its box, and undo brings the old text back', async () => {
    const { page } = workbench;
    api.script({ kind: 'answer', text: 'Print that it is staged' });
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Source Control/ })
      .click();
    const box = page.locator('.scm-view .scm-editor');
    await box.click();
    await page.keyboard.type('my own text');
    await page.getByRole('button', { name: 'Write Commit Message' }).first().click();
    await box.getByText('Print that it is staged').waitFor();
    await workbench.screenshot('commit-message');
    assert.match(lastPrompt(api), /\+print\("staged"\)[^]*my own text/);
    await box.click();
    await page.keyboard.press('ControlOrMeta+Z');
    await box.getByText('my own text').waitFor();
  });
});
