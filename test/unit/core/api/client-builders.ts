import assert from 'node:assert/strict';
import {
  askModel,
  type ChatError,
  type ChatEvent,
  type ChatRequest,
  type ClientServices,
  type Outcome,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../../../../src/core/api';
import type { Clock } from '../../../../src/core/clock';
import { manualClock, clientServicesOver, requestTo, type CollectedAnswer } from '../../../support/wire';

/** Time limits in seconds that differ from every retry delay, so that the test clock can distinguish them. */
export const testTimeouts = { connect: 1001, 'first-byte': 1002, idle: 1003 } as const;

export interface TestClock extends Clock {
  /** The retry delays so far, in ms. */
  readonly waits: readonly number[];
  /** The number of pending timers. */
  running(): number;
  /** Advances the time and calls the timers that are due. */
  advance(milliseconds: number): void;
  /** Changes the time of `now`, like a user or a time server; no timer becomes due. */
  set(by: number): void;
  /** Resolves when a timer of this duration is pending. */
  reached(milliseconds: number): Promise<void>;
}

/** @param waits `pass`: retry delays pass immediately; `hold`: they wait for `advance`. Time limits always wait */
export function testClock(waits: 'pass' | 'hold'): TestClock {
  const clock = manualClock();
  const timers = new Map<object, number>();
  const delays: number[] = [];
  let listeners: (() => void)[] = [];
  let offset = 0;
  const isLimit = (milliseconds: number): boolean =>
    Object.values(testTimeouts).some((seconds) => seconds * 1000 === milliseconds);
  return {
    waits: delays,
    running: () => timers.size,
    advance: (milliseconds) => clock.advance(milliseconds),
    set: (by) => void (offset += by),
    now: () => clock.now() + offset,
    after(milliseconds, callback) {
      const entry = {};
      const cancel = clock.after(milliseconds, () => {
        timers.delete(entry);
        callback();
      });
      timers.set(entry, milliseconds);
      if (!isLimit(milliseconds)) {
        delays.push(milliseconds);
        if (waits === 'pass') queueMicrotask(() => clock.advance(milliseconds));
      }
      const pending = listeners;
      listeners = [];
      for (const wake of pending) wake();
      return () => {
        timers.delete(entry);
        cancel();
      };
    },
    async reached(milliseconds) {
      while (![...timers.values()].includes(milliseconds)) {
        await new Promise<void>((resolve) => listeners.push(resolve));
      }
    },
  };
}

export interface AskOptions extends Partial<Omit<ClientServices, 'transport' | 'clock'>> {
  readonly signal?: AbortSignal;
  /** Called with each event before the next one is read. */
  readonly onEvent?: (event: ChatEvent) => void;
}

/** Sends a question and collects its events. Asserts that there is one outcome, as the last event. */
export async function askAndCollect(
  request: ChatRequest,
  transport: Transport,
  clock: Clock,
  { signal = new AbortController().signal, onEvent = () => undefined, ...clientServices }: AskOptions = {},
): Promise<CollectedAnswer> {
  const events: ChatEvent[] = [];
  for await (const event of askModel(
    request,
    { ...clientServicesOver(transport, clock), ...clientServices },
    signal,
  )) {
    events.push(event);
    onEvent(event);
  }
  const texts: string[] = [];
  for (const event of events) {
    if (event.type === 'text') texts[event.index] = (texts[event.index] ?? '') + event.text;
  }
  const [last, ...others] = events.filter((event) => event.type === 'ended');
  assert.ok(last && others.length === 0 && events.at(-1) === last, 'one outcome, as the last event');
  return { events, texts, outcome: last.outcome };
}

export function errorOf({ outcome }: { readonly outcome: Outcome }): ChatError {
  assert.equal(outcome.kind, 'failed');
  return outcome.error;
}

/** The events of the given types, in order. */
export function eventsOfType<Type extends ChatEvent['type']>(
  { events }: Pick<CollectedAnswer, 'events'>,
  ...types: readonly Type[]
): readonly (ChatEvent & { readonly type: Type })[] {
  const wantedTypes: readonly string[] = types;
  return events.filter((event): event is ChatEvent & { readonly type: Type } =>
    wantedTypes.includes(event.type),
  );
}

export interface RecordingTransport extends Transport {
  /** Oldest first. */
  readonly sent: readonly TransportRequest[];
}

/** A transport that records its requests. */
export function recordRequests(transport: Transport): RecordingTransport {
  const sent: TransportRequest[] = [];
  const count: Transport = (request) => {
    sent.push(request);
    return transport(request);
  };
  return Object.assign(count, { sent });
}

export interface FakeResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A transport that returns the given responses in order, and the last one for all further requests. */
export function respondWith(...replies: readonly [FakeResponse, ...FakeResponse[]]): RecordingTransport {
  let count = 0;
  return recordRequests(() => {
    const reply = replies[Math.min(count++, replies.length - 1)] ?? replies[0];
    return { sent: Promise.resolve(), response: Promise.resolve(responseOf(reply)) };
  });
}

function responseOf({ status = 200, headers = {}, body }: FakeResponse): TransportResponse {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new TextEncoder().encode(body));
  }
  return { status, header: (name) => headers[name], body: bytes() };
}

