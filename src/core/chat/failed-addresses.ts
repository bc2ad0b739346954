import { parseEndpoint, type ChatEvent } from '../api';
import type { Answer } from './answer';

/**
 * The end event of an answer. If its error suggests an address at which the same question has already failed, the
 * suggestion is removed, because the user has just switched away from that address.
 *
 * @param answers of the question so far
 */
export function withoutFailedAddress(event: ChatEvent, answers: readonly Answer[]): ChatEvent {
  if (event.type !== 'ended' || event.outcome.kind !== 'failed') return event;
  const { error } = event.outcome;
  if (error.kind !== 'wrong-address' || error.alternative === undefined) return event;
  const { alternative, ...others } = error;
  const urls = urlsOf(alternative);
  const hasFailed = answers.some(
    ({ status }) =>
      status.kind === 'failed' && status.error.kind === 'wrong-address' && urls.includes(status.error.url),
  );
  return hasFailed ? { ...event, outcome: { kind: 'failed', error: others } } : event;
}

/** The addresses of both APIs, as errors name them. */
function urlsOf(baseUrl: string): readonly (string | undefined)[] {
  const endpoint = parseEndpoint(baseUrl);
  if (typeof endpoint === 'string') return [];
  return [endpoint.chatCompletions, endpoint.responses].map(({ origin, pathname }) => origin + pathname);
}
