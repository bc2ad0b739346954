import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Transport } from '../../../../src/core/api';
import { createModelListService, type ModelListService } from '../../../../src/core/models/model-list';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { bytes, manualClock, type ManualClock } from '../../../support/wire';
import {
  endpointOf,
  key,
  memoryCache,
  serve,
  type MemoryCache,
  type TestServer,
} from './model-list-builders';

describe('The list of models of another server', () => {
  const cached = { version: 2, models: { list: [{ id: 'kept' }], etag: '"1"' } };
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

  /** The results for a response to both requests, first without and then with a cached list. */
  async function resultsFor(response: RequestListener): Promise<readonly string[]> {
    listener = response;
    const ask = async (): Promise<string> => {
      const { models, source } = await newService().models(endpointOf(running.origin), undefined);
      return [source, ...models.map(({ id }) => id)].join(' ');
    };
    const withoutCache = await ask();
    cache.texts.set(`${running.origin}/v1/models`, JSON.stringify(cached));
    return [withoutCache, await ask()];
  }

  const respondWith =
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
    [200, '['.repeat(2_000_000), 'none', 'cached kept'],
    [500, 'oops', 'cached', 'cached kept'],
    [401, '{"error":{"message":"no key"}}', 'cached', 'cached kept'],
    [429, '', 'cached', 'cached kept'],
    [304, '', 'cached', 'fresh kept'],
    [200, '{"data":[]}', 'fresh', 'fresh'],
    [200, '{"data":[{"id":"a"},5,null]}', 'fresh a', 'fresh a'],
  ];
  for (const [status, body, withoutCache, withCache] of cases) {
    it(`is ${withoutCache} after status ${status} with ${body.slice(0, 40)}, or ${withCache} if a list is cached`, async () => {
      assert.deepEqual(await resultsFor(respondWith(status, body)), [withoutCache, withCache]);
    });
  }

  it('may lack deprecations', async () => {
    const list = respondWith(200, '[{"id":"local"}]');
    const [withoutCache] = await resultsFor((request, response) =>
      (request.url === '/v1/models/deprecations' ? respondWith(404, '') : list)(request, response),
    );
    assert.equal(withoutCache, 'fresh local');
  });

  for (const length of [10_000, 20_000]) {
    it(`may have ${length} models`, async () => {
      const description = 'Long. '.repeat(10);
      const data = Array.from({ length }, (_, index) => ({ id: `model-${index}`, description }));
      const [withoutCache] = await resultsFor(respondWith(200, JSON.stringify({ data })));
      const names = withoutCache?.split(' ') ?? [];
      assert.deepEqual(
        [names.length, names[1], names.at(-1)],
        [length + 1, 'model-0', `model-${length - 1}`],
      );
    });
  }

  it('is ignored if it is larger than 64 MB', async () => {
    const filler = Buffer.alloc(66 * 1024 * 1024, ' ');
    const [withoutCache] = await resultsFor((_, response) => {
      response.write('[{"id":"a"}');
      response.write(filler);
      response.end(']');
    });
    assert.equal(withoutCache, 'none');
  });

  it('S5 contains no name with the key, neither in memory nor on disk', async () => {
    for (const quotedKey of [
      key,
      btoa(key),
      encodeURIComponent(key),
      btoa(`user:${key}`),
      Buffer.from(key).toString('hex'),
    ]) {
      const entries = [
        { id: 'a', name: `of ${quotedKey}`, aliases: [quotedKey, 'b'] },
        { id: quotedKey },
        { id: 'c', aliases: [`x-${quotedKey}`] },
      ];
      listener = respondWith(200, JSON.stringify(entries));
      const { models, source } = await newService().models(endpointOf(running.origin), key);
      assert.equal(source, 'fresh');
      assert.deepEqual(models, [
        { id: 'a', aliases: ['b'] },
        { id: 'c', aliases: [] },
      ]);
      assert.ok(![...cache.texts.values()].join('').includes(quotedKey));
    }
  });

  /** A server that never responds. Resolves when it has received both requests, and when both connections are closed. */
  function neverRespond(): { readonly received: Promise<void>; readonly closed: Promise<unknown> } {
    const closings: Promise<unknown>[] = [];
    const received = new Promise<void>((resolve) => {
      listener = (_, response) => {
        closings.push(once(response, 'close'));
        if (closings.length === 2) resolve();
      };
    });
    return { received, closed: received.then(() => Promise.all(closings)) };
  }

  it('times out after ten seconds, and the connections are closed', async () => {
    const { received, closed } = neverRespond();
    const resultPromise = newService().models(endpointOf(running.origin), undefined);
    await received;
    clock.advance(10_000);
    assert.deepEqual(await resultPromise, { models: [], source: 'cached' });
    await closed;
  });

  it('times out after one minute even if data keeps arriving', async () => {
    async function* slowBody(signal: AbortSignal): AsyncGenerator<Uint8Array> {
      for (;;) {
        signal.throwIfAborted();
        clock.advance(1000);
        yield await Promise.resolve(bytes(' '));
      }
    }
    const transport: Transport = ({ signal }) => ({
      sent: Promise.resolve(),
      response: Promise.resolve({ status: 200, header: () => undefined, body: slowBody(signal) }),
    });
    const resultPromise = await newService(transport).models(endpointOf(running.origin), key);
    assert.equal(resultPromise.source, 'cached');
    assert.ok(clock.now() >= 60_000 && clock.now() < 65_000);
  });

  it('is requested until the last caller cancels, and each caller gets the cached list', async () => {
    cache.texts.set(`${running.origin}/v1/models`, JSON.stringify(cached));
    const { received, closed } = neverRespond();
    const service = newService();
    const callers = [new AbortController(), new AbortController()];
    const [first, second] = callers.map(({ signal }) =>
      service.models(endpointOf(running.origin), undefined, signal),
    );
    await received;
    callers[0]?.abort();
    assert.equal((await first)?.source, 'cached');
    assert.equal(await Promise.race([second, Promise.resolve('waiting')]), 'waiting');
    callers[1]?.abort();
    assert.deepEqual((await second)?.models[0]?.id, 'kept');
    await closed;
    listener = respondWith(200, '[{"id":"new"}]');
    const refreshed = await service.models(endpointOf(running.origin), undefined);
    assert.deepEqual(refreshed, { models: [{ id: 'new', aliases: [] }], source: 'fresh', readAt: 0 });
  });
});
