import type { Clock } from '../clock';
import { lazy } from '../lazy';
import { createServerTextRedactor, type ServerTextRedactor } from './server-text-redaction';
import { readAvailableText } from './streams/response-body';
import { ChatFailure, type ChatError } from './errors/chat-error';
import type { Endpoint } from './addresses/endpoint';
import type { ChatEvent } from './events';
import type { ChatRequest } from './request';
import { requestHeaders, secretsOf } from './headers';
import { TransportError, type Transport, type TransportResponse } from './transport';
import { loadReader, sentValues, type WireRequest } from './api-selection';
import { createWatchdog, TimeoutError, type Watchdog } from './watchdog';

/** How one request to the service ended. */
export type ServiceRequestResult =
  | { readonly kind: 'complete' }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly failure: ChatFailure;
      /** Time between sending the request and its failure, in ms. */
      readonly elapsedMs: number;
      /** Whether the service had begun to answer, so that it will bill the request. */
      readonly accepted: boolean;
    };

/** One request to the service. */
export interface ServiceRequest {
  readonly request: ChatRequest;
  readonly wire: WireRequest;
  /**
   * Numbers the requests for one question from 0. There are several if alternatives are requested one by one.
   */
  readonly number: number;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Aborts the request in any phase. */
  readonly signal: AbortSignal;
}

/** A request with the redactor for texts that the server sends in its response. */
interface ServiceRequestContext extends ServiceRequest {
  readonly redactor: ServerTextRedactor;
}

/** Receives the events of a request as they happen. */
type Emit = (event: ChatEvent) => void;

/** Sends one request and emits its events. Never rejects; a failure is part of the result. */
export async function sendServiceRequest(
  serviceRequest: ServiceRequest,
  emit: Emit,
): Promise<ServiceRequestResult> {
  const { endpoint, apiKey } = serviceRequest.request;
  try {
    const redactor = await createServerTextRedactor(secretsOf(endpoint.headers, apiKey));
    return await sendWithTimeouts({ ...serviceRequest, redactor }, emit);
  } catch (error) {
    // Code could not be loaded, so nothing was sent.
    return { kind: 'failed', failure: toFailure(error), elapsedMs: 0, accepted: false };
  }
}

async function sendWithTimeouts(
  serviceRequest: ServiceRequestContext,
  emit: Emit,
): Promise<ServiceRequestResult> {
  const { request, clock, signal, redactor } = serviceRequest;
  const watchdog = createWatchdog(clock, request.timeouts);
  const abortController = new AbortController();
  let sentAt = clock.now();
  let accepted = false;
  try {
    const signals = AbortSignal.any([signal, watchdog.signal, abortController.signal]);
    await exchange({ ...serviceRequest, signal: signals }, watchdog, (event) => {
      if (event.type === 'sent') sentAt = clock.now();
      if (event.type === 'accepted') accepted = true;
      if (event.type === 'rejected') accepted = false;
      emit(event);
    });
    return { kind: 'complete' };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    const { error: reported, hints } = toFailure(error);
    const chatError = await withKnownAddress(reported, request.endpoint);
    const serverFields = ['message', 'requestId', 'detail', 'to', 'proxy', 'address'];
    const failure = new ChatFailure(redactor.redactFields(chatError, serverFields), hints);
    return { kind: 'failed', failure, elapsedMs: clock.now() - sentAt, accepted };
  } finally {
    watchdog.stop();
    abortController.abort();
  }
}

