import assert from 'node:assert/strict';
import type { Endpoint } from '../../../../src/core/api';
import { createModelListService, type ModelListService } from '../../../../src/core/models/model-list';
import { findModel } from '../../../../src/core/models/retirement';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { startServer, type ApiServer } from '../../../server/server';
import { manualClock, type ManualClock } from '../../../support/wire';
import { endpointOf, key, memoryCache, serve, type MemoryCache } from './model-list-builders';

const MINUTE_MS = 60_000;

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
      price: { input: 1.1, output: 4.4, cachedInput: 0.55 },
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
    clock.advance(9 * MINUTE_MS);
    await ask();
    assert.equal(api.lookups.length, 2);
    clock.advance(2 * MINUTE_MS);
    await ask();
    assert.equal(api.lookups.length, 4);
    // The clock was wrong, and was set back.
    clock.advance(-60 * MINUTE_MS);
    await ask();
    assert.equal(api.lookups.length, 6);
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
    assert.deepEqual(offline, { models, source: 'cached', readAt: 0 });
    cache.texts.clear();
    assert.deepEqual(await newService().models(endpoint, undefined), { models: [], source: 'cached' });
    api = await startServer();
  });

  for (const garbage of ['', '{', '[]', '{"version":1}', '{"version":1,"models":{"list":7}}', '\u0000']) {
    it(`ignores a cache that contains ${JSON.stringify(garbage)}`, async () => {
      cache.texts.set(`${api.origin}/v1/models`, garbage);
      assert.equal((await newService().models(endpoint, undefined)).models.length, 5);
      assert.notEqual(cache.texts.get(`${api.origin}/v1/models`), garbage);
    });
  }

  it('sends no ETag that would break the header', async () => {
    const models = { list: [], etag: '"a\r\nx-evil: 1"' };
    cache.texts.set(`${api.origin}/v1/models`, JSON.stringify({ version: 2, models }));
    assert.equal((await newService().models(endpoint, undefined)).source, 'fresh');
  });

  it('works without a usable cache', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('ENOSPC'));
    const cacheless = createModelListService(nodeTransport, clock, { read: failing, write: failing });
    assert.equal((await cacheless.models(endpoint, undefined)).source, 'fresh');
  });

  it('sends the key only to its own origin and never stores it', async () => {
    const otherServer = await startServer();
    const redirecting = await serve((_, response) => {
      response.writeHead(307, { location: `${otherServer.origin}/v1/models` }).end();
    });
    const service = newService();
    assert.equal((await service.models(endpointOf(redirecting.origin), key)).source, 'cached');
    await service.models(endpoint, key);
    assert.deepEqual(
      api.lookups.map(({ headers }) => headers.authorization),
      [`Bearer ${key}`, `Bearer ${key}`],
    );
    assert.deepEqual([...otherServer.requests, ...otherServer.lookups], []);
    assert.ok(!JSON.stringify([...cache.texts]).includes('sentinel'));
    await Promise.all([otherServer.close(), redirecting.close()]);
  });

  it('is the cached one, without a request, if the caller has already canceled', async () => {
    const abortedSignal = AbortSignal.abort();
    const result = await newService().models(endpoint, undefined, abortedSignal);
    assert.deepEqual([result, api.lookups.length], [{ models: [], source: 'cached' }, 0]);
  });
});
