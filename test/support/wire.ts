import { askModel, createLearnedCorrections, parseEndpoint, TransportError } from '../../src/core/api';
import type {
  ChatEvent,
  ChatRequest,
  ClientServices,
  LearnedCorrections,
  Endpoint,
  Outcome,
  Transport,
} from '../../src/core/api';
import type { RequestOrError } from '../../src/core/chat/session';
import type { Clock } from '../../src/core/clock';

export interface WireBytes {
  readonly chunks: readonly Uint8Array[];
  /** How the body ends: normally, or with a broken connection. */
  readonly end?: 'close' | 'reset';
  readonly status?: number;
  readonly contentType?: string;
}

/** A transport that responds with the given chunks. */
export function transportOf({
  chunks,
  end = 'close',
  status = 201,
  contentType = 'text/event-stream',
}: WireBytes): Transport {
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

/** A simple request to a server, with the changes of a test. */
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

/** The dependencies of the client, with an empty memory and without randomness. */
export function clientServicesOver(transport: Transport, clock: Clock = stillClock): ClientServices {
  return { transport, clock, random: () => 0, learnedCorrections: createLearnedCorrections() };
}

/** A request with its terms, as a session expects it. */
export function prepared(request: ChatRequest): Extract<RequestOrError, { kind: 'send' }> {
  const { model, maxCompletionTokens: limit, n } = request.parameters;
  const terms = { origin: request.endpoint.origin, model, limit, n, promptTokens: 10 };
  return { kind: 'send', request, terms };
}

export interface CollectedAnswer {
  readonly events: readonly ChatEvent[];
  /** The text of each choice. */
  readonly texts: readonly string[];
  readonly outcome: Outcome;
}

/** Sends a question and collects its events. */
export async function collectAnswer(
  request: ChatRequest,
  transport: Transport,
  clock: Clock = stillClock,
  signal: AbortSignal = new AbortController().signal,
  learnedCorrections: LearnedCorrections = createLearnedCorrections(),
): Promise<CollectedAnswer> {
  const events: ChatEvent[] = [];
  const clientServices = { ...clientServicesOver(transport, clock), learnedCorrections };
  for await (const event of askModel(request, clientServices, signal)) events.push(event);
  const texts: string[] = [];
  for (const event of events) {
    if (event.type === 'text') texts[event.index] = (texts[event.index] ?? '') + event.text;
  }
  const last = events.at(-1);
  if (last?.type !== 'ended') throw new Error('The events do not end with the outcome.');
  return { events, texts, outcome: last.outcome };
}

/** A clock whose timers never become due. */
export const stillClock: Clock = { now: () => 0, after: () => () => undefined };

export interface ManualClock extends Clock {
  /** Advances the time and calls the timers that are due. */
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
