/** The units of a duration in the order of `AMOUNT`, in ms. */
const UNITS = [1, 1000, 60_000, 3_600_000, 86_400_000] as const;

const AMOUNT =
  '(\\d[\\d.]*) ?(?:(ms|milliseconds?)|(s|secs?|seconds?)|(m|mins?|minutes?)|(h|hours?)|(d|days?))(?![a-z]) ?';

/** How long to wait, such as `6.4s`, `9m38.016s` and `1 hour`. */
export const DURATION = `(?:${AMOUNT.replace(/\((?!\?)/g, '(?:')})+`;

/** The words before the duration, as in "Please try again in 20s" and "Please wait 30 seconds before retrying". */
const WAIT = new RegExp(
  `\\b(?:(?:retry(?:ing)?|try again|available|resets?) (?:in|after)|wait(?: for)?) (?:about )?(${DURATION})`,
  'i',
);

/** The time after which a message asks to try again, in ms; undefined if it names none. */
export function namedWait(message: string): number | undefined {
  const [, duration] = WAIT.exec(message) ?? [];
  if (duration === undefined) return undefined;
  const amounts = Array.from(duration.matchAll(new RegExp(AMOUNT, 'gi')), ([, amount, ...names]) => {
    const unit = UNITS[names.findIndex(Boolean)] ?? NaN;
    return Number(amount) * unit;
  });
  const total = Math.ceil(amounts.reduce((sum, amount) => sum + amount, 0));
  return Number.isFinite(total) ? total : undefined;
}
