import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { ChatError } from '../../../../src/core/api';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer, type ScriptedReply } from '../../../server/server';
import { collectAnswer, requestTo, type CollectedAnswer } from '../../../support/wire';
import { errorOf } from './client-builders';

const key = 'sk-sentinel-8f2a/+=';
const delta = 'data: {"choices":[{"index":0,"delta":{"content":"So far"}}]}\n\n';

describe('The client with a real server', () => {
  let api: ApiServer;

  beforeEach(async () => {
    api = await startServer({ pace: NO_DELAY });
  });
  afterEach(() => api.close());

  const ask = (changes: Parameters<typeof requestTo>[1] = {}): Promise<CollectedAnswer> =>
    collectAnswer(requestTo(api.origin, changes), nodeTransport);
  const askScripted = (reply: ScriptedReply): Promise<CollectedAnswer> => {
    api.script(reply);
    return ask({ apiKey: key });
  };

  it('streams the answer, its usage and its end with status 201', async () => {
    const { texts, events, outcome } = await ask();
    assert.match(texts[0] ?? '', /practice server/);
    assert.deepEqual(outcome, { kind: 'complete' });
    assert.deepEqual(
      events.slice(0, 2).map(({ type }) => type),
      ['sent', 'accepted'],
    );
    assert.ok(events.some((event) => event.type === 'usage' && event.usage.reasoningTokens !== undefined));
    assert.ok(events.some((event) => event.type === 'billed' && event.usd > 0));
  });

  it('returns the same answer without streaming', async () => {
    const streamed = await ask({ parameters: { seed: 7 } });
    const complete = await ask({ parameters: { seed: 7, stream: false } });
    assert.deepEqual(complete.texts, streamed.texts);
    assert.deepEqual(complete.outcome, { kind: 'complete' });
    assert.ok(complete.events.some(({ type }) => type === 'usage'));
  });

  it('sends every parameter of the service, and nothing else', async () => {
    await ask({
      messages: [{ role: 'user', content: 'Hello', name: 'ada' }],
      parameters: { n: 2, seed: 5, maxCompletionTokens: 600 },
    });
    await ask({ parameters: { tokenLimitParameter: 'max_tokens', stream: false } });
    assert.deepEqual(
      api.requests.map(({ body }) => body),
      [
        {
          model: 'o1-mini',
          messages: [{ role: 'user', content: 'Hello', name: 'ada' }],
          max_completion_tokens: 600,
          stream: true,
          stream_options: { include_usage: true },
          n: 2,
          seed: 5,
        },
        {
          model: 'o1-mini',
          messages: [{ role: 'user', content: 'What is a monad?' }],
          max_tokens: 25_000,
          stream: false,
        },
      ],
    );
  });

  it('keeps the texts of several choices separate', async () => {
    const streamed = await ask({ parameters: { n: 3, seed: 11 } });
    const complete = await ask({ parameters: { n: 3, seed: 11, stream: false } });
    assert.equal(streamed.texts.length, 3);
    assert.deepEqual(streamed.texts, complete.texts);
  });

  it('reports the finish reason when reasoning has used the whole token limit', async () => {
    const { texts, events, outcome } = await ask({ parameters: { maxCompletionTokens: 1 } });
    assert.deepEqual(texts, []);
    assert.deepEqual(outcome, { kind: 'complete' });
    assert.ok(events.some((event) => event.type === 'finished' && event.reason === 'length'));
  });

  const errorResponses: readonly (readonly [number, string, ChatError['kind']])[] = [
    [
      400,
      '{"error":{"message":"bad","type":"invalid_request_error","param":"n","code":null}}',
      'bad-request',
    ],
    [401, '{"error":{"message":"wrong key"}}', 'unauthorized'],
    [402, '{"message":"pay"}', 'no-credit'],
    [403, '{"statusCode":403,"message":"top up"}', 'no-credit'],
    [
      404,
      '{"error":{"message":"The model o1-mini does not exist","code":"model_not_found"}}',
      'model-not-found',
    ],
    [404, '{"message":"Unknown model o1-mini"}', 'model-not-found'],
    [404, '<html><title>404 Not Found</title></html>', 'wrong-address'],
    [404, '{"message":"Cannot POST /model/v1/chat/completions"}', 'wrong-address'],
    [429, '{"error":{"message":"slow down"}}', 'rate-limited'],
    [429, '{"error":{"message":"pay","code":"insufficient_quota"}}', 'no-credit'],
    [500, '{"statusCode":"500","message":"400 {\\"error\\":{\\"message\\":\\"bad n\\"}}"}', 'bad-request'],
    [500, 'oops', 'server'],
    [503, '<html>maintenance</html>', 'server'],
  ];
  for (const [status, body, kind] of errorResponses) {
    it(`classifies status ${status} with ${body.slice(0, 50)} as ${kind}`, async () => {
      assert.equal(errorOf(await askScripted({ kind: 'status', status, body })).kind, kind);
    });
  }

  it('redacts the key in messages of the server', async () => {
    const encodedKeys = [key, btoa(key), encodeURIComponent(key)].join(' ');
    const body = JSON.stringify({ error: { message: `Incorrect API key: ${encodedKeys}` } });
    const { outcome } = await askScripted({ kind: 'status', status: 401, body });
    const error = JSON.stringify(errorOf({ outcome }));
    for (const encoded of encodedKeys.split(' ')) assert.ok(!error.includes(encoded));
    assert.match(error, /Incorrect API key/);
  });

  it('redacts the key before it shortens messages of the server', async () => {
    for (let before = 440; before < 500; before++) {
      const body = JSON.stringify({ error: { message: `${'x'.repeat(before)}${key}${'y'.repeat(5000)}` } });
      const { outcome } = await askScripted({ kind: 'status', status: 401, body });
      const error = JSON.stringify(errorOf({ outcome }));
      assert.ok(!error.includes('sk-') && error.length < 1000, `${before} characters before the key`);
    }
  });

  it('redacts the key in IDs and finish reasons', async () => {
    const chunk = JSON.stringify({ model: key, choices: [{ index: 0, delta: {}, finish_reason: key }] });
    const headers = { 'x-request-id': key, 'content-type': 'application/json' };
    const { events } = await askScripted({ kind: 'status', status: 200, headers, body: chunk });
    assert.ok(events.some(({ type }) => type === 'finished'));
    assert.ok(!JSON.stringify(events).includes(key));
  });

  it('shortens an error of any length in a stream quickly', async () => {
    const message = `${' '.repeat(200_000)}x`;
    const { outcome } = await askScripted({
      kind: 'stream',
      chunks: [`data: ${JSON.stringify({ error: { message } })}\n\n`],
      end: 'close',
    });
    assert.ok(JSON.stringify(errorOf({ outcome })).length < 1000);
  });

  it('sends the key in the Authorization header and nowhere else', async () => {
    await ask({ apiKey: key });
    const [request] = api.requests;
    assert.ok(request);
    const { authorization, ...others } = request.headers;
    assert.equal(authorization, `Bearer ${key}`);
    assert.ok(!JSON.stringify([request.path, others, request.body]).includes('sentinel'));
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`does not follow a redirect with ${status} to another origin, and sends nothing there`, async () => {
      const otherServer = await startServer({ pace: NO_DELAY });
      try {
        const { outcome } = await askScripted({
          kind: 'redirect',
          status,
          location: `${otherServer.origin}/steal`,
        });
        assert.deepEqual(errorOf({ outcome }), { kind: 'redirected', to: `${otherServer.origin}/steal` });
        assert.deepEqual([...otherServer.requests, ...otherServer.lookups], []);
      } finally {
        await otherServer.close();
      }
    });
  }

  it('follows a 307 within the origin with method, body and key', async () => {
    const { outcome } = await askScripted({
      kind: 'redirect',
      status: 307,
      location: '/v1/chat/completions',
    });
    assert.deepEqual(outcome, { kind: 'complete' });
    const [first, second] = api.requests;
    assert.deepEqual(second?.body, first?.body);
    assert.equal(second?.headers.authorization, `Bearer ${key}`);
  });

  it('stops following circular redirects', async () => {
    for (let hop = 0; hop < 10; hop++) {
      api.script({ kind: 'redirect', status: 307, location: '/v1/chat/completions' });
    }
    assert.equal(errorOf(await ask()).kind, 'redirected');
    assert.equal(api.requests.length, 4);
  });

  it('keeps the text before an error in the stream, and reports the error', async () => {
    const errors = [
      'data: {"error":{"message":"overloaded","code":503}}\n\n',
      'event: error\ndata: {"message":"overloaded"}\n\n',
      'data: {"error":{"message":"overloaded"},"message":"x"}\n\n',
      'error: {"message":"overloaded"}\n\n',
    ];
    for (const error of errors) {
      const { texts, outcome } = await askScripted({ kind: 'stream', chunks: [delta, error], end: 'hang' });
      assert.deepEqual(texts, ['So far'], error);
      assert.deepEqual(errorOf({ outcome }), { kind: 'broken-off', message: 'overloaded' }, error);
    }
  });

  it('keeps the text of a stream whose connection breaks', async () => {
    const { texts, outcome } = await askScripted({ kind: 'stream', chunks: [delta], end: 'destroy' });
    assert.deepEqual(texts, ['So far']);
    assert.deepEqual(errorOf({ outcome }), { kind: 'network', reason: 'reset', detail: 'ECONNRESET' });
  });

  it('completes the answer at [DONE] even if the socket stays open', async () => {
    const chunks = [
      'data: {"choices":[{"index":0,"delta":{"content":"All"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    ];
    const { outcome } = await askScripted({ kind: 'stream', chunks, end: 'hang' });
    assert.deepEqual(outcome, { kind: 'complete' });
    assert.equal(await api.requests[0]?.ended, 'closedEarly');
  });

  const otherBodies = ['It works!', '[]', '{"status":"ok"}', ''];
  for (const body of otherBodies) {
    it(`rejects a successful response with ${JSON.stringify(body)}, which is not an answer`, async () => {
      const headers = { 'content-type': 'text/plain' };
      const { outcome } = await askScripted({ kind: 'status', status: 200, headers, body });
      assert.equal(errorOf({ outcome }).kind, 'not-an-answer');
    });
  }

  it('reads a complete response although a stream was requested', async () => {
    const body = '{"choices":[{"index":0,"message":{"content":"Whole"},"finish_reason":"stop"}]}';
    for (const type of ['Application/JSON; charset=utf-8', 'text/event-stream', 'text/plain']) {
      const headers = { 'content-type': type };
      const { texts, outcome } = await askScripted({ kind: 'status', status: 200, headers, body });
      assert.deepEqual([texts, outcome], [['Whole'], { kind: 'complete' }], type);
    }
  });

  it('distinguishes a refused connection from an unknown host', async () => {
    const { outcome } = await collectAnswer(
      requestTo(`http://127.0.0.1:${await closedPort()}`),
      nodeTransport,
    );
    assert.deepEqual(errorOf({ outcome }), { kind: 'network', reason: 'refused', detail: 'ECONNREFUSED' });
    const unknownHost = await collectAnswer(requestTo('http://nowhere.invalid'), nodeTransport);
    assert.equal(errorOf(unknownHost).kind, 'network');
  });
});

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
