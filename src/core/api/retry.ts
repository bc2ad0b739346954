import type { Clock } from '../clock';
import type { ErrorHints, ChatError } from './errors/chat-error';
import type { TransportResponse } from './transport';

/**
 * Longest `Retry-After` that is honoured, in ms. For longer waits the error is shown and the user decides.
 */
const MAX_RETRY_AFTER_MS = 10 * 60_000;
/**
 * A request that fails after more than this time, in ms, may already have been billed, so it is not retried
 * automatically, unless the service asks for the retry.
 */
const MAY_BE_BILLED_AFTER_MS = 30_000;

/**
 * The delay before a failed request is sent again, in ms, computed as in OpenAI's SDK (core/api/README.md,
 * "Retries"). Undefined if it must not be retried.
 *
 * The header `x-should-retry` of the service, if present, decides whether to retry. Without it, only transient errors
 * are retried, and only if the request cannot have been billed yet. In both cases, a `Retry-After` that is too long
 * prevents the retry.
 *
 * @param retries the number of retries so far
 * @param elapsedMs time between sending the request and its failure
 * @param random a number in [0, 1)
 */
export function retryDelay(
  error: ChatError,
  { shouldRetry, retryAfterMs }: ErrorHints,
  retries: number,
  elapsedMs: number,
  random: number,
): number | undefined {
  // A negative time means that the clock was set back, so the real time is not known.
  const isUnbilled = elapsedMs >= 0 && elapsedMs < MAY_BE_BILLED_AFTER_MS;
  const retry = shouldRetry ?? (isUnbilled && isTransient(error));
  if (!retry) return undefined;
  if (retryAfterMs === undefined || retryAfterMs < 0) {
    return Math.min(500 * 2 ** retries, 8000) * (1 - random * 0.25);
  }
  return retryAfterMs <= MAX_RETRY_AFTER_MS ? retryAfterMs : undefined;
}

function isTransient(error: ChatError): boolean {
  switch (error.kind) {
    case 'rate-limited':
    case 'server':
      return true;
    case 'network':
      return error.reason !== 'tls' && error.reason !== 'cors';
    default:
      return false;
  }
}

/** Reads the retry headers of an error response. Values other than numbers and dates are ignored. */
export function retryHints(response: TransportResponse, clock: Clock): ErrorHints {
  const flag = response.header('x-should-retry');
  const retryAfterMs =
    toMilliseconds(response.header('retry-after-ms'), 1) ??
    toMilliseconds(response.header('retry-after'), 1000) ??
    millisecondsUntil(response.header('retry-after'), clock);
  return {
    ...((flag === 'true' || flag === 'false') && { shouldRetry: flag === 'true' }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function toMilliseconds(value: string | undefined, unit: number): number | undefined {
  const number = value === undefined || value.trim() === '' ? NaN : Number(value);
  return Number.isFinite(number) ? number * unit : undefined;
}

function millisecondsUntil(value: string | undefined, clock: Clock): number | undefined {
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? undefined : date - clock.now();
}
