import assert from 'node:assert/strict';
import { question, serverUnderTest } from './client';
import type { ErrorBody, ModelList } from './client';

describe('The local API server', () => {
  const api = serverUnderTest();

  it('responds to an unknown path with 404 and problem+json', async () => {
    const response = await fetch(`${api.server.origin}/v1/complete`, { method: 'POST' });
    assert.equal(response.status, 404);
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const body = (await response.json()) as ErrorBody;
    assert.equal(body.status, 404);
    assert.equal(body.instance, '/v1/complete');
    assert.equal(body.requestId, response.headers.get('x-request-id'));
  });

  it('responds to a wrong method with 405 and lists the allowed methods', async () => {
    const response = await fetch(`${api.server.origin}/v1/chat/completions`);
    assert.equal(response.status, 405);
    assert.equal(response.headers.get('allow'), 'POST, OPTIONS');
  });

  it('accepts only its API key', async () => {
    await api.start({ key: 'right' });
    const withKey = (key: string) => ({
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
    });
    assert.equal((await api.post(question)).status, 401);
    assert.equal((await api.post(question, { headers: withKey('wrong') })).status, 401);
    assert.equal((await api.post(question, { headers: withKey('right') })).status, 201);
  });

  it('can change its API key while it runs', async () => {
    api.server.setKey('new');
    assert.equal((await api.post(question)).status, 401);
    api.server.setKey(undefined);
    assert.equal((await api.post(question)).status, 201);
  });

  it('rejects a content type other than JSON with 415', async () => {
    assert.equal((await api.post(question, { headers: { 'content-type': 'text/plain' } })).status, 415);
    const upper = { 'content-type': 'Application/JSON; charset=utf-8' };
    assert.equal((await api.post(question, { headers: upper })).status, 201);
  });

  it('rejects a body that is not valid JSON', async () => {
    const response = await api.post(question, { body: '{"model":' });
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as ErrorBody).error.message, /not valid JSON/);
  });

  it('allows cross-origin requests and access to the request ID', async () => {
    const preflight = await fetch(`${api.server.origin}/v1/chat/completions`, {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'authorization,content-type' },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization,content-type');
    assert.equal(preflight.headers.get('access-control-allow-methods'), 'POST');

    const answer = await api.post({ ...question, model: 'none' });
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.match(answer.headers.get('access-control-expose-headers') ?? '', /x-request-id/);
    assert.ok(answer.headers.get('x-request-id'));
  });

  it('stops thinking when the client closes the connection', async () => {
    await api.start({ pace: { thinkingMs: 3_600_000, deltaMs: 0 } });
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const response = await api.post({ ...question, stream: true });
    const whileThinking = timers();
    await response.body?.cancel();
    assert.equal(await api.server.requests[0]?.ended, 'closedEarly');
    assert.equal(timers(), whileThinking - 1);
  });

  it('ends open connections when it is closed', async () => {
    api.server.script({ kind: 'stream', chunks: ['data: a\n\n'], end: 'hang' });
    const response = await api.post(question);
    await api.start({});
    await assert.rejects(response.text());
  });
});

describe('The model list of the local API server', () => {
  const api = serverUnderTest();

  async function list(path: string): Promise<ModelList['data']> {
    return ((await (await fetch(api.server.origin + path)).json()) as ModelList).data;
  }

  it('needs no API key and contains prices only on request', async () => {
    api.server.setKey('secret');
    const [model] = await list('/v1/models');
    assert.deepEqual([model?.id, model?.context_length, model?.pricing], ['o1-mini', 128_000, undefined]);
    assert.ok(model?.aliases.includes('o1-mini-2024-09-12'));
    assert.equal((await list('/v1/models?include=pricing'))[0]?.pricing?.input, 1.1);
  });

  it('is answered with 304 if it has not changed', async () => {
    for (const path of ['/v1/models', '/v1/models/deprecations']) {
      const etag = (await fetch(api.server.origin + path)).headers.get('etag');
      assert.ok(etag);
      const again = await fetch(api.server.origin + path, { headers: { 'if-none-match': etag } });
      assert.equal(again.status, 304);
      assert.equal(await again.text(), '');
      const other = await fetch(api.server.origin + path, { headers: { 'if-none-match': '"other"' } });
      assert.equal(other.status, 200);
    }
  });

  it('contains o1-mini as deprecated, o1-preview as withdrawn, and their replacements', async () => {
    const [mini, preview] = await list('/v1/models/deprecations');
    assert.deepEqual(
      [mini?.id, mini?.status, preview?.id, preview?.status],
      ['o1-mini', 'deprecated', 'o1-preview', 'withdrawn'],
    );
    assert.ok(mini?.replaced_by && mini.shutdown_at);
    const { status } = await api.post({ ...question, model: mini.replaced_by });
    assert.equal(status, 201);
  });

  it('does not exist if it is turned off', async () => {
    await api.start({ modelList: false });
    assert.equal((await fetch(`${api.server.origin}/v1/models`)).status, 404);
  });
});

describe('The records of the local API server', () => {
  const api = serverUnderTest();

  it('contain the method, path, headers and body of each request', async () => {
    const before = Date.now();
    await (await api.post(question)).text();
    await api.post(question, { body: 'no JSON' });
    const [first, second] = api.server.requests;
    assert.deepEqual([first?.method, first?.path, first?.body], ['POST', '/v1/chat/completions', question]);
    assert.equal(first?.headers['content-type'], 'application/json');
    assert.ok(first.time >= before - 50 && first.time <= Date.now() + 50);
    assert.equal(second?.body, 'no JSON');
    assert.equal(await first.ended, 'answered');
    assert.equal(first.state, 'answered');
  });

  it('keep questions separate from other requests', async () => {
    await (await api.post(question)).text();
    await fetch(`${api.server.origin}/v1/models`);
    await fetch(`${api.server.origin}/v1/chat/completions`, { method: 'OPTIONS' });
    const paths = (requests: typeof api.server.requests) =>
      requests.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(paths(api.server.requests), ['POST /v1/chat/completions']);
    assert.deepEqual(paths(api.server.lookups), ['GET /v1/models', 'OPTIONS /v1/chat/completions']);
  });
});
