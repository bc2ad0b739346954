import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Limits } from './chat-request';
import type { FirstContentListener, Pace } from './delivery';
import type { Exchange } from './exchange';
import { record } from './recording';
import type { RecordedRequest } from './recording';
import { answer } from './routes';
import type { ScriptedReply } from './scripted';

export type { RecordedRequest } from './recording';
export type { ScriptedReply } from './scripted';

export interface ServerOptions {
  /** 0, the default, takes any that is free. */
  readonly port?: number;
  /** Without one, no Authorization is asked for. */
  readonly key?: string;
  readonly limits?: Limits;
  readonly pace?: Pace;
  readonly onFirstContent?: FirstContentListener;
  /** Called when a request is complete and before it is answered. */
  readonly onRequest?: (request: RecordedRequest) => void;
}

export interface ApiServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Oldest first; it grows while the server runs. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets the requests so far, and the replies that were scripted and not asked for. */
  clear(): void;
  /** Queues what the next question meets, once. */
  script(reply: ScriptedReply): void;
  setKey(key: string | undefined): void;
  /** Ends every connection, also those in the middle of an answer. */
  close(): Promise<void>;
}

const believable: Pace = { thinkingMs: 1500, deltaMs: 15 };

export async function startServer(options: ServerOptions = {}): Promise<ApiServer> {
  const { port = 0, limits = 'lenient', pace = believable, onFirstContent, onRequest } = options;
  const requests: RecordedRequest[] = [];
  const replies: ScriptedReply[] = [];
  let key = options.key;

  const server = createServer((request, response) => {
    void receive(request, response);
  });

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = await open(request, response);
    if (!exchange) return;
    const recorded = record(request, exchange.body, response);
    requests.push(recorded);
    onRequest?.(recorded);
    const settings = { key, limits, pace, onFirstContent, nextReply: () => replies.shift() };
    await answer(exchange, settings).catch((error: unknown) => {
      if (!exchange.gone.aborted) throw error;
    });
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    clear: () => {
      requests.length = 0;
      replies.length = 0;
    },
    script: (reply) => {
      replies.push(reply);
    },
    setKey: (next) => {
      key = next;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Undefined where the client hung up before its request was complete. */
async function open(request: IncomingMessage, response: ServerResponse): Promise<Exchange | undefined> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const body = await text(request).catch(() => undefined);
  if (body === undefined) return undefined;
  return {
    request,
    response,
    body,
    url: new URL(`http://127.0.0.1${request.url ?? '/'}`),
    requestId: randomBytes(12).toString('base64url'),
    gone: gone.signal,
  };
}
