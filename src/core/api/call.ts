import type { Clock } from '../clock';
import { readAnswer, ReportedError } from './chat-completions/answer';
import { createAnswerRedaction, createServerText, type ServerText } from './redaction';
import { textSoFar } from './response-body';
import type { ChatEvent, AnswerPart } from './events';
import { readRefusal, type Asked, reportedStatus } from './error-response';
import type { ChatBody } from './chat-completions/body';
import type { ChatRequest } from './request';
import { createThoughtReader } from './think-tags';
import { ChatFailure, type Advice, type ChatError } from './errors';
import { requestHeaders, secretsOf } from './headers';
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

/** A call, and how what the server says in it is made fit to be kept. */
interface SafeCall extends Call {
  readonly serverText: ServerText;
}

/** Takes the events of a call as they happen. */
type Emit = (event: ChatEvent) => void;

/** Calls the service and emits what happens as events. */
export async function callService(call: Call, emit: Emit): Promise<CallResult> {
  const { request, clock, signal } = call;
  const { endpoint, apiKey } = request;
  const serverText = createServerText(secretsOf(endpoint.headers, apiKey));
  const watchdog = createWatchdog(clock, request.timeouts);
  const abortController = new AbortController();
  let left = clock.now();
  let accepted = false;
  try {
    const signals = AbortSignal.any([signal, watchdog.signal, abortController.signal]);
    await exchange({ ...call, serverText, signal: signals }, watchdog, (event) => {
      if (event.type === 'sent') left = clock.now();
      if (event.type === 'accepted') accepted = true;
      if (event.type === 'refused') accepted = false;
      emit(event);
    });
    return { kind: 'complete' };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    const { error: said, advice } = failureOf(error);
    const words = ['message', 'requestId', 'detail', 'to', 'proxy', 'address'];
    const failure = new ChatFailure(serverText.presentableFields(said, words), advice);
    return { kind: 'failed', failure, thought: clock.now() - left, accepted };
  } finally {
    watchdog.stop();
    abortController.abort();
  }
}

async function exchange(call: SafeCall, watchdog: Watchdog, emit: Emit): Promise<void> {
  const { request, body, number, transport, signal } = call;
  watchdog.expect('connect');
  const { sent, response: pending } = transport(httpRequest(request, body, signal));
  // It may fail while we still wait for `sent`; it is awaited below.
  pending.catch(() => undefined);
  await sent;
  // Stopped, or given up, before it had left.
  signal.throwIfAborted();
  watchdog.expect('first-byte');
  emit({ type: 'sent', call: number, seed: body.seed ?? null });

  const response = await pending;
  if (response.status < 200 || response.status > 299) {
    watchdog.expect('idle');
    throw await refusalOf(call, response);
  }
  await receive(call, response, watchdog, emit);
  const usd = billedInHeader(response);
  if (usd !== undefined) emit({ type: 'billed', call: number, usd });
}

/** Emits an answer. Some services report under a success what others refuse with a status. */
async function receive(
  call: SafeCall,
  response: TransportResponse,
  watchdog: Watchdog,
  emit: Emit,
): Promise<void> {
  const { body, number, serverText } = call;
  const redaction = createAnswerRedaction(serverText);
  const requestIds = serverText.presentable(requestIdsOf(response));
  emit({ type: 'accepted', call: number, status: response.status, requestIds });
  const thoughts = createThoughtReader();
  const emitParts = (parts: readonly AnswerPart[]): void => {
    for (const part of parts) emit(tagged(part, number, serverText));
  };
  const emitRest = (): void => {
    for (const part of redaction.end()) emitParts(thoughts.read(part));
    emitParts(thoughts.end());
  };
  try {
    await readAnswer(response, body.n ?? 1, watchdog, (parts) => {
      for (const part of parts) {
        for (const clear of redaction.next(part)) emitParts(thoughts.read(clear));
      }
    });
  } catch (error) {
    if (error instanceof ReportedError) {
      emit({ type: 'refused', call: number });
      throw reportedFailure(call, response, error.body);
    }
    emitRest();
    throw error;
  }
  emitRest();
}

function requestIdsOf(response: TransportResponse): readonly string[] {
  return ['x-request-id', 'x-inference-id'].flatMap((name) => response.header(name) ?? []);
}

/** Characters of an error's body that are read; what follows is a page, not a message. */
const MAX_REFUSAL_SIZE = 8 * 1024;

/** The status says most of it: words that break off, or do not end, are read as far as they come. */
async function refusalOf(call: SafeCall, response: TransportResponse): Promise<ChatFailure> {
  const page = await textSoFar(response.body, MAX_REFUSAL_SIZE);
  return failureFrom(call, response, response.status, page);
}

/** An error that came in the place of an answer, told like the status that it would have had. */
function reportedFailure(call: SafeCall, response: TransportResponse, body: unknown): ChatFailure {
  const status = reportedStatus(body);
  const page = typeof body === 'string' ? body : JSON.stringify(body);
  const failure = failureFrom(call, response, status ?? response.status, page);
  // Without a word on what it was, only the user can tell whether it is worth asking again.
  const advice = status === undefined ? { shouldRetry: false, ...failure.advice } : failure.advice;
  return new ChatFailure(failure.error, advice);
}

function failureFrom(
  { request, clock, serverText }: SafeCall,
  response: TransportResponse,
  status: number,
  page: string,
): ChatFailure {
  const [requestId] = requestIdsOf(response);
  // Before it is read: without its markup and its escapes a key would no longer be recognised.
  const text = serverText.redact(page);
  const { error, ...said } = readRefusal(status, text, requestId, askedOf(request));
  const advice: Advice = { ...retryAdvice(response, clock), ...said };
  const seconds = advice.retryAfter === undefined ? 0 : Math.ceil(advice.retryAfter / 1000);
  return new ChatFailure(
    seconds > 0 && 'message' in error && 'status' in error ? { ...error, retryAfter: seconds } : error,
    advice,
  );
}

function askedOf({ endpoint, parameters }: ChatRequest): Asked {
  const { origin, chatCompletions, alternative } = endpoint;
  return { model: parameters.model, url: origin + chatCompletions.pathname, alternative };
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
      ...requestHeaders(endpoint.headers, apiKey),
      'content-type': 'application/json',
      accept: body.stream ? 'text/event-stream, application/json' : 'application/json',
    },
    body: JSON.stringify(body),
    signal,
  };
}

/** The number of the call is added to what concerns the whole request; what a server says of itself is made fit to be kept. */
function tagged(part: AnswerPart, call: number, serverText: ServerText): ChatEvent {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
    case 'recalled':
      return part;
    case 'finished':
    case 'annotated':
      return serverText.presentableFields(part, ['reason', 'annotations']);
    case 'identified':
      return {
        ...part,
        identity: serverText.presentableFields(part.identity, ['id', 'model', 'fingerprint']),
        call,
      };
    case 'usage': {
      const others = part.usage.others?.map((count) => serverText.presentableFields(count, ['name']));
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
