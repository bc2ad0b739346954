import type { Clock } from '../clock';
import type { WireRequest } from './api-selection';
import type { ClientContext } from './client-context';
import type { Corrections } from './corrections/learned-corrections';
import type { Rejection } from './corrections/rejected-values';
import { limitOf } from './corrections/token-limit';
import type { ChatError } from './errors/chat-error';
import type { AcceptedLimit } from './errors/rejected-limit';
import type { Outcome } from './events';
import type { ChatRequest } from './request';
import { retryDelay } from './retry';
import type { ServiceRequestResult } from './send-request';

/** How often the request for a question was changed or repeated. */
export interface Attempts {
  readonly retries: number;
  /** The times that its limit was lowered. */
  readonly lowered: number;
}

/** A request that has failed. */
interface FailedRequest {
  readonly request: ChatRequest;
  readonly requestIndex: number;
  readonly wire: WireRequest;
  /** What had been learned when it was sent. */
  readonly learned: Corrections;
  readonly attempts: Attempts;
}

type NextStep =
  { readonly kind: 'send'; readonly request: ChatRequest; readonly attempts: Attempts } | Outcome;

/** The request to send after a failed one, when it is time for it, or the end of the question. */
export async function nextStep(
  result: Extract<ServiceRequestResult, { kind: 'failed' }>,
  failed: FailedRequest,
  clientContext: ClientContext,
): Promise<NextStep> {
  const { request, requestIndex, attempts } = failed;
  const { error, hints } = result.failure;
  if ('status' in error) {
    const corrected = await correctRequest(result, failed, clientContext);
    if (corrected) return corrected;
  }
  const { clock, signal, random, emit } = clientContext;
  const { maxRetries } = request;
  const delayMs = result.accepted
    ? undefined
    : retryDelay(error, hints, attempts.retries, result.elapsedMs, random());
  if (delayMs === undefined || attempts.retries >= maxRetries) return { kind: 'failed', error };
  const attempt = attempts.retries + 1;
  emit({ type: 'retrying', requestIndex, attempt, maxAttempts: maxRetries, delayMs, error });
  if (!(await waitUnlessStopped(delayMs, clock, signal))) return { kind: 'stopped' };
  return { kind: 'send', request, attempts: { ...attempts, retries: attempt } };
}

/** Learns from an error, and changes the request if that helps. */
async function correctRequest(
  { failure: { error, hints } }: Extract<ServiceRequestResult, { kind: 'failed' }>,
  { request, requestIndex, wire, learned, attempts }: FailedRequest,
  clientContext: ClientContext,
): Promise<NextStep | undefined> {
  const { endpoint, parameters } = request;
  const { learnedCorrections, emit } = clientContext;
  const { chooseCorrection, acceptedLimit } = await import('./corrections/choose-correction');
  const context = error.kind === 'context-too-long' ? error.limit : undefined;
  if (context !== undefined && context >= MIN_CONTEXT)
    learnedCorrections.learnProperties(endpoint, parameters.model, { context });
  const rejection = chooseCorrection(error, hints, wire, parameters.api, learned);
  if (rejection) {
    learnRejection(rejection, error, request, clientContext);
    return { kind: 'send', request, attempts };
  }
  if (attempts.lowered >= MAX_LOWERINGS) return undefined;
  const accepted = acceptedLimit(error, limitOf(wire), estimatedTokens(wire));
  if (!accepted) return undefined;
  learnedCorrections.learnProperties(endpoint, parameters.model, accepted.known);
  emit({ type: 'limitLowered', requestIndex, ...accepted, because: messageOf(error) });
  return {
    kind: 'send',
    request: withLimit(request, accepted),
    attempts: { ...attempts, lowered: attempts.lowered + 1 },
  };
}

/** A smaller number in an error is not the context window of any model, and would shorten every later question. */
const MIN_CONTEXT = 1024;

/** Learns and reports a rejection once: parallel requests may be rejected for the same reason. */
function learnRejection(
  rejection: Rejection,
  error: ChatError,
  { endpoint, parameters: { model } }: ChatRequest,
  { learnedCorrections, emit }: ClientContext,
): void {
  const learned = learnedCorrections.get(endpoint, model);
  const because = messageOf(error);
  if (rejection.kind === 'correction') {
    if (learned.has(rejection.correction)) return;
    learnedCorrections.learn(endpoint, model, rejection.correction);
    emit({ type: 'corrected', correction: rejection.correction, because });
  } else {
    const { parameter, value, rules } = rejection;
    if (learned.properties?.[parameter]?.rejected?.includes(value) === true) return;
    learnedCorrections.learnProperties(endpoint, model, { [parameter]: rules });
    emit({ type: 'valueRejected', parameter, value, because });
  }
}

function messageOf(error: ChatError): string {
  return 'message' in error ? error.message : error.kind;
}

/** Times that a limit is lowered for one question: a service may not say how long the prompt is. */
const MAX_LOWERINGS = 3;

function withLimit(request: ChatRequest, { limit }: AcceptedLimit): ChatRequest {
  return { ...request, parameters: { ...request.parameters, maxCompletionTokens: limit } };
}

/** Bytes of text for each token, so that the estimate is rarely too low. */
const BYTES_PER_TOKEN = 3;

function estimatedTokens({ body }: WireRequest): number {
  return Math.ceil(new TextEncoder().encode(JSON.stringify(body)).length / BYTES_PER_TOKEN);
}

/** Resolves with true after the time, or with false as soon as the signal is aborted. */
function waitUnlessStopped(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const cancel = clock.after(milliseconds, () => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    });
    const stop = (): void => {
      cancel();
      resolve(false);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
