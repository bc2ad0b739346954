import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { evil as evilPlace, hostileSamples } from '../fixtures/hostile/hostile';
import { startServer, type ApiServer } from '../server/server';
import { auditScript, lookAround } from '../support/audit';
import { directives, expectedOf, findings, plainly } from '../support/csp';
import { useChat } from './window';

describe('A hostile answer', () => {
  const { workbench, api, chat } = useChat();
  let evil: ApiServer;

  before(async () => {
    evil = await startServer();
  });
  after(() => evil.close());

  /** What came of the frames and windows that there are, beside what is VS Code's own. */
  function watch(): readonly string[] {
    const seen: string[] = [];
    workbench.page.on('dialog', (dialog) => {
      seen.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    workbench.page.on('download', (download) => seen.push(`download of ${download.url()}`));
    workbench.page.context().on('page', (page) => seen.push(`window of ${page.url()}`));
    workbench.page.on('request', (request) => {
      if (/evil\.test/.test(request.url()) || request.url().startsWith(evil.origin)) seen.push(request.url());
    });
    const frames = new Set(workbench.page.frames());
    workbench.page.on('frameattached', (frame) => {
      if (frame.parentFrame() !== null && frames.has(frame.parentFrame() as Frame)) seen.push('a frame');
    });
    workbench.page.on('framenavigated', (frame) => {
      if (frames.has(frame)) seen.push(`navigation to ${frame.url()}`);
    });
    return seen;
  }

  it('of some six hundred kinds runs nothing and loads nothing, however it is cut', async () => {
    const texts = hostileSamples.map(({ text }) => text.slice(0, 3000).replaceAll(evilPlace, evil.origin));
    const lists = Array.from({ length: 4 }, (_, part) => texts.filter((_text, at) => at % 4 === part));
    await chat.log.evaluate(auditScript);
    const seen = watch();
    for (const list of lists) {
      const text = `${list.join('\n\n').toWellFormed()}\n\n`;
      const deltas = text.match(/[^]{1,997}/g) ?? [];
      api.script({ kind: 'answer', text, deltas, thinkingMs: 0, deltaMs: 1 });
      await chat.ask('Attack');
      await chat.until('Done');
    }
    assert.deepEqual([...seen, ...(await chat.log.evaluate(lookAround))], []);
    assert.deepEqual([...evil.requests, ...evil.lookups], []);
  });

  it('can have a link opened only after the whole of its address was shown', async () => {
    const address =
      'https://evil.test/login?to=a%26b&long=012345678901234567890123456789012345678901234567890123456789#end';
    api.script({ kind: 'answer', text: `[https://bank.example](${address})` });
    await chat.ask('Where?');
    await chat.until('Done');
    const opened: string[] = [];
    workbench.page.context().on('page', (page) => opened.push(page.url()));
    const link = chat.answers.last().getByRole('link', { name: 'https://bank.example' });
    const dialog = workbench.dialog('Do you want to open this page on evil.test?');
    for (const use of [
      () => link.click(),
      () => link.click({ button: 'middle' }),
      () => link.click({ modifiers: ['ControlOrMeta'] }),
      () => link.press('Enter'),
    ]) {
      await use();
      await dialog.getByText(address).waitFor();
      await workbench.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    assert.deepEqual(opened, []);
  });

  it('meets a policy that runs only our own script, named by a fresh nonce', async () => {
    const policy = await chat.log.evaluate(
      () =>
        document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ?? '',
    );
    const sent = directives(policy);
    assert.deepEqual(plainly(sent, sent.get('style-src')?.join(' ') ?? ''), expectedOf(sent));
    assert.deepEqual(findings(sent), []);
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