async function exchange(
  serviceRequest: ServiceRequestContext,
  watchdog: Watchdog,
  emit: Emit,
): Promise<void> {
  const { request, wire, number, transport, signal } = serviceRequest;
  // The user may have stopped the request while code was loaded.
  signal.throwIfAborted();
  watchdog.startPhase('connect');
  // The reader is loaded before the answer arrives: if the connection breaks while the body is not being read, the
  // received data is lost.
  const loading = Promise.all([import('./answers/receive-answer'), loadReader(wire)]);
  loading.catch(() => undefined);
  const { sent, response: pending } = transport(httpRequest(request, wire, signal));
  // A rejection before `sent` resolves must not be reported as unhandled; the response is awaited below.
  pending.catch(() => undefined);
  await sent;
  // The signal may have been aborted before the request was sent.
  signal.throwIfAborted();
  watchdog.startPhase('first-byte');
  emit({ type: 'sent', requestIndex: number, seed: seedOf(wire), ...sentValues(wire) });

  const response = await pending;
  if (response.status < 200 || response.status > 299) {
    watchdog.startPhase('idle');
    throw await readErrorBody(serviceRequest, response);
  }
  const [{ receiveAnswer }, reader] = await loading;
  const requestIds = serviceRequest.redactor.redactValue(requestIdsOf(response));
  emit({ type: 'accepted', requestIndex: number, status: response.status, requestIds });
  const reported = await receiveAnswer(serviceRequest, response, reader, watchdog, emit);
  if (reported) {
    emit({ type: 'rejected', requestIndex: number });
    throw await failureInStream(serviceRequest, response, reported.body);
  }
  const usd = costHeader(response);
  if (usd !== undefined) emit({ type: 'billed', requestIndex: number, usd, scaledCounts: true });
}

function seedOf(wire: WireRequest): number | null {
  return wire.api === 'chat' ? (wire.body.seed ?? null) : null;
}

function requestIdsOf(response: TransportResponse): readonly string[] {
  return ['x-request-id', 'x-inference-id'].flatMap((name) => response.header(name) ?? []);
}

/** Bytes of an error body that are read: enough for any message, but not for all of a proxy's page. */
const MAX_ERROR_BODY_BYTES = 8 * 1024;

/**
 * Reads an error response. The status is enough, so a body that is cut off or endless is read only in part.
 */
async function readErrorBody(
  serviceRequest: ServiceRequestContext,
  response: TransportResponse,
): Promise<ChatFailure> {
  const errorBody = await readAvailableText(response, MAX_ERROR_BODY_BYTES);
  const { failureOfErrorResponse } = await loadResponseFailure();
  return failureOfErrorResponse(serviceRequest, response, requestIdsOf(response)[0], errorBody);
}

/** An error that was sent with a success status. */
async function failureInStream(
  serviceRequest: ServiceRequestContext,
  response: TransportResponse,
  body: unknown,
): Promise<ChatFailure> {
  const errorBody = typeof body === 'string' ? body : JSON.stringify(body);
  const { failureOfReportedError } = await loadResponseFailure();
  return failureOfReportedError(serviceRequest, response, requestIdsOf(response)[0], errorBody);
}

/** The code that recognizes errors is loaded with the first one. */
const loadResponseFailure = lazy(() => import('./errors/response-failure'));

function httpRequest(
  { endpoint, apiKey }: ChatRequest,
  { url, body }: WireRequest,
  signal: AbortSignal,
): Parameters<Transport>[0] {
  return {
    method: 'POST',
    url,
    headers: {
      ...requestHeaders(endpoint.headers, apiKey),
      'content-type': 'application/json',
      accept: body.stream ? 'text/event-stream, application/json' : 'application/json',
    },
    body: JSON.stringify(body),
    signal,
  };
}

/** The cost of an answer that is not streamed, in US dollars, as AI/ML API sends it in a header. */
function costHeader(response: TransportResponse): number | undefined {
  const usd = Number(response.header('x-aimlapi-usd-spent') ?? NaN);
  return usd > 0 && Number.isFinite(usd) ? usd : undefined;
}

/** Adds the address that the server expects, if its error shows which one that is. */
async function withKnownAddress(error: ChatError, endpoint: Endpoint): Promise<ChatError> {
  if (error.kind !== 'redirected' && error.kind !== 'wrong-scheme') return error;
  const loaded = await import('./errors/other-address').catch(() => undefined);
  // The user needs to know why the request failed, even if no other address can be suggested.
  return loaded?.withOtherAddress(error, endpoint) ?? error;
}

function toFailure(error: unknown): ChatFailure {
  return error instanceof ChatFailure ? error : new ChatFailure(toChatError(error));
}

function toChatError(error: unknown): ChatError {
  if (error instanceof TimeoutError) return { kind: 'timeout', phase: error.phase, seconds: error.seconds };
  if (error instanceof TransportError) return error.fault;
  return { kind: 'network', reason: 'unreachable', detail: String(error) };
}
