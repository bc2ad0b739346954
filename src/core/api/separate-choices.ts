import type { ClientContext, Emit } from './client-context';
import type { Outcome } from './events';
import type { ChatRequest } from './request';

type SendRequest = (
  request: ChatRequest,
  requestIndex: number,
  clientContext: ClientContext,
) => Promise<Outcome>;

/**
 * Requests several answers in parallel, one per request, for a service that does not support `n`. Rejects as
 * soon as one of the requests rejects.
 *
 * @param indexes of the choices to request
 * @param send sends one request
 */
export async function requestChoicesSeparately(
  request: ChatRequest,
  indexes: readonly number[],
  clientContext: ClientContext,
  send: SendRequest,
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
      indexes.map((index) => send(single(index), index, { ...clientContext, signal, emit: emitAs(index) })),
    );
    return (
      outcomes.find(({ kind }) => kind === 'failed') ??
      outcomes.find(({ kind }) => kind === 'stopped') ?? { kind: 'complete' }
    );
  } finally {
    abortController.abort();
  }
}
