import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streamEvents } from '../../../../src/core/api/streams/event-queue';
import { createSession } from '../../../../src/core/chat/session';
import { currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';
import { nodeTransport } from '../../../../src/platform/node/transport';
import {
  collectAnswer,
  clientServicesOver,
  prepared,
  requestTo,
  transportOf,
  bytes,
  type CollectedAnswer,
} from '../../../support/wire';
import { errorOf, eventsOfType } from './client-builders';

const textChunk = 'data: {"choices":[{"index":0,"delta":{"content":"So far"}}]}\n\n';
const endChunks = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** Sends a question to a server with this behavior. */
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
    const answer = await askServer((request) => {
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n');
    });
    assert.equal(errorOf(answer).kind, 'network');
  });

  it('cannot fill the memory with white space before its answer', async () => {
    let sent = 0;
    const answer = await askServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        sent += 16_384;
        if (!response.destroyed) response.write(' '.repeat(16_384), more);
      };
      more();
    });
    assert.equal(errorOf(answer).kind, 'not-an-answer');
    assert.ok(sent < 32 * 1024 * 1024, `${sent} bytes`);
  });

  it('gets its error reported even if the error response is interrupted', async () => {
    const answer = await askServer((_request, response) => {
      response.writeHead(401, { 'content-length': 1000 });
      response.write('{"error":{"message":"wrong key"}}', () => response.destroy());
    });
    assert.equal(errorOf(answer).kind, 'unauthorized');
  });

  for (const opening of ['<', '<title', 'no ', 'model ', 'invalid ', '[', '{"error":']) {
    it(`cannot slow down the client with an error page that repeats ${JSON.stringify(opening)}`, async () => {
      const page = opening.repeat(100_000);
      const answer = await askServer((_request, response) => response.writeHead(404).end(page));
      assert.ok(JSON.stringify(errorOf(answer)).length < 1000);
    });
  }

  it('may send named events, which are skipped if they are not JSON', async () => {
    const answer = await askWire(textChunk, 'event: ping\ndata: 12:00\n\n', endChunks);
    assert.deepEqual([answer.texts, answer.outcome], [['So far'], { kind: 'complete' }]);
  });

  it('cannot reset the usage with an empty one', async () => {
    const counted = 'data: {"choices":[],"usage":{"prompt_tokens":7}}\n\n';
    const answer = await askWire(textChunk, counted, 'data: {"choices":[],"usage":{}}\n\n', endChunks);
    assert.equal(eventsOfType(answer, 'usage').at(-1)?.usage.promptTokens, 7);
  });

  it('is not affected by a key that is a common word', async () => {
    for (const apiKey of ['x', 'no', 'kind', 'finished', 'index', 'stop']) {
      const completed = await askServer((_request, response) => response.end(textChunk + endChunks), apiKey);
      assert.deepEqual(completed.outcome, { kind: 'complete' }, apiKey);
      assert.equal(eventsOfType(completed, 'finished')[0]?.index, 0);
      const refused = await askServer((_request, response) => response.writeHead(403).end('{}'), apiKey);
      assert.equal(errorOf(refused).kind, 'forbidden', apiKey);
    }
  });

  it('may request a delay, which is reported if it is too long to wait', async () => {
    const answer = await askServer((_request, response) =>
      response.writeHead(429, { 'retry-after': '86400' }).end('{"error":{"message":"slow down"}}'),
    );
    const error = errorOf(answer);
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
    const events = streamEvents<string>(async (emit, abortSignal) => {
      signal = abortSignal;
      emit('a');
      return new Promise<never>(() => undefined);
    });
    for await (const event of events) if (event === 'a') break;
    assert.equal(signal?.aborted, true);
  });
});

describe('A session whose listener fails', () => {
  it('still ends and accepts another question', async () => {
    const session = createSession({
      ...clientServicesOver(transportOf({ chunks: [bytes(textChunk + endChunks)] })),
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
