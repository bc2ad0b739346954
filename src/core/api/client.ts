import { apiFor, buildWireRequest } from './api-selection';
import type { ClientContext, ClientServices } from './client-context';
import type { Corrections } from './corrections/learned-corrections';
import { createAnswerLength } from './corrections/token-limit';
import type { ChatEvent, Outcome } from './events';
import type { Attempts } from './next-step';
import type { ChatParameters, ChatRequest } from './request';
import { sendServiceRequest } from './send-request';
import { streamEvents } from './streams/event-queue';

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

/** Sends requests until one succeeds or no retry is left. */
async function requestWithRetries(
  original: ChatRequest,
  requestIndex: number,
  clientContext: ClientContext,
): Promise<Outcome> {
  let request = original;
  let attempts: Attempts = { retries: 0, lowered: 0 };
  const { endpoint } = request;
  const { learnedCorrections, emit } = clientContext;
  for (;;) {
    const { parameters } = request;
    const learned = learnedCorrections.get(endpoint, parameters.model);
    if (parameters.n > 1 && givesOneAnswer(parameters, learned)) {
      return requestSeparately(request, choiceIndexes(parameters.n), clientContext);
    }
    const wire = await buildWireRequest(request, learned);
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
      if (length.exceedsLimitOf(wire)) {
        const { reportIgnoredLimit } = await import('./corrections/ignored-limit');
        reportIgnoredLimit(wire, requestIndex, request, clientContext);
      }
      return requestMissingChoices(request, answered, clientContext);
    }
    if (result.kind !== 'failed') return result;

    const failed = { request, requestIndex, wire, learned, attempts };
    const loaded = await import('./next-step').catch(() => undefined);
    // The user needs to know why the request failed, even if no more can be done about it.
    if (!loaded) return { kind: 'failed', error: result.failure.error };
    const step = await loaded.nextStep(result, failed, clientContext);
    if (step.kind !== 'send') return step;
    ({ request, attempts } = step);
  }
}

/** The Responses API has no `n`. */
function givesOneAnswer(parameters: ChatParameters, learned: Corrections): boolean {
  return learned.has('single-answers') || apiFor(parameters, learned) === 'responses';
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
  return requestSeparately(request, missing, clientContext);
}

function choiceIndexes(n: number): readonly number[] {
  return Array.from({ length: n }, (_, index) => index);
}

async function requestSeparately(
  request: ChatRequest,
  indexes: readonly number[],
  clientContext: ClientContext,
): Promise<Outcome> {
  const { requestChoicesSeparately } = await import('./separate-choices');
  return requestChoicesSeparately(request, indexes, clientContext, requestWithRetries);
}