/** Sends a question to which a server returns this response. */
export function askForResponse(
  response: FakeResponse,
  changes: Parameters<typeof requestTo>[1] = {},
): Promise<CollectedAnswer> {
  const request = requestTo('http://127.0.0.1', { timeouts: testTimeouts, ...changes });
  return askAndCollect(request, respondWith(response), testClock('pass'));
}

/** The JSON of a complete response of the Chat Completions API. */
export function completion(text: string, fields: object = {}): string {
  return JSON.stringify({
    choices: [{ index: 0, message: { content: text }, finish_reason: 'stop' }],
    ...fields,
  });
}

/** The JSON of a complete response of the Responses API. */
export function responsesCompletion(text: string, fields: object = {}): string {
  return JSON.stringify({
    object: 'response',
    status: 'completed',
    output: [{ type: 'message', content: [{ type: 'output_text', text }] }],
    ...fields,
  });
}

/** An event of a stream. */
export function sseEvent(chunk: unknown): string {
  return `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`;
}

/** An event with text of the answer. */
export function textEvent(content: string, index = 0): string {
  return sseEvent({ choices: [{ index, delta: { content }, finish_reason: null }] });
}

/** An event with a finish reason. */
export function finishEvent(reason: string, index = 0): string {
  return sseEvent({ choices: [{ index, delta: {}, finish_reason: reason }] });
}

/** The body of an error in OpenAI's format. */
export function errorBody(message: string, fields: object = {}): string {
  return JSON.stringify({
    error: { message, type: 'invalid_request_error', param: null, code: null, ...fields },
  });
}

/** A transport that neither connects nor fails until the request is aborted. */
export const neverConnect: Transport = ({ signal }) => {
  const response = rejectOnAbort(signal);
  return { sent: response.catch(() => undefined), response };
};

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

/** An answer whose pieces are sent by the test. */
export interface SlowAnswer {
  readonly transport: Transport;
  /** Sends a piece and resolves when the client has read it. */
  send(piece: string): Promise<void>;
  /** Sends the last piece, after which the client reads nothing. */
  end(piece: string): void;
}

export function slowAnswer(): SlowAnswer {
  const pieces: string[] = [];
  let wake = (): void => undefined;
  let read = (): void => undefined;
  async function* body(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const aborted = rejectOnAbort(signal);
    aborted.catch(() => undefined);
    for (;;) {
      if (pieces.length === 0) {
        read();
        await Promise.race([aborted, new Promise<void>((resolve) => (wake = resolve))]);
      }
      yield new TextEncoder().encode(pieces.shift());
    }
  }
  return {
    transport: ({ signal }) => ({
      sent: Promise.resolve(),
      response: Promise.resolve({ status: 200, header: () => undefined, body: body(signal) }),
    }),
    async send(piece) {
      pieces.push(piece);
      const settled = new Promise<void>((resolve) => (read = resolve));
      wake();
      await settled;
      // The reader of the events receives them in the same turn of the event loop.
      await new Promise(setImmediate);
    },
    end(piece) {
      pieces.push(piece);
      wake();
    },
  };
}
