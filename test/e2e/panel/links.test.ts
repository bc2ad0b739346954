import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

const openers: Readonly<Record<string, (link: Locator) => Promise<void>>> = {
  click: (link) => link.click(),
  'middle click': (link) => link.click({ button: 'middle' }),
  'click with Ctrl': (link) => link.click({ modifiers: ['Control'] }),
  'click with Shift': (link) => link.click({ modifiers: ['Shift'] }),
  Enter: (link) => link.press('Enter'),
  'Enter with Ctrl': (link) => link.press('Control+Enter'),
};

const good = ['https://example.org/a?b=c%26d', 'http://example.org/', 'mailto:a@example.org'];
const never = [
  ...['command:workbench.action.terminal.new', 'vscode://o1mini.o1-mini-chat/x', 'vscode-insiders://x/y'],
  ...['file:///etc/passwd', 'file://evil.test/share', 'javascript:window.pwned=1', 'vbscript:x'],
  ...[
    'data:text/html,x',
    'blob:https://example.org/x',
    'about:blank',
    'ftp://example.org',
    'ws://example.org',
  ],
  ...['ssh://example.org', 'smb://example.org/x', 'tel:+100', 'sms:+100', 'ms-msdt:/id', 'search-ms:query=x'],
  ...[
    'chrome://settings',
    'vscode-webview://x/y',
    'vscode-remote://ssh/x',
    'untitled:x',
    'jar:https://a.test!/',
  ],
  ...[
    'view-source:https://example.org',
    'intent://x#Intent;end',
    '//evil.test/x',
    '/etc/passwd',
    '#top',
    '?a',
  ],
];

describe('A link in the panel', () => {
  const panel = usePanel();
  let requests: string[] = [];
  const answer = () => panel.page.locator('.markdown');
  beforeEach(() => {
    requests = [];
    panel.page.on('framenavigated', (frame) => requests.push(frame.url()));
    panel.page.context().on('page', (page) => requests.push(page.url()));
    panel.page.context().on('request', (request) => {
      if (request.isNavigationRequest()) requests.push(request.url());
    });
  });

  for (const [name, open] of Object.entries(openers)) {
    it(`is opened by the host, which asks first, by ${name}`, async () => {
      const text = good.map((address) => `[x](${address})`).join('\n\n');
      await panel.post(snapshot(turn('a', { choices: [choice(text)] })));
      for (const index of good.keys()) await open(answer().locator('a').nth(index));
      assert.deepEqual(
        await panel.received(),
        good.map((url) => ({ type: 'openLink', url })),
      );
      assert.deepEqual(requests, []);
    });
  }

  it('leads only to the web and mail', async () => {
    const text = never.map((address) => `[x](<${address}>) [y][r]\n\n[r]: <${address}>`).join('\n\n');
    await panel.post(snapshot(turn('a', { choices: [choice(text)] })));
    await answer().getByText('[x]').first().waitFor();
    const links = await answer()
      .locator('a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    // An address of the web within another is found as one, and leads to just that.
    for (const link of links) assert.match(link, /^https:\/\/(?:example\.org|a\.test)[^:]*$/);
    assert.equal(await answer().getByText('[x]').count(), never.length);
  });

  it('is not followed by the page, even if the checks missed it', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('Fine')] })));
    await answer().evaluate(
      (element, addresses) =>
        element.replaceChildren(
          ...addresses.map((address) => {
            const link = document.createElement('a');
            link.setAttribute('href', address);
            link.setAttribute('target', '_blank');
            link.append('x');
            const line = document.createElement('p');
            line.append(link);
            return line;
          }),
        ),
      never,
    );
    for (const open of Object.values(openers)) {
      for (const index of never.keys()) await open(answer().locator('a').nth(index));
    }
    assert.equal((await panel.received()).length, never.length * Object.keys(openers).length);
    assert.equal(await panel.page.evaluate(() => 'pwned' in window), false);
    assert.deepEqual(requests, []);
  });

  it('shows its address on hover and on focus, whatever title it has', async () => {
    const text =
      '[https://bank.example](https://evil.test/login "https://bank.example") [z](https://аррӏе.com/)';
    await panel.post(snapshot(turn('a', { choices: [choice(text)] })));
    const [first, second] = [answer().locator('a').first(), answer().locator('a').last()];
    await first.hover();
    assert.equal(await first.getAttribute('title'), 'https://evil.test/login');
    await second.focus();
    assert.equal(await second.getAttribute('title'), 'https://xn--80ak6aa92e.com/');
  });
});
