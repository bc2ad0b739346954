import { askModel, createCompatibilityMemory, parseEndpoint, TransportError } from '../../src/core/api';
import type {
  ChatEvent,
  ChatRequest,
  ClientPorts,
  CompatibilityMemory,
  Endpoint,
  Outcome,
  Transport,
} from '../../src/core/api';
import type { Prepared } from '../../src/core/chat/session';
import type { Clock } from '../../src/core/clock';

export interface Wire {
  readonly chunks: readonly Uint8Array[];
  /** How the body ends: as it should, or by a cut connection. */
  readonly end?: 'close' | 'reset';
  readonly status?: number;
  readonly contentType?: string;
}

/** A transport that answers with given bytes, for tests of what every cut of them gives. */
export function wire({
  chunks,
  end = 'close',
  status = 201,
  contentType = 'text/event-stream',
}: Wire): Transport {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
    if (end === 'reset') throw new TransportError({ kind: 'network', reason: 'reset', detail: 'ECONNRESET' });
  }
  const header = (name: string): string | undefined => (name === 'content-type' ? contentType : undefined);
  return () => ({ sent: Promise.resolve(), response: Promise.resolve({ status, header, body: body() }) });
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function endpointOf(baseUrl: string): Endpoint {
  const endpoint = parseEndpoint(baseUrl);
  if (typeof endpoint === 'string') throw new Error(`${baseUrl}: ${endpoint}`);
  return endpoint;
}

type Changes = Partial<Omit<ChatRequest, 'parameters'>> & {
  readonly parameters?: Partial<ChatRequest['parameters']>;
};

/** A plain question to a server, with what a test wants different. */
export function requestTo(origin: string, { parameters, ...changes }: Changes = {}): ChatRequest {
  return {
    endpoint: endpointOf(origin),
    instructions: '',
    messages: [{ role: 'user', content: 'What is a monad?' }],
    maxRetries: 0,
    timeouts: { connect: 10, 'first-byte': 900, idle: 120 },
    ...changes,
    parameters: {
      model: 'o1-mini',
      maxCompletionTokens: 25_000,
      tokenLimitParameter: 'max_completion_tokens',
      stream: true,
      includeUsage: true,
      n: 1,
      seed: null,
      api: 'auto',
      ...parameters,
    },
  };
}

/** What the client needs beside a request, with a memory that knows nothing and no chance in it. */
export function portsOver(transport: Transport, clock: Clock = stillClock): ClientPorts {
  return { transport, clock, random: () => 0, compatibility: createCompatibilityMemory() };
}

/** A request with the terms that stand in the conversation for it. */
export function prepared(request: ChatRequest): Extract<Prepared, { kind: 'send' }> {
  const { model, maxCompletionTokens: limit, n } = request.parameters;
  const terms = { origin: request.endpoint.origin, model, limit, n, promptTokens: 10 };
  return { kind: 'send', request, terms };
}

export interface Heard {
  readonly events: readonly ChatEvent[];
  /** The text of each choice. */
  readonly texts: readonly string[];
  readonly outcome: Outcome;
}

/** Asks and listens to the end. */
export async function hear(
  request: ChatRequest,
  transport: Transport,
  clock: Clock = stillClock,
  signal: AbortSignal = new AbortController().signal,
  compatibility: CompatibilityMemory = createCompatibilityMemory(),
): Promise<Heard> {
  const events: ChatEvent[] = [];
  const ports = { ...portsOver(transport, clock), compatibility };
  for await (const event of askModel(request, ports, signal)) events.push(event);
  const texts: string[] = [];
  for (const event of events) {
    if (event.type === 'text') texts[event.index] = (texts[event.index] ?? '') + event.text;
  }
  const last = events.at(-1);
  if (last?.type !== 'ended') throw new Error('The events do not end with the outcome.');
  return { events, texts, outcome: last.outcome };
}

/** A clock on which nothing ever comes due. */
export const stillClock: Clock = { now: () => 0, after: () => () => undefined };

export interface ManualClock extends Clock {
  /** Moves the time on; what comes due meanwhile is called. */
  advance(milliseconds: number): void;
}

export function manualClock(): ManualClock {
  let now = 0;
  const due = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    after(milliseconds, callback) {
      const entry = { at: now + milliseconds, callback };
      due.add(entry);
      return () => void due.delete(entry);
    },
    advance(milliseconds) {
      now += milliseconds;
      for (const entry of [...due].sort((a, b) => a.at - b.at)) {
        if (entry.at > now || !due.delete(entry)) continue;
        entry.callback();
      }
    },
  };
}
