import type { Clock } from '../clock';
import { callService, type CallResult } from './call';
import { correctionFor, type CompatibilityMemory } from './compatibility';
import type { Correction } from './corrections';
import type { ChatError } from './errors';
import type { ChatEvent, Outcome } from './events';
import { interleave } from './interleave';
import { chatBody, type ChatRequest } from './request';
import { retryDelay } from './retry';
import type { Transport } from './transport';

/** What the client needs of the world. */
export interface ClientPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  /** A number in [0, 1), so that clients that failed together do not come back together. */
  readonly random: () => number;
  readonly compatibility: CompatibilityMemory;
}

/**
 * Asks the model. A request that fails before its answer begins is sent again where that is safe, and one
 * that is refused for a parameter is corrected. Failures are events, never exceptions.
 *
 * @param signal stops the question in any phase
 */
export async function* askModel(
  request: ChatRequest,
  ports: ClientPorts,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void> {
  yield { type: 'ended', outcome: yield* persist(request, 0, ports, signal) };
}

/** Calls until the answer is there, or nothing is left to try. */
async function* persist(
  request: ChatRequest,
  call: number,
  ports: ClientPorts,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Outcome> {
  const { endpoint, parameters, maxRetries } = request;
  const { transport, clock, random, compatibility } = ports;
  for (let retries = 0; ;) {
    const learned = compatibility.of(endpoint, parameters.model);
    if (parameters.n > 1 && learned.has('single-answers')) {
      return yield* askOneByOne(request, allOf(parameters.n), ports, signal);
    }
    const body = chatBody(request, learned);
    const answered = new Set<number>();
    const calling = callService({ request, body, number: call, transport, clock, signal });
    const result = yield* noting(calling, answered);
    if (result.kind === 'complete') return yield* askForMissing(request, answered, ports, signal);
    if (result.kind !== 'failed') return result;

    const { error, advice } = result.failure;
    const correction = correctionFor(error, advice, body);
    if (correction && !learned.has(correction)) {
      yield* learn(correction, error, request, compatibility);
      continue;
    }
    const wait = result.accepted ? undefined : retryDelay(error, advice, retries, result.thought, random());
    if (wait === undefined || retries >= maxRetries) return { kind: 'failed', error };
    retries++;
    yield { type: 'retrying', call, attempt: retries, of: maxRetries, wait, error };
    if (!(await passes(wait, clock, signal))) return { kind: 'stopped' };
  }
}

/** Said once, although requests side by side may meet the same refusal. */
function* learn(
  correction: Correction,
  error: ChatError,
  { endpoint, parameters }: ChatRequest,
  compatibility: CompatibilityMemory,
): Generator<ChatEvent, void> {
  if (compatibility.of(endpoint, parameters.model).has(correction)) return;
  compatibility.learn(endpoint, parameters.model, correction);
  yield { type: 'corrected', correction, because: 'message' in error ? error.message : error.kind };
}

/** The same events, with the indexes of the choices that they are about. */
async function* noting(
  events: AsyncGenerator<ChatEvent, CallResult>,
  indexes: Set<number>,
): AsyncGenerator<ChatEvent, CallResult> {
  for (let step = await events.next(); ; step = await events.next()) {
    if (step.done === true) return step.value;
    if ('index' in step.value) indexes.add(step.value.index);
    yield step.value;
  }
}

/** Some servers give one answer and say nothing, where others refuse to give several: the rest is asked for. */
async function* askForMissing(
  request: ChatRequest,
  answered: ReadonlySet<number>,
  ports: ClientPorts,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Outcome> {
  const { endpoint, parameters } = request;
  const missing = allOf(parameters.n).filter((index) => !answered.has(index));
  if (answered.size === 0 || missing.length === 0) return { kind: 'complete' };
  const because = `${answered.size} of ${parameters.n} answers came`;
  ports.compatibility.learn(endpoint, parameters.model, 'single-answers');
  yield { type: 'corrected', correction: 'single-answers', because };
  return yield* askOneByOne(request, missing, ports, signal);
}

function allOf(n: number): readonly number[] {
  return Array.from({ length: n }, (_, index) => index);
}

/**
 * Several answers of a service that gives one at a time: as many requests, side by side.
 *
 * @param indexes of the choices that are asked for
 */
async function* askOneByOne(
  request: ChatRequest,
  indexes: readonly number[],
  ports: ClientPorts,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Outcome> {
  const { parameters } = request;
  // With one seed for all, they would all be the same.
  const single = (index: number): ChatRequest => ({
    ...request,
    parameters: { ...parameters, n: 1, seed: parameters.seed === null ? null : parameters.seed + index },
  });
  const abortController = new AbortController();
  const signals = AbortSignal.any([signal, abortController.signal]);
  const alternatives = indexes.map((index) =>
    alternative(persist(single(index), index, ports, signals), index),
  );
  try {
    const outcomes = yield* interleave(alternatives);
    return (
      outcomes.find(({ kind }) => kind === 'failed') ??
      outcomes.find(({ kind }) => kind === 'stopped') ?? { kind: 'complete' }
    );
  } finally {
    abortController.abort();
  }
}

/** An answer of its own, told as one of several. */
async function* alternative(
  events: AsyncGenerator<ChatEvent, Outcome>,
  index: number,
): AsyncGenerator<ChatEvent, Outcome> {
  for (let step = await events.next(); ; step = await events.next()) {
    if (step.done === true) return step.value;
    yield 'index' in step.value ? { ...step.value, index } : step.value;
  }
}

/** Waits; false as soon as it is stopped. */
function passes(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
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
