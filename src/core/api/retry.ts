import type { Clock } from '../clock';
import type { RetryHints, ChatError } from './errors';
import type { TransportResponse } from './transport';

/** Milliseconds up to which we wait at a service's word; beyond them the user is told, and asks again. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;
/** Milliseconds of thinking after which a failure may have been billed: then only the user asks again. */
const MAY_BE_BILLED_AFTER_MS = 30_000;

/**
 * Milliseconds to wait before a failed request is sent again, as OpenAI's SDK does (README.md, "Retries");
 * undefined where it must not be: it could be billed twice, or would fail again.
 *
 * @param retries how often it was sent again already
 * @param thought milliseconds since the request had left
 * @param random a number in [0, 1)
 */
export function retryDelay(
  error: ChatError,
  { shouldRetry, retryAfterMs: retryAfter }: RetryHints,
  retries: number,
  thought: number,
  random: number,
): number | undefined {
  // A clock that was set back meanwhile does not tell how long it thought.
  const surelyFree = thought >= 0 && thought < MAY_BE_BILLED_AFTER_MS;
  const again = shouldRetry ?? (surelyFree && isTransient(error));
  if (!again) return undefined;
  if (retryAfter === undefined || retryAfter < 0) {
    return Math.min(500 * 2 ** retries, 8000) * (1 - random * 0.25);
  }
  return retryAfter <= MAX_RETRY_AFTER_MS ? retryAfter : undefined;
}

function isTransient(error: ChatError): boolean {
  switch (error.kind) {
    case 'rate-limited':
    case 'server':
      return true;
    case 'network':
      return error.reason !== 'tls';
    default:
      return false;
  }
}

/** The delay that the headers of an error response ask for. Values other than numbers and dates are ignored. */
export function retryHints(response: TransportResponse, clock: Clock): RetryHints {
  const word = response.header('x-should-retry');
  const wait =
    toMilliseconds(response.header('retry-after-ms'), 1) ??
    toMilliseconds(response.header('retry-after'), 1000) ??
    millisecondsUntil(response.header('retry-after'), clock);
  return {
    ...((word === 'true' || word === 'false') && { shouldRetry: word === 'true' }),
    ...(wait !== undefined && { retryAfterMs: wait }),
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
