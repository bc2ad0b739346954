import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { evil as evilOrigin, hostileSamples } from '../fixtures/hostile/hostile';
import { startServer, type ApiServer } from '../server/server';
import { auditScript, auditFindings } from '../support/audit';
import { parsePolicy, expectedPolicy, policyFindings, normalizedPolicy } from '../support/csp';
import { useChat } from './use-chat';

describe('A hostile answer', () => {
  const { workbench, api, chat } = useChat();
  let evilServer: ApiServer;

  before(async () => {
    evilServer = await startServer();
  });
  after(() => evilServer.close());

  /** Records dialogs, downloads, windows, frames, navigation and requests that the answer causes. */
  function recordViolations(): readonly string[] {
    const violations: string[] = [];
    workbench.page.on('dialog', (dialog) => {
      violations.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    workbench.page.on('download', (download) => violations.push(`download of ${download.url()}`));
    workbench.page.context().on('page', (page) => violations.push(`window of ${page.url()}`));
    workbench.page.on('request', (request) => {
      if (/evilServer\.test/.test(request.url()) || request.url().startsWith(evilServer.origin))
        violations.push(request.url());
    });
    const frames = new Set(workbench.page.frames());
    workbench.page.on('frameattached', (frame) => {
      if (frame.parentFrame() !== null && frames.has(frame.parentFrame() as Frame))
        violations.push('a frame');
    });
    workbench.page.on('framenavigated', (frame) => {
      if (frames.has(frame)) violations.push(`navigation to ${frame.url()}`);
    });
    return violations;
  }

  it('of some six hundred kinds runs nothing and loads nothing, however it is split', async () => {
    const texts = hostileSamples.map(({ text }) =>
      text.slice(0, 3000).replaceAll(evilOrigin, evilServer.origin),
    );
    const groups = Array.from({ length: 4 }, (_, part) => texts.filter((_text, at) => at % 4 === part));
    await chat.log.evaluate(auditScript);
    const violations = recordViolations();
    for (const group of groups) {
      const text = `${group.join('\n\n').toWellFormed()}\n\n`;
      const deltas = text.match(/[^]{1,997}/g) ?? [];
      api.script({ kind: 'answer', text, deltas, thinkingMs: 0, deltaMs: 1 });
      await chat.ask('Attack');
      await chat.until('Done');
    }
    assert.deepEqual([...violations, ...(await chat.log.evaluate(auditFindings))], []);
    assert.deepEqual([...evilServer.requests, ...evilServer.lookups], []);
  });

  it('opens a link only after its whole address was shown', async () => {
    const address =
      'https://evil.test/login?to=a%26b&long=012345678901234567890123456789012345678901234567890123456789#end';
    api.script({ kind: 'answer', text: `[https://bank.example](${address})` });
    await chat.ask('Where?');
    await chat.until('Done');
    const opened: string[] = [];
    workbench.page.context().on('page', (page) => opened.push(page.url()));
    const link = chat.answers.last().getByRole('link', { name: 'https://bank.example' });
    const dialog = workbench.dialog('Do you want to open this page on evil.test?');
    for (const open of [
      () => link.click(),
      () => link.click({ button: 'middle' }),
      () => link.click({ modifiers: ['ControlOrMeta'] }),
      () => link.press('Enter'),
    ]) {
      await open();
      await dialog.getByText(address).waitFor();
      await workbench.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    assert.deepEqual(opened, []);
  });

  it('is subject to a policy that allows only the script of the extension, named by a fresh nonce', async () => {
    const policy = await chat.log.evaluate(
      () =>
        document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ?? '',
    );
    const sent = parsePolicy(policy);
    assert.deepEqual(normalizedPolicy(sent, sent.get('style-src')?.join(' ') ?? ''), expectedPolicy(sent));
    assert.deepEqual(policyFindings(sent), []);
    assert.doesNotMatch(policy.replace('worker-src blob:', ''), /unsafe|\*:|data:|blob:/);
    await chat.log.evaluate((log) => {
      const script = document.createElement('script');
      script.textContent = 'window.pwned = 1';
      log.append(script);
      script.remove();
    });
    assert.equal(await chat.log.evaluate(() => 'pwned' in window), false);
  });
});
