import assert from 'node:assert/strict';
import { needsPlainHttpConsent } from '../../src/host/models/plain-http-consent';
import {
  accessService,
  accessServiceSilently,
  type ServiceAccess,
} from '../../src/host/models/service-access';
import { readEndpoint } from '../../src/host/models/service-endpoint';
import { readSettings, type Settings } from '../../src/host/settings';
import type { ApiKeyStore } from '../../src/host/storage/api-key-store';
import { apiKeyStore } from './api-key-store';
import { withDialogs } from './dialogs';
import { userValue, withSettings } from './with-settings';

const network = 'http://192.168.1.5:11434';

function settingsWith(values: Partial<Settings>): Settings {
  return { ...readSettings().settings, allowedHttpOrigins: [], ...values };
}

describe('A service receives requests and the API key', () => {
  /** The questions to the user, in their order. */
  let asked: string[];

  beforeEach(() => (asked = []));

  function keysOf(stored: string | undefined, entered?: string): ApiKeyStore {
    return {
      ...apiKeyStore(() => stored),
      ask(origin, optional) {
        asked.push(['key', origin, ...(optional === undefined ? [] : [optional])].join(' '));
        return Promise.resolve(entered);
      },
    };
  }

  /** @param button that the user presses if asked about plain http */
  async function access(
    values: Partial<Settings>,
    keys: ApiKeyStore,
    button?: string,
  ): Promise<ServiceAccess> {
    const settings = settingsWith(values);
    let result: ServiceAccess | undefined;
    await withDialogs(
      ({ message }) => {
        asked.push(message);
        return button;
      },
      async () => {
        const resolveHost = (): Promise<never> => Promise.reject(new Error('unknown host'));
        result = await accessService(readEndpoint(settings), settings, { keys, resolveHost });
      },
    );
    assert.ok(result);
    return result;
  }

  it('with the stored key, without a question', async () => {
    const result = await access({ baseUrl: 'https://api.example' }, keysOf('sk-stored'));
    assert.deepEqual([result.kind, result.kind === 'ready' && result.apiKey], ['ready', 'sk-stored']);
    assert.deepEqual(asked, []);
  });

  it('with the key that the user enters, and not without one', async () => {
    const given = await access({ baseUrl: 'https://api.example' }, keysOf(undefined, 'sk-entered'));
    assert.deepEqual([given.kind, given.kind === 'ready' && given.apiKey], ['ready', 'sk-entered']);
    const refused = await access({ baseUrl: 'https://api.example' }, keysOf(undefined));
    assert.deepEqual(refused, { kind: 'no-key', origin: 'https://api.example' });
    assert.deepEqual(asked, ['key https://api.example', 'key https://api.example']);
  });

  it('without a key if it is on this machine', async () => {
    const result = await access({ baseUrl: 'http://localhost:11434' }, keysOf(undefined));
    assert.deepEqual([result.kind, result.kind === 'ready' && result.apiKey], ['ready', undefined]);
    assert.deepEqual(asked, []);
  });

  it('over plain http only if the user agrees, who is not asked for a key otherwise', async () => {
    assert.deepEqual(await access({ baseUrl: network }, keysOf('sk-stored')), { kind: 'declined' });
    assert.deepEqual(asked, [`Do you want to allow unencrypted requests to ${network}?`]);
  });

  it('over plain http where the user has agreed, which is remembered, and a key is optional', () =>
    withSettings({ allowedHttpOrigins: [] }, async () => {
      const result = await access({ baseUrl: network }, keysOf(undefined, ''), 'Allow');
      assert.deepEqual([result.kind, result.kind === 'ready' && result.apiKey], ['ready', '']);
      assert.deepEqual(asked.at(-1), `key ${network} optional`);
      assert.deepEqual(userValue('allowedHttpOrigins'), [network]);
    }));

  it('over plain http never beyond a private network, and not at an address that is not valid', async () => {
    for (const [baseUrl, problem] of [
      ['http://public.home.arpa.example', 'insecure'],
      ['not an address', 'spaces'],
    ] as const) {
      const result = await access({ baseUrl }, keysOf('sk-stored'), 'Allow');
      assert.deepEqual(result, { kind: 'fail', error: { kind: 'bad-address', problem } });
    }
    assert.deepEqual(asked, []);
  });

  it('without a question to the user only if none is necessary', async () => {
    const silently = async (values: Partial<Settings>): Promise<string | undefined> => {
      const result = await accessServiceSilently(settingsWith(values), keysOf('sk-stored'));
      return result?.apiKey;
    };
    assert.equal(await silently({ baseUrl: 'https://api.example' }), 'sk-stored');
    assert.equal(await silently({ baseUrl: network, allowedHttpOrigins: [network] }), 'sk-stored');
    assert.equal(await silently({ baseUrl: network }), undefined);
    assert.equal(await silently({ baseUrl: 'not an address' }), undefined);
    assert.deepEqual(asked, []);
  });

  for (const [allowed, isAllowed] of [
    [network, true],
    [' HTTP://192.168.1.5:11434/v1/ ', true],
    ['http://192.168.1.5', false],
    ['https://192.168.1.5:11434', false],
    ['*', false],
    ['', false],
  ] as const) {
    it(`over plain http ${isAllowed ? '' : 'not '}with ${JSON.stringify(allowed)} in the settings`, () => {
      const endpoint = readEndpoint(settingsWith({ baseUrl: network }));
      assert.ok(typeof endpoint !== 'string');
      assert.equal(needsPlainHttpConsent(endpoint, { allowedHttpOrigins: [allowed] }), !isAllowed);
    });
  }
});
