import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streamEvents } from '../../../src/core/api/streams/event-queue';
import { createSession } from '../../../src/core/chat/session';
import { currentAnswer, lastTurn } from '../../../src/core/chat/conversation';
import { nodeTransport } from '../../../src/platform/node/transport';
import {
  collectAnswer,
  portsOver,
  prepared,
  requestTo,
  transportOf,
  bytes,
  type CollectedAnswer,
} from '../../support/wire';
import { errorOf, eventsOfType } from './client-builders';

const word = 'data: {"choices":[{"index":0,"delta":{"content":"So far"}}]}\n\n';
const end = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** Asks a server that does as it likes. */
async function askServer(listener: RequestListener, apiKey?: string): Promise<CollectedAnswer> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return await collectAnswer(requestTo(origin, { ...(apiKey !== undefined && { apiKey }) }), nodeTransport);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function askWire(...chunks: readonly string[]): Promise<CollectedAnswer> {
  return collectAnswer(requestTo('http://127.0.0.1'), transportOf({ chunks: chunks.map(bytes) }));
}

describe('A hostile server', () => {
  it('cannot block a question by switching protocols', async () => {
    const heard = await askServer((request) => {
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n');
    });
    assert.equal(errorOf(heard).kind, 'network');
  });

  it('cannot fill the memory with white space before its answer', async () => {
    let sent = 0;
    const heard = await askServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        sent += 16_384;
        if (!response.destroyed) response.write(' '.repeat(16_384), more);
      };
      more();
    });
    assert.equal(errorOf(heard).kind, 'not-an-answer');
    assert.ok(sent < 32 * 1024 * 1024, `${sent} bytes`);
  });

  it('is understood even if its error response breaks off', async () => {
    const heard = await askServer((_request, response) => {
      response.writeHead(401, { 'content-length': 1000 });
      response.write('{"error":{"message":"wrong key"}}', () => response.destroy());
    });
    assert.equal(errorOf(heard).kind, 'unauthorized');
  });

  for (const opening of ['<', '<title', 'no ', 'model ', 'invalid ', '[', '{"error":']) {
    it(`cannot hold us up with a refusal of nothing but ${JSON.stringify(opening)}`, async () => {
      const page = opening.repeat(100_000);
      const heard = await askServer((_request, response) => response.writeHead(404).end(page));
      assert.ok(JSON.stringify(errorOf(heard)).length < 1000);
    });
  }

  it('may send named events; those that are not JSON are skipped', async () => {
    const heard = await askWire(word, 'event: ping\ndata: 12:00\n\n', end);
    assert.deepEqual([heard.texts, heard.outcome], [['So far'], { kind: 'complete' }]);
  });

  it('cannot reset the usage with an empty one', async () => {
    const counted = 'data: {"choices":[],"usage":{"prompt_tokens":7}}\n\n';
    const heard = await askWire(word, counted, 'data: {"choices":[],"usage":{}}\n\n', end);
    assert.equal(eventsOfType(heard, 'usage').at(-1)?.usage.promptTokens, 7);
  });

  it('is not affected by a key that is a common word', async () => {
    for (const apiKey of ['x', 'no', 'kind', 'finished', 'index', 'stop']) {
      const done = await askServer((_request, response) => response.end(word + end), apiKey);
      assert.deepEqual(done.outcome, { kind: 'complete' }, apiKey);
      assert.equal(eventsOfType(done, 'finished')[0]?.index, 0);
      const refused = await askServer((_request, response) => response.writeHead(403).end('{}'), apiKey);
      assert.equal(errorOf(refused).kind, 'forbidden', apiKey);
    }
  });

  it('reports the requested delay if that is too long to wait', async () => {
    const heard = await askServer((_request, response) =>
      response.writeHead(429, { 'retry-after': '86400' }).end('{"error":{"message":"slow down"}}'),
    );
    const error = errorOf(heard);
    assert.equal('retryAfter' in error && error.retryAfter, 86_400);
  });
});

describe('The events of a task', () => {
  it('are delivered before an unexpected error', async () => {
    const events = streamEvents<string>(async (emit) => {
      await Promise.resolve();
      emit('a');
      emit('b');
      throw new Error('boom');
    });
    assert.equal((await events.next()).value, 'a');
    assert.equal((await events.next()).value, 'b');
    await assert.rejects(events.next(), /boom/);
  });

  it('are all delivered, including those just before the end', async () => {
    const events = streamEvents<string>(async (emit) => {
      emit('a');
      await Promise.resolve();
      emit('b');
      return 'c';
    });
    const received: string[] = [];
    for await (const event of events) received.push(event);
    assert.deepEqual(received, ['a', 'b', 'c']);
  });

  it('abort the task when their reader stops', async () => {
    let signal: AbortSignal | undefined;
    const events = streamEvents<string>(async (emit, left) => {
      signal = left;
      emit('a');
      return new Promise<never>(() => undefined);
    });
    for await (const event of events) if (event === 'a') break;
    assert.equal(signal?.aborted, true);
  });
});

describe('A session whose listener fails', () => {
  it('ends nevertheless and accepts another question', async () => {
    const session = createSession({
      ...portsOver(transportOf({ chunks: [bytes(word + end)] })),
      newId: () => 'id',
    });
    let failures = 1;
    session.onChange((event) => {
      if (event?.type === 'text' && failures-- > 0) throw new RangeError('Invalid string length');
    });
    await session.ask({ text: 'Why?' }, prepared(requestTo('http://127.0.0.1')));
    assert.equal(session.running, false);
    await session.retry(prepared(requestTo('http://127.0.0.1')));
    const turn = lastTurn(session.conversation);
    assert.deepEqual(turn && currentAnswer(turn).status, { kind: 'done' });
  });
});
