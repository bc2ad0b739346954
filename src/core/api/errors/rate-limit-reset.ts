import { durationMs } from './retry-after-text';

/**
 * Pairs of headers: what is left of a limit, and when the limit is reset. OpenAI, Groq and others have one for requests
 * and one for tokens.
 */
const LIMIT_HEADERS: readonly (readonly [remaining: string, reset: string])[] = [
  ...['requests', 'tokens'].map(
    (unit) => [`x-ratelimit-remaining-${unit}`, `x-ratelimit-reset-${unit}`] as const,
  ),
  ...['requests', 'tokens', 'input-tokens', 'output-tokens'].map(
    (unit) => [`anthropic-ratelimit-${unit}-remaining`, `anthropic-ratelimit-${unit}-reset`] as const,
  ),
  ['x-ratelimit-remaining', 'x-ratelimit-reset'],
  ['ratelimit-remaining', 'ratelimit-reset'],
];

/**
 * The time until a rate limit is reset, in ms, by headers of which nothing is left. Undefined if there are none, or the
 * time is in the past.
 *
 * @param header returns the value of a header
 * @param now in ms since 1970
 */
export function rateLimitReset(
  header: (name: string) => string | undefined,
  now: number,
): number | undefined {
  const exhausted = LIMIT_HEADERS.flatMap(([remaining, reset]) =>
    Number(header(remaining) ?? NaN) <= 0 ? timeUntil(header(reset), now) : [],
  );
  const times = [timeUntil(header('retry-after'), now), ...exhausted].filter((time) => time !== undefined);
  const longest = Math.max(...times);
  return longest > 0 && longest < Infinity ? longest : undefined;
}

/** Seconds and ms since 1970 are larger than any duration in seconds. */
const [MIN_SECONDS_SINCE_1970, MIN_MS_SINCE_1970] = [1e9, 1e12];

/** Reads a duration in seconds or as in `1m30.5s`, a time since 1970 in seconds or ms, or a date. */
function timeUntil(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (text === '') return undefined;
  const number = Number(text);
  if (number >= MIN_MS_SINCE_1970) return number - now;
  if (number >= MIN_SECONDS_SINCE_1970) return number * 1000 - now;
  if (!Number.isNaN(number)) return number * 1000;
  if (DURATION.test(text)) return durationMs(text);
  const date = /^\d{4}-|^[A-Z][a-z]{2},/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : date - now;
}

const AMOUNT = '\\d+(?:\\.\\d+)?';
const DURATION = new RegExp(
  `^(?:${AMOUNT}d)?(?:${AMOUNT}h)?(?:${AMOUNT}m(?!s))?(?:${AMOUNT}s)?(?:${AMOUNT}ms)?$`,
);
