import type { Clock } from '../clock';
import { sendCall } from './call';
import { correctionFor } from './chat-completions/corrections';
import type { CompatibilityMemory, Correction } from './compatibility';
import { streamEvents } from './event-queue';
import type { ChatEvent, Outcome } from './events';
import { buildChatBody } from './chat-completions/body';
import type { ChatRequest } from './request';
import type { ChatError } from './errors';
import { retryDelay } from './retry';
import type { Transport } from './transport';

/** The dependencies of the client. */
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

/** How one question is asked, in however many requests. */
interface ClientContext extends ClientPorts {
  readonly signal: AbortSignal;
  readonly emit: Emit;
}

/** Calls until the answer is there, or nothing is left to try. */
async function requestWithRetries(
  request: ChatRequest,
  call: number,
  asking: ClientContext,
): Promise<Outcome> {
  const { endpoint, parameters, maxRetries } = request;
  const { clock, signal, random, compatibility, emit } = asking;
  for (let retries = 0; ;) {
    const learned = compatibility.get(endpoint, parameters.model);
    if (parameters.n > 1 && learned.has('single-answers')) {
      return requestChoicesSeparately(request, choiceIndexes(parameters.n), asking);
    }
    const body = buildChatBody(request, learned);
    const answered = new Set<number>();
    const result = await sendCall({ ...asking, request, body, number: call }, (event) => {
      if ('index' in event) answered.add(event.index);
      emit(event);
    });
    if (result.kind === 'complete') return requestMissingChoices(request, answered, asking);
    if (result.kind !== 'failed') return result;

    const { error, advice } = result.failure;
    const correction = correctionFor(error, advice, body);
    if (correction && !learned.has(correction)) {
      rememberCorrection(correction, error, request, asking);
      continue;
    }
    const wait = result.accepted ? undefined : retryDelay(error, advice, retries, result.elapsedMs, random());
    if (wait === undefined || retries >= maxRetries) return { kind: 'failed', error };
    retries++;
    emit({ type: 'retrying', call, attempt: retries, of: maxRetries, delayMs: wait, error });
    if (!(await waitUnlessStopped(wait, clock, signal))) return { kind: 'stopped' };
  }
}

/** Said once, although requests side by side may meet the same refusal. */
function rememberCorrection(
  correction: Correction,
  error: ChatError,
  { endpoint, parameters }: ChatRequest,
  { compatibility, emit }: ClientContext,
): void {
  if (compatibility.get(endpoint, parameters.model).has(correction)) return;
  compatibility.learn(endpoint, parameters.model, correction);
  emit({ type: 'corrected', correction, because: 'message' in error ? error.message : error.kind });
}

/** Some servers give one answer and say nothing, where others refuse to give several: the rest is asked for. */
async function requestMissingChoices(
  request: ChatRequest,
  answered: ReadonlySet<number>,
  asking: ClientContext,
): Promise<Outcome> {
  const { endpoint, parameters } = request;
  const missing = choiceIndexes(parameters.n).filter((index) => !answered.has(index));
  if (answered.size === 0 || missing.length === 0) return { kind: 'complete' };
  const because = `${answered.size} of ${parameters.n} answers came`;
  asking.compatibility.learn(endpoint, parameters.model, 'single-answers');
  asking.emit({ type: 'corrected', correction: 'single-answers', because });
  return requestChoicesSeparately(request, missing, asking);
}

function choiceIndexes(n: number): readonly number[] {
  return Array.from({ length: n }, (_, index) => index);
}

/**
 * Several answers of a service that gives one at a time: as many requests, side by side. Rejects as soon as one of
 * them does.
 *
 * @param indexes of the choices that are asked for
 */
async function requestChoicesSeparately(
  request: ChatRequest,
  indexes: readonly number[],
  asking: ClientContext,
): Promise<Outcome> {
  const { parameters } = request;
  // With one seed for all, they would all be the same.
  const single = (index: number): ChatRequest => ({
    ...request,
    parameters: { ...parameters, n: 1, seed: parameters.seed === null ? null : parameters.seed + index },
  });
  const abortController = new AbortController();
  const signal = AbortSignal.any([asking.signal, abortController.signal]);
  // An answer of its own, told as one of several.
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

/** Waits; false as soon as it is stopped. */
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
