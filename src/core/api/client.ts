import type { Clock } from '../clock';
import { sendServiceRequest } from './send-request';
import type { LearnedCorrections, Corrections } from './corrections/learned-corrections';
import { streamEvents } from './streams/event-queue';
import type { ChatError } from './errors/chat-error';
import type { ChatEvent, Outcome } from './events';
import type { ChatParameters, ChatRequest } from './request';
import { retryDelay } from './retry';
import type { Transport } from './transport';
import { apiFor, buildWireRequest, type WireRequest } from './api-selection';
import type { AcceptedLimit } from './errors/rejected-limit';
import type { Rejection } from './corrections/rejected-values';
import { createAnswerLength, limitOf } from './corrections/token-limit';

/** The dependencies of the client, provided by the platform. */
export interface ClientServices {
  readonly transport: Transport;
  readonly clock: Clock;
  /** A number in [0, 1). It spreads the retries of clients that failed at the same time. */
  readonly random: () => number;
  readonly learnedCorrections: LearnedCorrections;
}

/**
 * Sends a question. A request that fails before its answer begins is retried if that is safe, and a request
 * that is rejected because of a parameter is corrected and sent again (src/core/api/README.md, "Corrections" and
 * "Retries").
 *
 * @param signal aborts the question in any phase
 * @returns the events of the question; it never throws, as a failure is the last event
 */
