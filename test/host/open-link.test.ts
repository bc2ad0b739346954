import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createAnswerLinks, openLink } from '../../src/host/views/answer-links';
import { forbiddenAddresses } from '../support/forbidden-addresses';
import { messagesDuring, withDialogs, type ShownMessage } from './dialogs';
import { recordingLog } from './recording-log';

function messagesFor(address: string, button?: string): Promise<readonly ShownMessage[]> {
  return messagesDuring(() => openLink(address), button);
}

describe('A link in an answer', () => {
  const addresses: Readonly<Record<string, string>> = {
    'https://example.org/a?b=c%26d&e=%3D#f': 'https://example.org/a?b=c%26d&e=%3D#f',
    'http://example.org': 'http://example.org/',
    'mailto:a@example.org?bcc=b@example.org': 'mailto:a@example.org?bcc=b@example.org',
    'https://bank.example@evil.test/': 'https://bank.example@evil.test/',
    'https://аррӏе.com/': 'https://xn--80ak6aa92e.com/',
    'https://evil.test/\u202Egpj': 'https://evil.test/%E2%80%AEgpj',
    'HTTPS://EXAMPLE.ORG/A': 'https://example.org/A',
  };
  for (const [address, shownAddress] of Object.entries(addresses)) {
    it(`is shown in full before it is opened: ${JSON.stringify(address)}`, async () => {
      const [shown, ...more] = await messagesFor(address);
      assert.deepEqual(more, []);
      assert.equal(shown?.detail, shownAddress);
      assert.equal(shown.modal, true);
      assert.deepEqual(shown.buttons, ['Open', 'Copy Address']);
    });
  }

  it('is described by its real host', async () => {
    const [shown] = await messagesFor('https://bank.example@evil.test:8443/');
    assert.equal(shown?.message, 'Do you want to open this page on evil.test:8443?');
    const [mail] = await messagesFor('mailto:a@example.org');
    assert.equal(mail?.message, 'Do you want to send an email to this address?');
  });

  it('stays the same address if a dialog could show a part of it as a link or an icon', async () => {
    const [shown] = await messagesFor('https://example.org/[a](command:x)?q=$(rocket)#](y)');
    assert.equal(shown?.detail, 'https://example.org/[a%5D(command:x)?q=%24(rocket)#%5D(y)');
  });

  it('can be copied as it was shown', async () => {
    await messagesFor('https://аррӏе.com/%41', 'Copy Address');
    assert.equal(await vscode.env.clipboard.readText(), 'https://xn--80ak6aa92e.com/%41');
  });

  it('is not opened if it is too long to read', async () => {
    const [shown] = await messagesFor(`https://example.org/${'a'.repeat(5000)}`);
    assert.deepEqual(shown?.buttons, ['Copy Address']);
    assert.ok(shown.detail.length < 2200);
  });

  const unsupported = [...forbiddenAddresses, 'httpsx://example.org', 'no address', '', '//x'];
  for (const address of unsupported) {
    it(`is neither shown nor opened: ${JSON.stringify(address)}`, async () =>
      assert.deepEqual(await messagesFor(address, 'Open'), []));
  }
});

describe('A file or a symbol that an answer names', () => {
  it('is reported if it has been deleted since it became a link', async () => {
    const links = createAnswerLinks((address) => address, undefined, recordingLog().log);
    for (const [name, expected] of [
      ['src/deleted.py:3', 'src/deleted.py no longer exists.'],
      ['no_such_symbol_anywhere', 'no_such_symbol_anywhere no longer exists.'],
    ] as const) {
      const { promise: message, resolve } = Promise.withResolvers<string>();
      const press = (dialog: ShownMessage): undefined => {
        resolve(dialog.message);
      };
      await withDialogs(press, async () => {
        links({ type: 'openFile', name }, () => undefined);
        await message;
      });
      assert.equal(await message, expected);
    }
  });
});
