import type { Clock } from '../clock';
import { callService } from './call';
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
    const learned = compatibility.of(endpoint.origin, parameters.model);
    if (parameters.n > 1 && learned.has('single-answers')) return yield* askOneByOne(request, ports, signal);
    const body = chatBody(request, learned);
    const result = yield* callService({ request, body, number: call, transport, clock, signal });
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
  if (compatibility.of(endpoint.origin, parameters.model).has(correction)) return;
  compatibility.learn(endpoint.origin, parameters.model, correction);
  yield { type: 'corrected', correction, because: 'message' in error ? error.message : error.kind };
}

/** Several answers of a service that gives one at a time: as many requests, side by side. */
async function* askOneByOne(
  request: ChatRequest,
  ports: ClientPorts,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Outcome> {
  const { parameters } = request;
  // With one seed for all, they would all be the same.
  const single = (index: number): ChatRequest => ({
    ...request,
    parameters: { ...parameters, n: 1, seed: parameters.seed === null ? null : parameters.seed + index },
  });
  const hangUp = new AbortController();
  const signals = AbortSignal.any([signal, hangUp.signal]);
  const alternatives = Array.from({ length: parameters.n }, (_, index) =>
    alternative(persist(single(index), index, ports, signals), index),
  );
  try {
    const outcomes = yield* interleave(alternatives);
    return (
      outcomes.find(({ kind }) => kind === 'failed') ??
      outcomes.find(({ kind }) => kind === 'stopped') ?? { kind: 'complete' }
    );
  } finally {
    hangUp.abort();
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
