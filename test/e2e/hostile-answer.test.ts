import assert from 'node:assert/strict';
import { startServer, type ApiServer } from '../server/server';
import { openChat, type ChatPage } from './chat-page';
import { sharedWindow, type TestWindow } from './window';

describe('A hostile answer', () => {
  let w: TestWindow;
  let chat: ChatPage;
  let evil: ApiServer;

  before(async () => {
    w = sharedWindow();
    chat = await openChat(w);
    evil = await startServer();
  });
  after(() => evil.close());

  it('runs nothing and loads nothing', async () => {
    const samples = [
      '<script>window.pwned = 1</script>',
      `<img src="${evil.origin}/a" onerror="window.pwned = 1">`,
      `![x](${evil.origin}/b.png)`,
      '[click](javascript:window.pwned=1)',
      '[click](command:workbench.action.terminal.new)',
      `<iframe src="${evil.origin}/c"></iframe><svg onload="window.pwned=1">`,
      `$\\href{javascript:window.pwned=1}{x}$ $\\includegraphics{${evil.origin}/d}$ $\\htmlData{a=b}{x}$`,
      `<style>body { background: url(${evil.origin}/e) }</style>`,
      '```"><img src=x onerror=window.pwned=1>\ncode\n```',
      `<meta http-equiv="refresh" content="0; url=${evil.origin}/f"><form action="${evil.origin}/g"><button>x`,
    ];
    w.api.script({ kind: 'answer', text: `${samples.join('\n\n')}\n\nThe end.` });
    await chat.ask('Attack');
    await chat.until('Done');
    await chat.answers.last().getByText('The end.').waitFor();
    const found = await chat.log.evaluate((log) => ({
      pwned: 'pwned' in window,
      elements: [...log.querySelectorAll('script, img, iframe, form, meta, style, object, embed')].length,
      links: [...log.querySelectorAll('a')]
        .map((link) => link.protocol)
        .filter((scheme) => !/^https?:$/.test(scheme)),
      handlers: [...log.querySelectorAll('*')].filter((node) =>
        [...node.attributes].some(({ name }) => name.startsWith('on')),
      ).length,
    }));
    assert.deepEqual(found, { pwned: false, elements: 0, links: [], handlers: 0 });
    assert.deepEqual([...evil.requests, ...evil.lookups], []);
  });

  it('meets a policy that runs only our own script, named by a fresh nonce', async () => {
    const policy = await chat.log.evaluate(
      () =>
        document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ?? '',
    );
    const directives = policy
      .split('; ')
      .map((directive) => directive.replace(/'nonce-[0-9a-f]{32}'/, 'NONCE'));
    const own = directives.map((directive) => directive.replace(/(style|font)-src .*/, '$1-src OWN'));
    assert.deepEqual(own, [
      "default-src 'none'",
      'script-src NONCE',
      'style-src OWN',
      'font-src OWN',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    assert.doesNotMatch(policy, /unsafe|\*:|data:|blob:/);
    await chat.log.evaluate((log) => {
      const script = document.createElement('script');
      script.textContent = 'window.pwned = 1';
      log.append(script);
      script.remove();
    });
    assert.equal(await chat.log.evaluate(() => 'pwned' in window), false);
  });
});
