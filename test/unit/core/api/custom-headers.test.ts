import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../../src/core/api';
import { curlCommand } from '../../../../src/core/api/curl';
import { headerProblem, requestHeaders, secretsOf } from '../../../../src/core/api/headers';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { collectAnswer, requestTo } from '../../../support/wire';

const apiKey = 'sk-sentinel-4711-header';

describe('The headers of the settings', () => {
  let api: ApiServer;

  before(async () => {
    api = await startServer({ pace: NO_DELAY });
  });
  beforeEach(() => api.clear());
  after(() => api.close());

  async function sentHeaders(
    headers: Readonly<Record<string, string>>,
    key?: string,
  ): Promise<Record<string, unknown>> {
    const endpoint = parseEndpoint(api.origin, headers);
    assert.ok(typeof endpoint === 'object');
    const request = { ...requestTo(api.origin, key === undefined ? {} : { apiKey: key }), endpoint };
    await collectAnswer(request, nodeTransport);
    return api.requests[0]?.headers ?? {};
  }

  it('are sent with each request in addition to the key', async () => {
    const headers = await sentHeaders({ 'X-Gateway': 'blue', 'HTTP-Referer': 'https://me.example' }, apiKey);
    assert.equal(headers['x-gateway'], 'blue');
    assert.equal(headers['http-referer'], 'https://me.example');
    assert.equal(headers['authorization'], `Bearer ${apiKey}`);
  });

  it('contain the key instead of Authorization if one of them has its placeholder', async () => {
    const headers = await sentHeaders({ 'api-key': '${apiKey}' }, apiKey);
    assert.deepEqual([headers['api-key'], headers['authorization']], [apiKey, undefined]);
  });

  it('may use another scheme in Authorization', async () => {
    assert.equal(
      (await sentHeaders({ Authorization: 'Token ${apiKey}' }, apiKey))['authorization'],
      `Token ${apiKey}`,
    );
  });

  it('leave out a header with the placeholder if there is no key', async () => {
    const headers = await sentHeaders({ 'api-key': '${apiKey}', 'X-Other': '1' });
    assert.deepEqual(
      [headers['api-key'], headers['x-other'], headers['authorization']],
      [undefined, '1', undefined],
    );
  });

  it('cannot change the headers of the body', () => {
    for (const name of [
      'Host',
      'content-length',
      'Transfer-Encoding',
      'Connection',
      'Content-Type',
      'Upgrade',
    ]) {
      assert.equal(headerProblem(name, 'x'), 'reserved', name);
    }
  });

  const invalidHeaders: readonly (readonly [string, unknown, string])[] = [
    ['X-Bad', 'a\r\nX-Injected: b', 'value'],
    ['X-Bad', 'a\nb', 'value'],
    ['X-Bad', 'a\0b', 'value'],
    ['X-Bad', 'schlüssel 鍵', 'value'],
    ['X-Bad', 5, 'value'],
    ['X-Bad', null, 'value'],
    ['X-Bad', 'x'.repeat(10_000), 'value'],
    ['X Bad', 'a', 'name'],
    ['X-Bad\r\nX-Injected', 'a', 'name'],
    ['X:Bad', 'a', 'name'],
    ['', 'a', 'name'],
    ['Überschrift', 'a', 'name'],
  ];
  for (const [name, value, problem] of invalidHeaders) {
    it(`are rejected for their ${problem}: ${JSON.stringify(name)}: ${JSON.stringify(value).slice(0, 30)}`, () => {
      assert.equal(headerProblem(name, value), problem);
    });
  }

  it('are sent unchanged, including $ patterns of JavaScript replacements', () => {
    assert.deepEqual(requestHeaders({ 'x-key': '${apiKey}' }, "a$&b$'"), { 'x-key': "a$&b$'" });
  });

  it('S5 are treated as secrets if their name suggests it', () => {
    const headers = {
      'X-Api-Token': 'gateway-token-1',
      Cookie: 'session=abcdefgh',
      'X-Title': 'my title',
      A: '${apiKey}',
    };
    assert.deepEqual(secretsOf(headers, apiKey), [apiKey, 'gateway-token-1', 'session=abcdefgh']);
  });

  it('are part of the copied command, with the key as a shell variable', () => {
    const body = { model: 'o1-mini', messages: [], stream: false };
    const command = curlCommand(new URL('https://a.example/v1'), body, true, {
      'api-key': '${apiKey}',
      'x-odd': "it's $(rm -rf /)",
    });
    assert.ok(command.includes(`-H 'api-key: '"$AIMLAPI_API_KEY"`), command);
    assert.ok(command.includes(`-H 'x-odd: it'\\''s $(rm -rf /)'`), command);
    assert.ok(!command.includes('Authorization'));
  });
});
