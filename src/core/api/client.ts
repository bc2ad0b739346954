import type { Clock } from '../clock';
import { sendCall } from './call';
import type { LearnedCorrections, Correction, Corrections } from './learned-corrections';
import { streamEvents } from './streams/event-queue';
import type { ChatError } from './errors/chat-error';
import type { ChatEvent, Outcome } from './events';
import type { ChatParameters, ChatRequest } from './request';
import { retryDelay } from './retry';
import type { Transport } from './transport';
import { apiFor, buildWireRequest, correctionFor } from './api-selection';

/** The dependencies of the client, provided by the platform. */
export interface ClientPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  /** A number in [0, 1). It spreads the retries of clients that failed at the same time. */
  readonly random: () => number;
  readonly learnedCorrections: LearnedCorrections;
}

/**
 * Sends a question. A request that fails before its answer begins is retried if that is safe, and a request
 * that is rejected because of a parameter is corrected and sent again (README.md, "Corrections" and
 * "Retries").
 *
 * @param signal aborts the question in any phase
 * @returns the events of the question; it never throws, as a failure is the last event
 */
export function askModel(
  request: ChatRequest,
  ports: ClientPorts,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void> {
  return streamEvents(async (emit, left) => {
    const signals = AbortSignal.any([signal, left]);
    return {
      type: 'ended',
      outcome: await requestWithRetries(request, 0, { ...ports, signal: signals, emit }),
    };
  });
}

type Emit = (event: ChatEvent) => void;

/** The dependencies of one question, for all of its requests. */
interface ClientContext extends ClientPorts {
  readonly signal: AbortSignal;
  readonly emit: Emit;
}

/** Sends requests until one succeeds or no retry is left. */
async function requestWithRetries(
  request: ChatRequest,
  call: number,
  asking: ClientContext,
): Promise<Outcome> {
  const { endpoint, parameters, maxRetries } = request;
  const { clock, signal, random, learnedCorrections, emit } = asking;
  for (let retries = 0; ;) {
    const learned = learnedCorrections.get(endpoint, parameters.model);
    if (parameters.n > 1 && givesOneAnswer(parameters, learned)) {
      return requestChoicesSeparately(request, choiceIndexes(parameters.n), asking);
    }
    const wire = buildWireRequest(request, learned);
    const answered = new Set<number>();
    const result = await sendCall({ ...asking, request, wire, number: call }, (event) => {
      if ('index' in event) answered.add(event.index);
      emit(event);
    });
    if (result.kind === 'complete') return requestMissingChoices(request, answered, asking);
    if (result.kind !== 'failed') return result;

    const { error, hints } = result.failure;
    const correction = correctionFor(error, hints, wire, parameters.api);
    if (correction && !learned.has(correction)) {
      rememberCorrection(correction, error, request, asking);
      continue;
    }
    const delayMs = result.accepted
      ? undefined
      : retryDelay(error, hints, retries, result.elapsedMs, random());
    if (delayMs === undefined || retries >= maxRetries) return { kind: 'failed', error };
    retries++;
    emit({ type: 'retrying', call, attempt: retries, of: maxRetries, delayMs, error });
    if (!(await waitUnlessStopped(delayMs, clock, signal))) return { kind: 'stopped' };
  }
}

/** The Responses API has no `n`. */
function givesOneAnswer(parameters: ChatParameters, learned: Corrections): boolean {
  return learned.has('single-answers') || apiFor(parameters, learned) === 'responses';
}

/** Emitted once, although several parallel requests may be rejected for the same reason. */
function rememberCorrection(
  correction: Correction,
  error: ChatError,
  { endpoint, parameters }: ChatRequest,
  { learnedCorrections, emit }: ClientContext,
): void {
  if (learnedCorrections.get(endpoint, parameters.model).has(correction)) return;
  learnedCorrections.learn(endpoint, parameters.model, correction);
  emit({ type: 'corrected', correction, because: 'message' in error ? error.message : error.kind });
}

/** Some servers ignore `n` and send one answer; the missing ones are requested separately. */
async function requestMissingChoices(
  request: ChatRequest,
  answered: ReadonlySet<number>,
  asking: ClientContext,
): Promise<Outcome> {
  const { endpoint, parameters } = request;
  const missing = choiceIndexes(parameters.n).filter((index) => !answered.has(index));
  if (answered.size === 0 || missing.length === 0) return { kind: 'complete' };
  const because = `${answered.size} of ${parameters.n} answers were received`;
  asking.learnedCorrections.learn(endpoint, parameters.model, 'single-answers');
  asking.emit({ type: 'corrected', correction: 'single-answers', because });
  return requestChoicesSeparately(request, missing, asking);
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
  asking: ClientContext,
): Promise<Outcome> {
  const { parameters } = request;
  // With the same seed, all answers would be the same.
  const single = (index: number): ChatRequest => ({
    ...request,
    parameters: { ...parameters, n: 1, seed: parameters.seed === null ? null : parameters.seed + index },
  });
  const abortController = new AbortController();
  const signal = AbortSignal.any([asking.signal, abortController.signal]);
  // The service sends it as choice 0.
  const emitAs =
    (index: number): Emit =>
    (event) =>
      asking.emit('index' in event ? { ...event, index } : event);
  try {
    const outcomes = await Promise.all(
      indexes.map((index) =>
        requestWithRetries(single(index), index, { ...asking, signal, emit: emitAs(index) }),
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
