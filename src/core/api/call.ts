import type { Clock } from '../clock';
import { readAnswer, ReportedError } from './chat-completions/answer';
import { createAnswerRedaction, createServerTextSanitizer, type ServerTextSanitizer } from './redaction';
import { readAvailableText } from './response-body';
import type { ChatEvent, AnswerPart } from './events';
import { parseErrorResponse, type RequestTarget, reportedStatus } from './error-response';
import type { ChatBody } from './chat-completions/body';
import type { ChatRequest } from './request';
import { createThinkTagReader } from './think-tags';
import { ChatFailure, type RetryHints, type ChatError } from './errors';
import { requestHeaders, secretsOf } from './headers';
import { retryHints } from './retry';
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
      readonly elapsedMs: number;
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
interface CallContext extends Call {
  readonly serverText: ServerTextSanitizer;
}

/** Takes the events of a call as they happen. */
type Emit = (event: ChatEvent) => void;

/** Calls the service and emits what happens as events. */
export async function sendCall(call: Call, emit: Emit): Promise<CallResult> {
  const { request, clock, signal } = call;
  const { endpoint, apiKey } = request;
  const serverText = createServerTextSanitizer(secretsOf(endpoint.headers, apiKey));
  const watchdog = createWatchdog(clock, request.timeouts);
  const abortController = new AbortController();
  let left = clock.now();
  let accepted = false;
  try {
    const signals = AbortSignal.any([signal, watchdog.signal, abortController.signal]);
    await exchange({ ...call, serverText, signal: signals }, watchdog, (event) => {
      if (event.type === 'sent') left = clock.now();
      if (event.type === 'accepted') accepted = true;
      if (event.type === 'rejected') accepted = false;
      emit(event);
    });
    return { kind: 'complete' };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    const { error: said, advice } = toFailure(error);
    const words = ['message', 'requestId', 'detail', 'to', 'proxy', 'address'];
    const failure = new ChatFailure(serverText.sanitizeFields(said, words), advice);
    return { kind: 'failed', failure, elapsedMs: clock.now() - left, accepted };
  } finally {
    watchdog.stop();
    abortController.abort();
  }
}

async function exchange(call: CallContext, watchdog: Watchdog, emit: Emit): Promise<void> {
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
    throw await readErrorBody(call, response);
  }
  await receive(call, response, watchdog, emit);
  const usd = costHeader(response);
  if (usd !== undefined) emit({ type: 'billed', call: number, usd });
}

/** Emits an answer. Some services report under a success what others refuse with a status. */
async function receive(
  call: CallContext,
  response: TransportResponse,
  watchdog: Watchdog,
  emit: Emit,
): Promise<void> {
  const { body, number, serverText } = call;
  const redaction = createAnswerRedaction(serverText);
  const requestIds = serverText.sanitize(requestIdsOf(response));
  emit({ type: 'accepted', call: number, status: response.status, requestIds });
  const thoughts = createThinkTagReader();
  const emitParts = (parts: readonly AnswerPart[]): void => {
    for (const part of parts) emit(toChatEvent(part, number, serverText));
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
      emit({ type: 'rejected', call: number });
      throw failureInStream(call, response, error.body);
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
const MAX_ERROR_BODY_BYTES = 8 * 1024;

/** The status says most of it: words that break off, or do not end, are read as far as they come. */
async function readErrorBody(call: CallContext, response: TransportResponse): Promise<ChatFailure> {
  const page = await readAvailableText(response.body, MAX_ERROR_BODY_BYTES);
  return failureOfResponse(call, response, response.status, page);
}

/** An error that came in the place of an answer, told like the status that it would have had. */
function failureInStream(call: CallContext, response: TransportResponse, body: unknown): ChatFailure {
  const status = reportedStatus(body);
  const page = typeof body === 'string' ? body : JSON.stringify(body);
  const failure = failureOfResponse(call, response, status ?? response.status, page);
  // Without a word on what it was, only the user can tell whether it is worth asking again.
  const advice = status === undefined ? { shouldRetry: false, ...failure.advice } : failure.advice;
  return new ChatFailure(failure.error, advice);
}

function failureOfResponse(
  { request, clock, serverText }: CallContext,
  response: TransportResponse,
  status: number,
  page: string,
): ChatFailure {
  const [requestId] = requestIdsOf(response);
  // Before it is read: without its markup and its escapes a key would no longer be recognised.
  const text = serverText.redact(page);
  const { error, ...said } = parseErrorResponse(status, text, requestId, requestTarget(request));
  const advice: RetryHints = { ...retryHints(response, clock), ...said };
  const seconds = advice.retryAfterMs === undefined ? 0 : Math.ceil(advice.retryAfterMs / 1000);
  return new ChatFailure(
    seconds > 0 && 'message' in error && 'status' in error ? { ...error, retryAfter: seconds } : error,
    advice,
  );
}

function requestTarget({ endpoint, parameters }: ChatRequest): RequestTarget {
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
function toChatEvent(part: AnswerPart, call: number, serverText: ServerTextSanitizer): ChatEvent {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
    case 'textWasReasoning':
      return part;
    case 'finished':
    case 'annotated':
      return serverText.sanitizeFields(part, ['reason', 'annotations']);
    case 'identified':
      return {
        ...part,
        identity: serverText.sanitizeFields(part.identity, ['id', 'model', 'fingerprint']),
        call,
      };
    case 'usage': {
      const others = part.usage.others?.map((count) => serverText.sanitizeFields(count, ['name']));
      return { ...part, usage: { ...part.usage, ...(others && { others }) }, call };
    }
    case 'billed':
      return { ...part, call };
  }
}

/** An answer that is not streamed tells its price in a header. */
function costHeader(response: TransportResponse): number | undefined {
  const usd = Number(response.header('x-aimlapi-usd-spent') ?? NaN);
  return usd > 0 && Number.isFinite(usd) ? usd : undefined;
}

function toFailure(error: unknown): ChatFailure {
  return error instanceof ChatFailure ? error : new ChatFailure(toChatError(error));
}

function toChatError(error: unknown): ChatError {
  if (error instanceof TimeoutError) return { kind: 'timeout', phase: error.phase, seconds: error.seconds };
  if (error instanceof TransportError) return error.fault;
  return { kind: 'network', reason: 'unreachable', detail: String(error) };
}
