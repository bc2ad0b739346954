import assert from 'node:assert/strict';
import {
  askModel,
  type ChatError,
  type ChatEvent,
  type ChatRequest,
  type ClientPorts,
  type Outcome,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../../../src/core/api';
import type { Clock } from '../../../src/core/clock';
import { manualClock, portsOver, type Heard } from '../../support/wire';

/** Seconds that no wait between two tries is as long as, so that a clock can tell them apart. */
export const limits = { connect: 1001, 'first-byte': 1002, idle: 1003 } as const;

export interface TestClock extends Clock {
  /** Milliseconds of each wait between two tries so far. */
  readonly waits: readonly number[];
  /** How many callbacks wait. */
  running(): number;
  /** Moves the time on; what comes due meanwhile is called. */
  advance(milliseconds: number): void;
  /** Sets what `now` says, as a user does, or a time server; nothing comes due for it. */
  set(by: number): void;
  /** Resolves when somebody waits for so many milliseconds. */
  reached(milliseconds: number): Promise<void>;
}

/** @param waits `pass` at once, or `hold` until the test moves the time on; limits always hold */
export function testClock(waits: 'pass' | 'hold'): TestClock {
  const clock = manualClock();
  const running = new Map<object, number>();
  const past: number[] = [];
  let listeners: (() => void)[] = [];
  let ahead = 0;
  const isLimit = (milliseconds: number): boolean =>
    Object.values(limits).some((seconds) => seconds * 1000 === milliseconds);
  return {
    waits: past,
    running: () => running.size,
    advance: (milliseconds) => clock.advance(milliseconds),
    set: (by) => void (ahead += by),
    now: () => clock.now() + ahead,
    after(milliseconds, callback) {
      const entry = {};
      const cancel = clock.after(milliseconds, () => {
        running.delete(entry);
        callback();
      });
      running.set(entry, milliseconds);
      if (!isLimit(milliseconds)) {
        past.push(milliseconds);
        if (waits === 'pass') queueMicrotask(() => clock.advance(milliseconds));
      }
      const woken = listeners;
      listeners = [];
      for (const wake of woken) wake();
      return () => {
        running.delete(entry);
        cancel();
      };
    },
    async reached(milliseconds) {
      while (![...running.values()].includes(milliseconds)) {
        await new Promise<void>((resolve) => listeners.push(resolve));
      }
    },
  };
}

export interface Listening extends Partial<Omit<ClientPorts, 'transport' | 'clock'>> {
  readonly signal?: AbortSignal;
  /** Called with each event before the next one is asked for. */
  readonly onEvent?: (event: ChatEvent) => void;
}

/** Asks over a transport and listens to the end; the outcome has to be the last event, and the only one. */
export async function listen(
  request: ChatRequest,
  transport: Transport,
  clock: Clock,
  { signal = new AbortController().signal, onEvent = () => undefined, ...ports }: Listening = {},
): Promise<Heard> {
  const events: ChatEvent[] = [];
  for await (const event of askModel(request, { ...portsOver(transport, clock), ...ports }, signal)) {
    events.push(event);
    onEvent(event);
  }
  const texts: string[] = [];
  for (const event of events) {
    if (event.type === 'text') texts[event.index] = (texts[event.index] ?? '') + event.text;
  }
  const [last, ...others] = events.filter((event) => event.type === 'ended');
  assert.ok(last && others.length === 0 && events.at(-1) === last, 'one outcome, and nothing behind it');
  return { events, texts, outcome: last.outcome };
}

export function errorOf({ outcome }: { readonly outcome: Outcome }): ChatError {
  assert.equal(outcome.kind, 'failed');
  return outcome.error;
}

/** The events of some types, in their order. */
export function only<Type extends ChatEvent['type']>(
  { events }: Pick<Heard, 'events'>,
  ...types: readonly Type[]
): readonly (ChatEvent & { readonly type: Type })[] {
  const wanted: readonly string[] = types;
  return events.filter((event): event is ChatEvent & { readonly type: Type } => wanted.includes(event.type));
}

export interface CountedTransport extends Transport {
  /** Oldest first. */
  readonly sent: readonly TransportRequest[];
}

/** The transport, with the requests that go over it. */
export function counted(transport: Transport): CountedTransport {
  const sent: TransportRequest[] = [];
  const count: Transport = (request) => {
    sent.push(request);
    return transport(request);
  };
  return Object.assign(count, { sent });
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A transport that gives one reply to each request, the last of them also to all that follow. */
export function replying(...replies: readonly [Reply, ...Reply[]]): CountedTransport {
  let count = 0;
  return counted(() => {
    const reply = replies[Math.min(count++, replies.length - 1)] ?? replies[0];
    return { sent: Promise.resolve(), response: Promise.resolve(responseOf(reply)) };
  });
}

function responseOf({ status = 200, headers = {}, body }: Reply): TransportResponse {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new TextEncoder().encode(body));
  }
  return { status, header: (name) => headers[name], body: bytes() };
}

/** The JSON of a whole completion. */
export function completion(text: string, fields: object = {}): string {
  return JSON.stringify({
    choices: [{ index: 0, message: { content: text }, finish_reason: 'stop' }],
    ...fields,
  });
}

/** An event of a stream. */
export function event(chunk: unknown): string {
  return `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`;
}

/** An event with words of the answer. */
export function words(content: string, index = 0): string {
  return event({ choices: [{ index, delta: { content }, finish_reason: null }] });
}

/** The event that says why an answer ends. */
export function finish(reason: string, index = 0): string {
  return event({ choices: [{ index, delta: {}, finish_reason: reason }] });
}

/** The body of an error as OpenAI has it. */
export function refusal(message: string, fields: object = {}): string {
  return JSON.stringify({
    error: { message, type: 'invalid_request_error', param: null, code: null, ...fields },
  });
}
