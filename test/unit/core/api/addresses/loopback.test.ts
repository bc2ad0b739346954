import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { LookupAddress } from 'node:dns';
import { createNodeTransport, nodeTransport } from '../../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../../server/server';
import { recordFigure } from '../../../../support/promises';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../../../support/wire';
import { errorOf } from '../client-builders';

const apiKey = 'sk-sentinel-4711-loopback';

/** A resolver that resolves every name to these addresses. */
function resolvingTo(...addresses: readonly string[]): Parameters<typeof createNodeTransport>[0] {
  const answer: LookupAddress[] = addresses.map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));
  return { lookup: (_hostname, _options, callback) => callback(null, answer) };
}

/** Listens at an address and records every byte that it receives. */
async function eavesdropper(
  host: string,
): Promise<{ readonly port: number; received(): string; close(): void }> {
  let bytes = '';
  const server = createSocketServer((socket) => {
    socket.on('data', (chunk) => (bytes += chunk.toString()));
    socket.on('error', () => undefined);
  }).listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received: () => bytes,
    close: () => void server.close(),
  };
}

/** An address of this machine other than a loopback address. */
function ownAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}

describe('S4 A request without TLS', () => {
  let api: ApiServer;

  before(async () => {
    api = await startServer({ pace: NO_DELAY });
  });
  beforeEach(() => api.clear());
  after(() => api.close());

  const originOf = (host: string): string => api.origin.replace('127.0.0.1', host);

  for (const host of ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]']) {
    it(`for ${host} goes to this machine, whatever a resolver returns`, async () => {
      const transport = createNodeTransport(resolvingTo('8.8.8.8'));
      const { outcome } = await collectAnswer(requestTo(originOf(host), { apiKey }), transport);
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(api.requests[0]?.headers.authorization, `Bearer ${apiKey}`);
    });
  }

  it('for localhost can also go to ::1', async function () {
    const server: Server = createServer((_request, response) => response.writeHead(404).end()).listen(
      0,
      '::1',
    );
    const listening = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]);
    if (!listening) return this.skip();
    try {
      const { port } = server.address() as AddressInfo;
      assert.equal(
        errorOf(await collectAnswer(requestTo(`http://localhost:${port}`), nodeTransport)).kind,
        'wrong-address',
      );
    } finally {
      server.close();
    }
  });

  it('for a name outside the private network is not sent at all', async () => {
    const transport = createNodeTransport(resolvingTo('8.8.8.8', '2606:4700::1111'));
    const answer = await collectAnswer(requestTo('http://ollama.internal:11434', { apiKey }), transport);
    assert.deepEqual(errorOf(answer), {
      kind: 'unexpected-address',
      host: 'ollama.internal',
      address: '8.8.8.8, 2606:4700::1111',
    });
  });

  it('goes only to the private addresses of a name', async () => {
    const { port } = new URL(api.origin);
    const transport = createNodeTransport(resolvingTo('8.8.8.8', '127.0.0.1'));
    const { outcome } = await collectAnswer(requestTo(`http://ollama.internal:${port}`), transport);
    assert.deepEqual(outcome, { kind: 'complete' });
    recordFigure(
      'S4',
      '4 loopback names and 9 look-alikes tried, 2 hostile resolvers, 0 bytes sent elsewhere',
    );
  });

  it('for localhost does not go to another address of this machine', async function () {
    const own = ownAddress();
    if (own === undefined) return this.skip();
    const spy = await eavesdropper(own);
    try {
      const answer: CollectedAnswer = await collectAnswer(
        requestTo(`http://localhost:${spy.port}`, { apiKey }),
        createNodeTransport(resolvingTo(own)),
      );
      assert.equal(errorOf(answer).kind, 'network');
      assert.equal(spy.received(), '');
    } finally {
      spy.close();
    }
  });

  it('does not use a proxy from the environment', async () => {
    const proxy = await eavesdropper('127.0.0.1');
    const before = { ...process.env };
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'ALL_PROXY']) {
      process.env[name] = `http://127.0.0.1:${proxy.port}`;
    }
    process.env.NODE_USE_ENV_PROXY = '1';
    try {
      const { outcome } = await collectAnswer(requestTo(api.origin, { apiKey }), nodeTransport);
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(proxy.received(), '');
    } finally {
      process.env = before;
      proxy.close();
    }
  });
});
