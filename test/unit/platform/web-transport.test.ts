import assert from 'node:assert/strict';
import { TransportError, type TransportFault } from '../../../src/core/api/transport';
import { createWebTransport } from '../../../src/platform/web/transport';

type Fetch = typeof fetch;

const url = new URL('https://api.example/v1/chat/completions?key=secret');
const headers = { authorization: 'Bearer secret' };

describe('A request of a browser that fails', () => {
  const { fetch: realFetch, origin: realOrigin } = globalThis;
  const realNavigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  const browser = { onLine: true };
  const requests: { readonly address: string; readonly init: RequestInit }[] = [];

  before(() => {
    globalThis.origin = 'https://page.example';
    Object.defineProperty(globalThis, 'navigator', { value: browser, configurable: true });
  });
  beforeEach(() => {
    requests.length = 0;
    browser.onLine = true;
  });
  after(() => {
    globalThis.fetch = realFetch;
    globalThis.origin = realOrigin;
    if (realNavigator) Object.defineProperty(globalThis, 'navigator', realNavigator);
    else Reflect.deleteProperty(globalThis, 'navigator');
  });

  /** A network that treats requests of pages, which need the permission of the service, and others in these ways. */
  function network(page: 'fails' | 'works', others: 'fail' | 'work'): void {
    globalThis.fetch = ((address: URL, init: RequestInit) => {
      requests.push({ address: String(address), init });
      const works = init.mode === 'no-cors' ? others === 'work' : page === 'works';
      return works ? Promise.resolve(new Response('')) : Promise.reject(new TypeError('Failed to fetch'));
    }) as Fetch;
  }

  async function faultOf(
    transport = createWebTransport(),
    signal = new AbortController().signal,
  ): Promise<TransportFault> {
    const error: unknown = await transport({
      method: 'POST',
      url,
      headers,
      body: 'words',
      signal,
    }).response.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof TransportError);
    return error.fault;
  }

  it('is a refusal of the service if the service responds, and names the origin to allow', async () => {
    network('fails', 'work');
    assert.deepEqual(await faultOf(), { kind: 'network', reason: 'cors', detail: 'https://page.example' });
  });

  it('is a failure of the network if the service does not respond', async () => {
    network('fails', 'fail');
    const fault = await faultOf();
    assert.ok(fault.kind === 'network' && fault.reason === 'unreachable');
  });

  it('is a failure of the network if the browser is offline', async () => {
    network('fails', 'work');
    browser.onLine = false;
    const fault = await faultOf();
    assert.ok(fault.kind === 'network' && fault.reason === 'unreachable');
    assert.equal(requests.length, 1, 'no further request');
  });

  it('is a failure of the network if the service has allowed an earlier request', async () => {
    const transport = createWebTransport();
    network('works', 'work');
    await transport({ method: 'GET', url, headers, signal: new AbortController().signal }).response;
    network('fails', 'work');
    const fault = await faultOf(transport);
    assert.ok(fault.kind === 'network' && fault.reason === 'unreachable');
    assert.equal(requests.length, 2, 'no further request');
  });

  it('is checked with a request without the key, the words and the query', async () => {
    network('fails', 'work');
    await faultOf();
    const [, probe] = requests;
    assert.ok(probe);
    assert.equal(probe.address, 'https://api.example/v1/chat/completions');
    const { method, body, headers: sent, credentials, referrerPolicy } = probe.init;
    assert.deepEqual(
      { method, body, sent, credentials, referrerPolicy },
      {
        method: 'HEAD',
        body: undefined,
        sent: undefined,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      },
    );
  });

  it('is not checked after it was stopped', async () => {
    const abortController = new AbortController();
    globalThis.fetch = ((_: URL, init: RequestInit) => {
      requests.push({ address: '', init });
      abortController.abort(new Error('stopped'));
      return Promise.reject(new TypeError('Failed to fetch'));
    }) as Fetch;
    const { response } = createWebTransport()({
      method: 'POST',
      url,
      headers,
      body: '',
      signal: abortController.signal,
    });
    await assert.rejects(response, /stopped/);
    assert.equal(requests.length, 1);
  });
});
