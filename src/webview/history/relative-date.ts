import { language } from '../ui/l10n';

/** The time since a date: short to be shown, long to be read out. */
export interface RelativeDate {
  readonly short: string;
  readonly long: string;
  /** The date and time. */
  readonly exact: string;
}

const units = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const short = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'always' });
const long = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const exact = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });

/** The time from a date until now; undefined if the date is not known. */
export function relativeDate(date: number, now: number): RelativeDate | undefined {
  if (date === 0 || Number.isNaN(new Date(date).valueOf())) return undefined;
  const elapsed = Math.max(0, now - date);
  const [unit, length] = units.find(([, length]) => elapsed >= length) ?? ['minute', 60_000];
  const count = -Math.floor(elapsed / length);
  return {
    short: count === 0 ? long.format(0, 'second') : short.format(count, unit),
    long: count === 0 ? long.format(0, 'second') : long.format(count, unit),
    exact: exact.format(date),
  };
}
