import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { forbiddenAddresses } from '../../support/forbidden-addresses';
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

const allowed = ['https://example.org/a?b=c%26d', 'http://example.org/', 'mailto:a@example.org'];
const forbidden = [...forbiddenAddresses, '//evil.test/x', '/etc/passwd', '?a'];

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
      const text = allowed.map((address) => `[x](${address})`).join('\n\n');
      await panel.post(snapshot(turn('a', { choices: [choice(text)] })));
      for (const index of allowed.keys()) await open(answer().locator('a').nth(index));
      assert.deepEqual(
        await panel.received(),
        allowed.map((url) => ({ type: 'openLink', url })),
      );
      assert.deepEqual(requests, []);
    });
  }

  it('leads only to the web and mail', async () => {
    const text = forbidden.map((address) => `[x](<${address}>) [y][r]\n\n[r]: <${address}>`).join('\n\n');
    await panel.post(snapshot(turn('a', { choices: [choice(text)] })));
    await answer().getByText('[x]').first().waitFor();
    const links = await answer()
      .locator('a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    // A web address within another address is linked by itself.
    for (const link of links) assert.match(link, /^https:\/\/(?:example\.org|a\.test)[^:]*$/);
    assert.equal(await answer().getByText('[x]').count(), forbidden.length);
  });

  it('is its text alone if it leads to a part of the answer', async () => {
    await panel.post(
      snapshot(turn('a', { choices: [choice('- [Introduction](#introduction)\n- [End](#end)')] })),
    );
    assert.equal(await answer().locator('ul').innerText(), 'Introduction\nEnd');
    assert.equal(await answer().locator('a, .file').count(), 0);
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
      forbidden,
    );
    for (const open of Object.values(openers)) {
      for (const index of forbidden.keys()) await open(answer().locator('a').nth(index));
    }
    assert.equal((await panel.received()).length, forbidden.length * Object.keys(openers).length);
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