export function askModel(
  request: ChatRequest,
  clientServices: ClientServices,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void> {
  return streamEvents(async (emit, readerLeft) => {
    const signals = AbortSignal.any([signal, readerLeft]);
    return {
      type: 'ended',
      outcome: await requestWithRetries(request, 0, { ...clientServices, signal: signals, emit }),
    };
  });
}

type Emit = (event: ChatEvent) => void;

/** The dependencies of one question, for all of its requests. */
interface ClientContext extends ClientServices {
  readonly signal: AbortSignal;
  readonly emit: Emit;
}

/** Sends requests until one succeeds or no retry is left. */
async function requestWithRetries(
  original: ChatRequest,
  requestIndex: number,
  clientContext: ClientContext,
): Promise<Outcome> {
  let request = original;
  const { endpoint, maxRetries } = request;
  const { clock, signal, random, learnedCorrections, emit } = clientContext;
  for (let [retries, lowered] = [0, 0]; ;) {
    const { parameters } = request;
    const learned = learnedCorrections.get(endpoint, parameters.model);
    if (parameters.n > 1 && givesOneAnswer(parameters, learned)) {
      return requestChoicesSeparately(request, choiceIndexes(parameters.n), clientContext);
    }
    const wire = buildWireRequest(request, learned);
    const answered = new Set<number>();
    const length = createAnswerLength();
    const result = await sendServiceRequest(
      { ...clientContext, request, wire, number: requestIndex },
      (event) => {
        if ('index' in event && event.type !== 'reasoningItems') answered.add(event.index);
        length.add(event);
        emit(event);
      },
    );
    if (result.kind === 'complete') {
      if (length.exceedsContext(learned.properties?.context ?? Infinity))
        learnedCorrections.forgetContext(endpoint, parameters.model);
      if (length.exceedsLimitOf(wire)) await reportIgnoredLimit(wire, requestIndex, request, clientContext);
      return requestMissingChoices(request, answered, clientContext);
    }
    if (result.kind !== 'failed') return result;

    const { error, hints } = result.failure;
    if ('status' in error) {
      const { chooseCorrection, acceptedLimit } = await import('./corrections/choose-correction');
      const context = error.kind === 'context-too-long' ? error.limit : undefined;
      if (context !== undefined && context >= MIN_CONTEXT)
        learnedCorrections.learnProperties(endpoint, parameters.model, { context });
      const rejection = chooseCorrection(error, hints, wire, parameters.api, learned);
      if (rejection) {
        learnRejection(rejection, error, request, clientContext);
        continue;
      }
      const accepted =
        lowered < MAX_LOWERINGS ? acceptedLimit(error, limitOf(wire), estimatedTokens(wire)) : undefined;
      if (accepted) {
        lowered++;
        learnedCorrections.learnProperties(endpoint, parameters.model, accepted.known);
        emit({ type: 'limitLowered', requestIndex, ...accepted, because: messageOf(error) });
        request = withLimit(request, accepted);
        continue;
      }
    }
    const delayMs = result.accepted
      ? undefined
      : retryDelay(error, hints, retries, result.elapsedMs, random());
    if (delayMs === undefined || retries >= maxRetries) return { kind: 'failed', error };
    retries++;
    emit({ type: 'retrying', requestIndex, attempt: retries, maxAttempts: maxRetries, delayMs, error });
    if (!(await waitUnlessStopped(delayMs, clock, signal))) return { kind: 'stopped' };
  }
}

/** A smaller number in an error is not the context window of any model, and would shorten every later question. */
const MIN_CONTEXT = 1024;

/** The Responses API has no `n`. */
function givesOneAnswer(parameters: ChatParameters, learned: Corrections): boolean {
  return learned.has('single-answers') || apiFor(parameters, learned) === 'responses';
}

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

/** Some services ignore one of the two names of the limit, so the other one is sent from now on. */
async function reportIgnoredLimit(
  wire: WireRequest,
  requestIndex: number,
  { endpoint, parameters: { model } }: ChatRequest,
  { learnedCorrections, emit }: ClientContext,
): Promise<void> {
  const { limitParameterOf, renameLimit } = await import('./corrections/choose-correction');
  const parameter = limitParameterOf(wire);
  const renamed = renameLimit(parameter, learnedCorrections.get(endpoint, model));
  if (renamed) learnedCorrections.learn(endpoint, model, renamed.correction);
  emit({ type: 'limitIgnored', requestIndex, parameter, ...(renamed && { next: renamed.next }) });
}

/** Some servers ignore `n` and send one answer; the missing ones are requested separately. */
async function requestMissingChoices(
  request: ChatRequest,
  answered: ReadonlySet<number>,
  clientContext: ClientContext,
): Promise<Outcome> {
  const { endpoint, parameters } = request;
  const missing = choiceIndexes(parameters.n).filter((index) => !answered.has(index));
  if (answered.size === 0 || missing.length === 0) return { kind: 'complete' };
  const because = `${answered.size} of ${parameters.n} answers were received`;
  clientContext.learnedCorrections.learn(endpoint, parameters.model, 'single-answers');
  clientContext.emit({ type: 'corrected', correction: 'single-answers', because });
  return requestChoicesSeparately(request, missing, clientContext);
}

function choiceIndexes(n: number): readonly number[] {
  return Array.from({ length: n }, (_, index) => index);
}

/**
 * Requests several answers in parallel, one per request, for a service that does not support `n`. Rejects as
 * soon as one of the requests rejects.
 *
 * @param indexes of the choices to request
 */
async function requestChoicesSeparately(
  request: ChatRequest,
  indexes: readonly number[],
  clientContext: ClientContext,
): Promise<Outcome> {
  const { parameters } = request;
  // With the same seed, all answers would be the same.
  const single = (index: number): ChatRequest => ({
    ...request,
    parameters: { ...parameters, n: 1, seed: parameters.seed === null ? null : parameters.seed + index },
  });
  const abortController = new AbortController();
  const signal = AbortSignal.any([clientContext.signal, abortController.signal]);
  // The service sends it as choice 0.
  const emitAs =
    (index: number): Emit =>
    (event) =>
      clientContext.emit('index' in event ? { ...event, index } : event);
  try {
    const outcomes = await Promise.all(
      indexes.map((index) =>
        requestWithRetries(single(index), index, { ...clientContext, signal, emit: emitAs(index) }),
      ),
    );
    return (
      outcomes.find(({ kind }) => kind === 'failed') ??
      outcomes.find(({ kind }) => kind === 'stopped') ?? { kind: 'complete' }
    );
  } finally {
    abortController.abort();
  }
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
