import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { LookupAddress } from 'node:dns';
import { createNodeTransport, nodeTransport } from '../../../src/platform/node/transport';
import { startServer, type ApiServer } from '../../server/server';
import { recordFigure } from '../../support/promises';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../support/wire';
import { errorOf } from './client-builders';

const pace = { thinkingMs: 0, deltaMs: 0 };
const apiKey = 'sk-sentinel-4711-loopback';

/** A resolver that says of every name that it is one of these addresses. */
function lying(...addresses: readonly string[]): Parameters<typeof createNodeTransport>[0] {
  const answer: LookupAddress[] = addresses.map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));
  return { lookup: (_hostname, _options, callback) => callback(null, answer) };
}

/** Listens at an address, and keeps every byte that arrives. */
async function eavesdropper(
  host: string,
): Promise<{ readonly port: number; heard(): string; close(): void }> {
  let bytes = '';
  const server = createSocketServer((socket) => {
    socket.on('data', (chunk) => (bytes += chunk.toString()));
    socket.on('error', () => undefined);
  }).listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => bytes,
    close: () => void server.close(),
  };
}

/** An address of this machine that is not a loopback one. */
function ownAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}

describe('S4 What is sent without TLS goes to this machine alone, or to a private network', () => {
  let api: ApiServer;

  before(async () => {
    api = await startServer({ pace });
  });
  beforeEach(() => api.clear());
  after(() => api.close());

  const at = (host: string): string => api.origin.replace('127.0.0.1', host);

  for (const host of ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]']) {
    it(`${host} is asked, whatever a resolver says of it`, async () => {
      const transport = createNodeTransport(lying('8.8.8.8'));
      const { outcome } = await collectAnswer(requestTo(at(host), { apiKey }), transport);
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(api.requests[0]?.headers.authorization, `Bearer ${apiKey}`);
    });
  }

  it('localhost is asked at ::1 too', async function () {
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

  it('a name that leads out of the private network is not asked: not a byte is sent', async () => {
    const transport = createNodeTransport(lying('8.8.8.8', '2606:4700::1111'));
    const heard = await collectAnswer(requestTo('http://ollama.internal:11434', { apiKey }), transport);
    assert.deepEqual(errorOf(heard), {
      kind: 'unexpected-address',
      host: 'ollama.internal',
      address: '8.8.8.8, 2606:4700::1111',
    });
  });

  it('a name is asked at its private addresses alone', async () => {
    const { port } = new URL(api.origin);
    const transport = createNodeTransport(lying('8.8.8.8', '127.0.0.1'));
    const { outcome } = await collectAnswer(requestTo(`http://ollama.internal:${port}`), transport);
    assert.deepEqual(outcome, { kind: 'complete' });
    recordFigure('S4', '4 loopback names and 9 look-alikes tried, 2 lying resolvers, 0 bytes elsewhere');
  });

  it('an address that the name of this machine may have besides is not taken for it', async function () {
    const own = ownAddress();
    if (own === undefined) return this.skip();
    const spy = await eavesdropper(own);
    try {
      const heard: CollectedAnswer = await collectAnswer(
        requestTo(`http://localhost:${spy.port}`, { apiKey }),
        createNodeTransport(lying(own)),
      );
      assert.equal(errorOf(heard).kind, 'network');
      assert.equal(spy.heard(), '');
    } finally {
      spy.close();
    }
  });

  it('a proxy of the environment is passed by', async () => {
    const proxy = await eavesdropper('127.0.0.1');
    const before = { ...process.env };
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'ALL_PROXY']) {
      process.env[name] = `http://127.0.0.1:${proxy.port}`;
    }
    process.env.NODE_USE_ENV_PROXY = '1';
    try {
      const { outcome } = await collectAnswer(requestTo(api.origin, { apiKey }), nodeTransport);
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(proxy.heard(), '');
    } finally {
      process.env = before;
      proxy.close();
    }
  });
});
