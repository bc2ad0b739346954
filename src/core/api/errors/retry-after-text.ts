/** A duration in a message, such as `6.4s`, `9m38.016s` or `1 hour`, as the source of a regular expression. */
export const DURATION =
  '(?:\\d[\\d.]* ?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)(?![a-z]) ?)+';

const WAIT = new RegExp(
  `\\b(?:(?:retry|try again) (?:in|after)|wait(?: for)?) (?:about )?(${DURATION})`,
  'i',
);

/** The beginnings of the units of a duration, in ms. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, mil: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };

/** The time after which a message asks to try again, in ms; undefined if it names none. */
export function retryAfterInMessage(message: string): number | undefined {
  const duration = WAIT.exec(message)?.[1]?.toLowerCase();
  if (duration === undefined) return undefined;
  const total = durationMs(duration);
  return Number.isFinite(total) ? Math.ceil(total) : undefined;
}

/** The length of a duration such as `9m38.016s`, in lower case, in ms; NaN if an amount is not a number. */
export function durationMs(duration: string): number {
  let total = 0;
  for (const [, amount, unit = ''] of duration.matchAll(/([\d.]+) ?(ms|mil|[smhd])/g))
    total += Number(amount) * (UNITS[unit] ?? NaN);
  return total;
}
