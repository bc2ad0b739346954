import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Apis } from './chat';
import type { Limits } from './chat-request';
import type { DialectName } from './dialects/dialects';
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
  /** The address that it listens at: 127.0.0.1 by default. */
  readonly host?: string;
  /** Without one, no Authorization is asked for. */
  readonly key?: string;
  readonly limits?: Limits;
  /** Makes it speak like another server; its key and its pace hold all the same. */
  readonly dialect?: DialectName;
  /** False for a server that has no list of its models. */
  readonly modelList?: boolean;
  /** The APIs by which its models answer: both by default. */
  readonly apis?: Apis;
  readonly pace?: Pace;
  readonly onFirstContent?: FirstContentListener;
  /** Called when a request is complete and before it is answered. */
  readonly onRequest?: (request: RecordedRequest) => void;
  /** Called when the server has sent all it has to say, though the connection may stay open. */
  readonly onAnswered?: (request: RecordedRequest) => void;
}

export interface ApiServer {
  /** `http://127.0.0.1:PORT`, or of the host that it listens at. */
  readonly origin: string;
  /** The questions, oldest first; it grows while the server runs. */
  readonly requests: readonly RecordedRequest[];
  /** Whatever else it was asked: its models, a browser's permission to ask, addresses that it does not have. */
  readonly lookups: readonly RecordedRequest[];
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
  const {
    port = 0,
    host = '127.0.0.1',
    limits = 'lenient',
    dialect,
    modelList = true,
    apis = 'both',
    pace = believable,
    onFirstContent,
    onRequest,
    onAnswered,
  } = options;
  const requests: RecordedRequest[] = [];
  const lookups: RecordedRequest[] = [];
  const replies: ScriptedReply[] = [];
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
    const settings = { key, limits, dialect, modelList, apis, pace, onFirstContent, nextReply };
    await answer(exchange, settings).catch((error: unknown) => {
      if (!exchange.gone.aborted) throw error;
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

function isQuestion({ request, url }: Exchange): boolean {
  return request.method !== 'OPTIONS' && /\/(?:chat\/completions|responses)$/.test(url.pathname);
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
