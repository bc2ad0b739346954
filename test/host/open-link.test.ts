import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openLink } from '../../src/host/views/answer-links';
import { withDialogs, type Shown } from './dialogs';

/** What is shown for a link, when the user presses a button. */
async function shownFor(address: string, button?: string): Promise<readonly Shown[]> {
  let all: readonly Shown[] = [];
  await withDialogs(
    () => button,
    async (shown) => {
      await openLink(address);
      all = shown;
    },
  );
  return all;
}

describe('A link of an answer', () => {
  const addresses: Readonly<Record<string, string>> = {
    'https://example.org/a?b=c%26d&e=%3D#f': 'https://example.org/a?b=c%26d&e=%3D#f',
    'http://example.org': 'http://example.org/',
    'mailto:a@example.org?bcc=b@example.org': 'mailto:a@example.org?bcc=b@example.org',
    'https://bank.example@evil.test/': 'https://bank.example@evil.test/',
    'https://аррӏе.com/': 'https://xn--80ak6aa92e.com/',
    'https://evil.test/\u202Egpj': 'https://evil.test/%E2%80%AEgpj',
    'HTTPS://EXAMPLE.ORG/A': 'https://example.org/A',
  };
  for (const [address, whole] of Object.entries(addresses)) {
    it(`is shown in full before it is opened: ${JSON.stringify(address)}`, async () => {
      const [shown, ...more] = await shownFor(address);
      assert.deepEqual(more, []);
      assert.equal(shown?.detail, whole);
      assert.equal(shown.modal, true);
      assert.deepEqual(shown.buttons, ['Open', 'Copy Address']);
    });
  }

  it('is named by the host that it really leads to', async () => {
    const [shown] = await shownFor('https://bank.example@evil.test:8443/');
    assert.equal(shown?.message, 'Do you want to open this page on evil.test:8443?');
    const [mail] = await shownFor('mailto:a@example.org');
    assert.equal(mail?.message, 'Do you want to send an email to this address?');
  });

  it('is the same address where a dialog might take a part of it for a link or an icon', async () => {
    const [shown] = await shownFor('https://example.org/[a](command:x)?q=$(rocket)#](y)');
    assert.equal(shown?.detail, 'https://example.org/[a%5D(command:x)?q=%24(rocket)#%5D(y)');
  });

  it('can be copied as it was shown', async () => {
    await shownFor('https://аррӏе.com/%41', 'Copy Address');
    assert.equal(await vscode.env.clipboard.readText(), 'https://xn--80ak6aa92e.com/%41');
  });

  it('is not opened where it is too long to be read', async () => {
    const [shown] = await shownFor(`https://example.org/${'a'.repeat(5000)}`);
    assert.deepEqual(shown?.buttons, ['Copy Address']);
    assert.ok(shown.detail.length < 2200);
  });

  const never = [
    ...['command:workbench.action.terminal.new', 'vscode://o1mini.o1-mini-chat/x', 'vscode-insiders://x/y'],
    ...['file:///etc/passwd', 'file://evil.test/share', 'javascript:1', 'vbscript:x', 'data:text/html,x'],
    ...[
      'blob:https://example.org/x',
      'about:blank',
      'ftp://example.org',
      'ws://example.org',
      'ssh://example.org',
    ],
    ...[
      'smb://example.org/x',
      'tel:+100',
      'sms:+100',
      'ms-msdt:/id',
      'search-ms:query=x',
      'chrome://settings',
    ],
    ...['vscode-webview://x/y', 'vscode-remote://ssh/x', 'untitled:x', 'view-source:https://example.org'],
    ...[
      'jar:https://example.org!/',
      'intent://x#Intent;end',
      'httpsx://example.org',
      'no address',
      '',
      '//x',
    ],
  ];
  for (const address of never) {
    it(`is neither shown nor opened: ${JSON.stringify(address)}`, async () =>
      assert.deepEqual(await shownFor(address, 'Open'), []));
  }
});
