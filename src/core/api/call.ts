import type { Clock } from '../clock';
import { readAnswer } from './answer';
import { textSoFar } from './body';
import { ChatFailure, type ChatError } from './errors';
import type { ChatEvent } from './events';
import type { AnswerPart } from './parts';
import { presentable, presentableFields } from './redact';
import { readRefusal } from './refusal';
import type { ChatBody, ChatRequest } from './request';
import { retryAdvice } from './retry';
import { TransportError, type Transport, type TransportResponse } from './transport';
import { createWatchdog, TimeoutError, type Watchdog } from './watchdog';

/** How one request to the service ended. */
export type CallResult =
  | { readonly kind: 'complete' }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly failure: ChatFailure;
      /** Milliseconds since the request had left. */
      readonly thought: number;
      /** Whether the answer had begun, and so will be billed. */
      readonly accepted: boolean;
    };

/** Characters of an error's body that are read; what follows is a page, not a message. */
const longestRefusal = 8 * 1024;

/** One request to the service. */
export interface Call {
  readonly request: ChatRequest;
  readonly body: ChatBody;
  /** Counts the requests for one question: several where alternatives are asked for one by one. */
  readonly number: number;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Stops it in any phase. */
  readonly signal: AbortSignal;
}

/** Calls, and gives the answer as events. */
export async function* callService(call: Call): AsyncGenerator<ChatEvent, CallResult> {
  const { request, clock, signal } = call;
  const watchdog = createWatchdog(clock, request.timeouts);
  const hangUp = new AbortController();
  let left = clock.now();
  let accepted = false;
  try {
    const signals = AbortSignal.any([signal, watchdog.signal, hangUp.signal]);
    for await (const event of exchange({ ...call, signal: signals }, watchdog)) {
      if (event.type === 'sent') left = clock.now();
      if (event.type === 'accepted') accepted = true;
      yield event;
    }
    return { kind: 'complete' };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    const { error: said, advice } = failureOf(error);
    const words = ['message', 'requestId', 'detail', 'to'];
    const failure = new ChatFailure(presentableFields(said, words, request.apiKey), advice);
    return { kind: 'failed', failure, thought: clock.now() - left, accepted };
  } finally {
    watchdog.stop();
    hangUp.abort();
  }
}

async function* exchange(call: Call, watchdog: Watchdog): AsyncGenerator<ChatEvent, void> {
  const { request, body, number, transport, signal } = call;
  watchdog.expect('connect');
  const { sent, response: pending } = transport(httpRequest(request, body, signal));
  // It may fail while we still wait for `sent`; it is awaited below.
  pending.catch(() => undefined);
  await sent;
  // Stopped, or given up, before it had left.
  signal.throwIfAborted();
  watchdog.expect('first-byte');
  yield { type: 'sent', call: number, seed: body.seed ?? null };

  const response = await pending;
  const { status } = response;
  const requestIds = ['x-request-id', 'x-inference-id'].flatMap((name) => response.header(name) ?? []);
  if (status < 200 || status > 299) {
    watchdog.expect('idle');
    throw await refusalOf(call, response, requestIds[0]);
  }
  yield { type: 'accepted', call: number, status, requestIds: presentable(requestIds, request.apiKey) };
  for await (const parts of readAnswer(response, body.n ?? 1, watchdog)) {
    for (const part of parts) yield tagged(part, number, request.apiKey);
  }
  const usd = billedInHeader(response);
  if (usd !== undefined) yield { type: 'billed', call: number, usd };
}

/** The status says most of it: words that break off, or do not end, are read as far as they come. */
async function refusalOf(
  { request, clock }: Call,
  response: TransportResponse,
  requestId: string | undefined,
): Promise<ChatFailure> {
  const page = await textSoFar(response.body, longestRefusal);
  const { error, ...said } = readRefusal(response.status, page, requestId, request.parameters.model);
  const advice = { ...retryAdvice(response, clock), ...said };
  const seconds = advice.retryAfter === undefined ? 0 : Math.ceil(advice.retryAfter / 1000);
  return new ChatFailure(
    seconds > 0 && 'status' in error ? { ...error, retryAfter: seconds } : error,
    advice,
  );
}

function httpRequest(
  { endpoint, apiKey }: ChatRequest,
  body: ChatBody,
  signal: AbortSignal,
): Parameters<Transport>[0] {
  return {
    method: 'POST',
    url: endpoint.chatCompletions,
    headers: {
      'content-type': 'application/json',
      accept: body.stream ? 'text/event-stream, application/json' : 'application/json',
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify(body),
    signal,
  };
}

/** What is of the whole request says of which; what a server says of itself is made fit to be kept. */
function tagged(part: AnswerPart, call: number, apiKey: string | undefined): ChatEvent {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part;
    case 'finished':
    case 'annotated':
      return presentableFields(part, ['reason', 'annotations'], apiKey);
    case 'identified':
      return {
        ...part,
        identity: presentableFields(part.identity, ['id', 'model', 'fingerprint'], apiKey),
        call,
      };
    case 'usage': {
      const others = part.usage.others?.map((count) => presentableFields(count, ['name'], apiKey));
      return { ...part, usage: { ...part.usage, ...(others && { others }) }, call };
    }
    case 'billed':
      return { ...part, call };
  }
}

/** An answer that is not streamed tells its price in a header. */
function billedInHeader(response: TransportResponse): number | undefined {
  const usd = Number(response.header('x-aimlapi-usd-spent') ?? NaN);
  return usd > 0 && Number.isFinite(usd) ? usd : undefined;
}

function failureOf(error: unknown): ChatFailure {
  return error instanceof ChatFailure ? error : new ChatFailure(errorOf(error));
}

function errorOf(error: unknown): ChatError {
  if (error instanceof TimeoutError) return { kind: 'timeout', phase: error.phase, seconds: error.seconds };
  if (error instanceof TransportError) return error.fault;
  return { kind: 'network', reason: 'unreachable', detail: String(error) };
}
