import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseEndpoint, type Endpoint, type Transport } from '../../../src/core/api';
import {
  createModelListService,
  type ModelListService,
  type ModelListCache,
} from '../../../src/core/models/model-list';
import { findModel } from '../../../src/core/models/retirement';
import { nodeTransport } from '../../../src/platform/node/transport';
import { startServer, type ApiServer } from '../../server/server';
import { bytes, manualClock, type ManualClock } from '../../support/wire';

const key = 'sk-sentinel-8f2a/+=';
const minutes = 60_000;

interface MemoryCache extends ModelListCache {
  readonly texts: Map<string, string>;
}

function memoryCache(): MemoryCache {
  const texts = new Map<string, string>();
  return {
    texts,
    read: (address) => Promise.resolve(texts.get(address)),
    write: (address, text) => Promise.resolve(void texts.set(address, text)),
  };
}

function endpointOf(baseUrl: string): Endpoint {
  const endpoint = parseEndpoint(baseUrl);
  assert.ok(typeof endpoint === 'object');
  return endpoint;
}

describe('The list of models of a real server', () => {
  let api: ApiServer;
  let clock: ManualClock;
  let cache: MemoryCache;
  let endpoint: Endpoint;

  beforeEach(async () => {
    api = await startServer();
    endpoint = endpointOf(api.origin);
    clock = manualClock();
    cache = memoryCache();
  });
  afterEach(() => api.close());

  const newService = (): ModelListService => createModelListService(nodeTransport, clock, cache);
  const paths = (): readonly string[] => api.lookups.map(({ path }) => path).sort();

  it('contains names, limits, prices and retirements', async () => {
    const { models, source } = await newService().models(endpoint, undefined);
    assert.equal(source, 'fresh');
    assert.deepEqual(findModel(models, 'openai/o1-mini'), {
      id: 'o1-mini',
      aliases: ['o1-mini-2024-09-12', 'openai/o1-mini'],
      name: 'o1-mini',
      context: 128_000,
      maxOutput: 65_536,
      price: { input: 1.1, output: 4.4 },
      retirement: { status: 'deprecated', shutdownAt: '2025-10-27', replacedBy: 'o4-mini' },
    });
    assert.equal(findModel(models, 'o1-preview')?.retirement?.replacedBy, 'o3');
    assert.equal(findModel(models, 'o3')?.retirement, undefined);
    assert.deepEqual(paths(), ['/v1/models/deprecations', '/v1/models?include=pricing']);
    assert.ok(api.lookups.every(({ headers }) => headers.authorization === undefined));
  });

  it('is requested with its ETags if it is known, and is fresh after a 304', async () => {
    const first = await newService().models(endpoint, undefined);
    api.clear();
    const second = await newService().models(endpoint, undefined);
    assert.deepEqual(second, first);
    assert.equal(api.lookups.length, 2);
    for (const { headers } of api.lookups) assert.match(headers['if-none-match'] ?? '', /^W\/"/);
  });

  it('is requested once by concurrent callers, and not again for ten minutes', async () => {
    const service = newService();
    const ask = () => service.models(endpoint, undefined);
    await Promise.all([ask(), ask(), ask()]);
    clock.advance(9 * minutes);
    await ask();
    assert.equal(api.lookups.length, 2);
    clock.advance(2 * minutes);
    await ask();
    assert.equal(api.lookups.length, 4);
  });

  it('is requested again with another key', async () => {
    const service = newService();
    await service.models(endpoint, undefined);
    await service.models(endpoint, key);
    assert.equal(api.lookups.length, 4);
  });

  it('is the cached one if the server cannot be reached', async () => {
    const { models } = await newService().models(endpoint, undefined);
    await api.close();
    const offline = await newService().models(endpoint, undefined);
    assert.deepEqual(offline, { models, source: 'cached' });
    cache.texts.clear();
    assert.deepEqual(await newService().models(endpoint, undefined), { models: [], source: 'cached' });
    api = await startServer();
  });

  for (const garbage of ['', '{', '[]', '{"version":1}', '{"version":1,"models":{"list":7}}', '\u0000']) {
    it(`passes over a cache that holds ${JSON.stringify(garbage)}`, async () => {
      cache.texts.set(`${api.origin}/v1/models`, garbage);
      assert.equal((await newService().models(endpoint, undefined)).models.length, 4);
      assert.notEqual(cache.texts.get(`${api.origin}/v1/models`), garbage);
    });
  }

  it('sends no ETag that would break the header', async () => {
    const models = { list: [], etag: '"a\r\nx-evil: 1"' };
    cache.texts.set(`${api.origin}/v1/models`, JSON.stringify({ version: 1, models }));
    assert.equal((await newService().models(endpoint, undefined)).source, 'fresh');
  });

  it('works without a usable cache', async () => {
    const full = (): Promise<never> => Promise.reject(new Error('ENOSPC'));
    const cacheless = createModelListService(nodeTransport, clock, { read: full, write: full });
    assert.equal((await cacheless.models(endpoint, undefined)).source, 'fresh');
  });

  it('sends the key only to its own origin and never stores it', async () => {
    const elsewhere = await startServer();
    const redirecting = await serve((_, response) => {
      response.writeHead(307, { location: `${elsewhere.origin}/v1/models` }).end();
    });
    const service = newService();
    assert.equal((await service.models(endpointOf(redirecting.origin), key)).source, 'cached');
    await service.models(endpoint, key);
    assert.deepEqual(
      api.lookups.map(({ headers }) => headers.authorization),
      [`Bearer ${key}`, `Bearer ${key}`],
    );
    assert.deepEqual([...elsewhere.requests, ...elsewhere.lookups], []);
    assert.ok(!JSON.stringify([...cache.texts]).includes('sentinel'));
    await Promise.all([elsewhere.close(), redirecting.close()]);
  });

  it('is the cached one, without a request, if its caller has already left', async () => {
    const gone = AbortSignal.abort();
    const early = await newService().models(endpoint, undefined, gone);
    assert.deepEqual([early, api.lookups.length], [{ models: [], source: 'cached' }, 0]);
  });
});

interface TestServer {
  readonly origin: string;
  close(): Promise<void>;
}

async function serve(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

describe('The list of models of another server', () => {
  const cached = { version: 1, models: { list: [{ id: 'kept' }], etag: '"1"' } };
  let clock: ManualClock;
  let cache: MemoryCache;
  let running: TestServer;
  let listener: RequestListener;

  beforeEach(async () => {
    clock = manualClock();
    cache = memoryCache();
    running = await serve((request, response) => listener(request, response));
  });
  afterEach(() => running.close());

  const newService = (transport = nodeTransport): ModelListService =>
    createModelListService(transport, clock, cache);

  /** What comes of an answer to both questions, with and without a list that is known. */
  async function readings(answer: RequestListener): Promise<readonly string[]> {
    listener = answer;
    const ask = async (): Promise<string> => {
      const { models, source } = await newService().models(endpointOf(running.origin), undefined);
      return [source, ...models.map(({ id }) => id)].join(' ');
    };
    const without = await ask();
    cache.texts.set(`${running.origin}/v1/models`, JSON.stringify(cached));
    return [without, await ask()];
  }

  const answering =
    (status: number, body: string): RequestListener =>
    (_, response) =>
      response.writeHead(status).end(body);

  const cases: readonly (readonly [number, string, string, string])[] = [
    [404, '{"error":"Unexpected endpoint"}', 'none', 'none'],
    [405, '', 'none', 'none'],
    [200, '<!doctype html><p>Welcome to nginx', 'none', 'cached kept'],
    [200, '{"error":"Unexpected endpoint or method. (GET /v1/models)"}', 'none', 'cached kept'],
    [200, 'null', 'none', 'cached kept'],
    [200, '7', 'none', 'cached kept'],
    [200, '{"data":[{"id":"a"', 'none', 'cached kept'],
    [200, '['.repeat(1_000_000), 'none', 'cached kept'],
    [500, 'oops', 'cached', 'cached kept'],
    [401, '{"error":{"message":"no key"}}', 'cached', 'cached kept'],
    [429, '', 'cached', 'cached kept'],
    [304, '', 'cached', 'fresh kept'],
    [200, '{"data":[]}', 'fresh', 'fresh'],
    [200, '{"data":[{"id":"a"},5,null]}', 'fresh a', 'fresh a'],
  ];
  for (const [status, body, without, known] of cases) {
    it(`is ${without} after a ${status} with ${body.slice(0, 40)}, or ${known} where it was known`, async () => {
      assert.deepEqual(await readings(answering(status, body)), [without, known]);
    });
  }

  it('may lack deprecations', async () => {
    const list = answering(200, '[{"id":"local"}]');
    const [without] = await readings((request, response) =>
      (request.url === '/v1/models/deprecations' ? answering(404, '') : list)(request, response),
    );
    assert.equal(without, 'fresh local');
  });

  it('may have 10,000 models', async () => {
    const data = Array.from({ length: 10_000 }, (_, index) => ({ id: `model-${index}` }));
    const [without] = await readings(answering(200, JSON.stringify({ data })));
    assert.equal(without?.split(' ').length, 10_001);
  });

  it('is ignored if it is larger than 64 MB', async () => {
    const filler = Buffer.alloc(66 * 1024 * 1024, ' ');
    const [without] = await readings((_, response) => {
      response.write('[{"id":"a"}');
      response.write(filler);
      response.end(']');
    });
    assert.equal(without, 'none');
  });

  it('S5 has no name in which the server quotes the key, neither in memory nor on disk', async () => {
    for (const quoted of [
      key,
      btoa(key),
      encodeURIComponent(key),
      btoa(`user:${key}`),
      Buffer.from(key).toString('hex'),
    ]) {
      const entries = [
        { id: 'a', name: `of ${quoted}`, aliases: [quoted, 'b'] },
        { id: quoted },
        { id: 'c', aliases: [`x-${quoted}`] },
      ];
      listener = answering(200, JSON.stringify(entries));
      const { models, source } = await newService().models(endpointOf(running.origin), key);
      assert.equal(source, 'fresh');
      assert.deepEqual(models, [
        { id: 'a', aliases: ['b'] },
        { id: 'c', aliases: [] },
      ]);
      assert.ok(![...cache.texts.values()].join('').includes(quoted));
    }
  });

  /** A server that says nothing: when both questions are there, and when their connections are gone. */
  function silence(): { readonly asked: Promise<void>; readonly hungUp: Promise<unknown> } {
    const gone: Promise<unknown>[] = [];
    const asked = new Promise<void>((resolve) => {
      listener = (_, response) => {
        gone.push(once(response, 'close'));
        if (gone.length === 2) resolve();
      };
    });
    return { asked, hungUp: asked.then(() => Promise.all(gone)) };
  }

  it('times out after ten seconds, and the connections are closed', async () => {
    const { asked, hungUp } = silence();
    const reading = newService().models(endpointOf(running.origin), undefined);
    await asked;
    clock.advance(10_000);
    assert.deepEqual(await reading, { models: [], source: 'cached' });
    await hungUp;
  });

  it('times out after one minute even if data keeps arriving', async () => {
    async function* dripping(signal: AbortSignal): AsyncGenerator<Uint8Array> {
      for (;;) {
        signal.throwIfAborted();
        clock.advance(1000);
        yield await Promise.resolve(bytes(' '));
      }
    }
    const transport: Transport = ({ signal }) => ({
      sent: Promise.resolve(),
      response: Promise.resolve({ status: 200, header: () => undefined, body: dripping(signal) }),
    });
    const reading = await newService(transport).models(endpointOf(running.origin), key);
    assert.equal(reading.source, 'cached');
    assert.ok(clock.now() >= 60_000 && clock.now() < 65_000);
  });

  it('is requested until the last caller leaves, and each gets the cached list', async () => {
    cache.texts.set(`${running.origin}/v1/models`, JSON.stringify(cached));
    const { asked, hungUp } = silence();
    const service = newService();
    const callers = [new AbortController(), new AbortController()];
    const [first, second] = callers.map(({ signal }) =>
      service.models(endpointOf(running.origin), undefined, signal),
    );
    await asked;
    callers[0]?.abort();
    assert.equal((await first)?.source, 'cached');
    assert.equal(await Promise.race([second, Promise.resolve('waiting')]), 'waiting');
    callers[1]?.abort();
    assert.deepEqual((await second)?.models[0]?.id, 'kept');
    await hungUp;
    listener = answering(200, '[{"id":"anew"}]');
    const again = await service.models(endpointOf(running.origin), undefined);
    assert.deepEqual(again, { models: [{ id: 'anew', aliases: [] }], source: 'fresh' });
  });
});
