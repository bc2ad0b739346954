import type { Clock } from '../clock';
import { readAnswer } from './answer';
import { wholeText } from './body';
import type { Endpoint } from './endpoint';
import { ChatFailure, type ChatError } from './errors';
import type { AnswerPart } from './parts';
import { presentable } from './redact';
import { readRefusal } from './refusal';
import { chatBody, type ChatMessage, type ChatParameters } from './request';
import { TransportError, type Transport } from './transport';
import { createWatchdog, TimeoutError, type Timeouts, type Watchdog } from './watchdog';

export interface ChatRequest {
  readonly endpoint: Endpoint;
  /** Absent for a loopback server. */
  readonly apiKey?: string;
  readonly parameters: ChatParameters;
  readonly messages: readonly ChatMessage[];
  readonly timeouts: Timeouts;
}

export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: ChatError };

export type ChatEvent =
  /** The question has left: the model is at work. */
  | { readonly type: 'sent' }
  /** The service took it; its ids help its support to find the request. */
  | { readonly type: 'accepted'; readonly status: number; readonly requestId?: string }
  | AnswerPart
  /** Always the last event, and there is always one. */
  | { readonly type: 'ended'; readonly outcome: Outcome };

/** Bytes of an error's body that are read; what follows is a page, not a message. */
const longestRefusal = 16 * 1024;

/**
 * Asks the model once: one request, no retry. Failures are events, never exceptions.
 *
 * @param signal stops the question in any phase
 */
export async function* askModel(
  request: ChatRequest,
  transport: Transport,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void> {
  const watchdog = createWatchdog(clock, request.timeouts);
  const hangUp = new AbortController();
  let outcome: Outcome;
  try {
    const signals = AbortSignal.any([signal, watchdog.signal, hangUp.signal]);
    outcome = yield* exchange(request, transport, watchdog, signals);
  } catch (error) {
    outcome = signal.aborted
      ? { kind: 'stopped' }
      : { kind: 'failed', error: presentable(errorOf(error), request.apiKey) };
  } finally {
    watchdog.stop();
    hangUp.abort();
  }
  yield { type: 'ended', outcome };
}

async function* exchange(
  request: ChatRequest,
  transport: Transport,
  watchdog: Watchdog,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Outcome> {
  const { endpoint, apiKey, parameters } = request;
  watchdog.expect('connect');
  const { sent, response: pending } = transport({
    method: 'POST',
    url: endpoint.chatCompletions,
    headers: {
      'content-type': 'application/json',
      accept: parameters.stream ? 'text/event-stream, application/json' : 'application/json',
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    },
    body: chatBody(parameters, request.messages),
    signal,
  });
  // It may fail while we still wait for `sent`; it is awaited below.
  pending.catch(() => undefined);
  await sent;
  watchdog.expect('first-byte');
  yield { type: 'sent' };

  const response = await pending;
  const requestId = response.header('x-request-id') ?? response.header('x-inference-id');
  if (response.status < 200 || response.status > 299) {
    const body = await wholeText(response.body, longestRefusal);
    throw new ChatFailure(readRefusal(response.status, body, requestId, parameters.model));
  }
  const accepted = {
    type: 'accepted',
    status: response.status,
    ...(requestId !== undefined && { requestId }),
  } as const;
  yield presentable(accepted, apiKey);
  for await (const part of readAnswer(response, parameters.n, watchdog)) {
    yield part.type === 'finished' || part.type === 'identified' ? presentable(part, apiKey) : part;
  }
  return { kind: 'complete' };
}

function errorOf(error: unknown): ChatError {
  if (error instanceof ChatFailure) return error.error;
  if (error instanceof TimeoutError) return { kind: 'timeout', phase: error.phase, seconds: error.seconds };
  if (error instanceof TransportError) return error.fault;
  return { kind: 'network', reason: 'unreachable', detail: String(error) };
}
