import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Limits } from './chat-request';
import type { Apis, Dialect } from './dialects/dialect';
import { dialects, type DialectName } from './dialects/dialects';
import type { FirstContentListener, Pace } from './delivery';
import type { Exchange } from './exchange';
import { record } from './recording';
import type { RecordedRequest } from './recording';
import { answer } from './routes';
import type { CrossOrigin } from './chat';
import type { ScriptedReply } from './scripted';

export type { RecordedRequest } from './recording';
export type { ScriptedReply } from './scripted';

export interface ServerOptions {
  /** By default 0, which selects a free port. */
  readonly port?: number;
  /** The address that it listens on, by default 127.0.0.1. */
  readonly host?: string;
  /** The required API key. Without it, no authorization is required. */
  readonly key?: string;
  readonly limits?: Limits;
  /** Makes it imitate another server, with the same key and pace. */
  readonly dialect?: DialectName | Dialect;
  /** False for a server without a list of its models. */
  readonly modelList?: boolean;
  /** The APIs that its models support, by default both. */
  readonly apis?: Apis;
  /** Whether web pages may read its responses, by default 'allowed'. */
  readonly crossOrigin?: CrossOrigin;
  readonly pace?: Pace;
  readonly onFirstContent?: FirstContentListener;
  /** Called when a request is complete and before it is answered. */
  readonly onRequest?: (request: RecordedRequest) => void;
  /** Called when the server has sent its reply, although the connection may stay open. */
  readonly onAnswered?: (request: RecordedRequest) => void;
}

export interface ApiServer {
  /** `http://127.0.0.1:PORT`, or with the host that it listens on. */
  readonly origin: string;
  /** The questions, oldest first. The array grows while the server runs. */
  readonly requests: readonly RecordedRequest[];
  /** All other requests: the model list, preflight requests of browsers, unknown paths. */
  readonly lookups: readonly RecordedRequest[];
  /** Clears the recorded requests and the unused scripted replies. */
  clear(): void;
  /** Queues a reply for the next question. */
  script(reply: ScriptedReply): void;
  setKey(key: string | undefined): void;
  /** Closes every connection, even during an answer. */
  close(): Promise<void>;
}

const DEFAULT_PACE: Pace = { thinkingMs: 1500, deltaMs: 15 };
/** The pace of a server that answers without delay. */
export const NO_DELAY: Pace = { thinkingMs: 0, deltaMs: 0 };

export async function startServer(options: ServerOptions = {}): Promise<ApiServer> {
  const {
    port = 0,
    host = '127.0.0.1',
    limits = 'lenient',
    modelList = true,
    crossOrigin = 'allowed',
    pace = DEFAULT_PACE,
    onFirstContent,
    onRequest,
    onAnswered,
  } = options;
  const requests: RecordedRequest[] = [];
  const lookups: RecordedRequest[] = [];
  const replies: ScriptedReply[] = [];
  const dialect = typeof options.dialect === 'string' ? dialects[options.dialect] : options.dialect;
  const { apis = dialect ? (dialect.apis ?? 'chat') : 'both' } = options;
  let key = options.key;

  const server = createServer((request, response) => {
    void receive(request, response);
  });

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = await open(request, response);
    if (!exchange) return;
    const recorded = record(request, exchange.body, response);
    (isQuestion(exchange) ? requests : lookups).push(recorded);
    onRequest?.(recorded);
    const nextReply = (): ScriptedReply | undefined => replies.shift();
    const settings = { key, limits, dialect, modelList, apis, crossOrigin, pace, onFirstContent, nextReply };
    await answer(exchange, settings).catch((error: unknown) => {
      if (!exchange.disconnected.aborted) throw error;
    });
    onAnswered?.(recorded);
  }

  server.listen(port, host);
  await once(server, 'listening');
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    requests,
    lookups,
    clear: () => {
      requests.length = 0;
      lookups.length = 0;
      replies.length = 0;
    },
    script: (reply) => {
      replies.push(reply);
    },
    setKey: (nextKey) => {
      key = nextKey;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function isQuestion({ request, url }: Exchange): boolean {
  return request.method !== 'OPTIONS' && /\/(?:chat\/completions|responses)$/.test(url.pathname);
}

/** Reads a request, or returns `undefined` if the client disconnected before it was complete. */
async function open(request: IncomingMessage, response: ServerResponse): Promise<Exchange | undefined> {
  const disconnected = new AbortController();
  response.once('close', () => {
    disconnected.abort();
  });
  const body = await text(request).catch(() => undefined);
  if (body === undefined) return undefined;
  return {
    request,
    response,
    body,
    url: new URL(`http://127.0.0.1${request.url ?? '/'}`),
    requestId: randomBytes(12).toString('hex'),
    disconnected: disconnected.signal,
  };
}
