import { language } from '../ui/l10n';

/** How long ago something was, in short for the eye and in words for the ear. */
export interface Ago {
  readonly short: string;
  readonly long: string;
  /** The date and time itself. */
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

/** Undefined where the date is not known. */
export function agoOf(date: number, now: number): Ago | undefined {
  if (date === 0 || Number.isNaN(new Date(date).valueOf())) return undefined;
  const passed = Math.max(0, now - date);
  const [unit, length] = units.find(([, least]) => passed >= least) ?? ['minute', 60_000];
  const count = -Math.floor(passed / length);
  return {
    short: count === 0 ? long.format(0, 'second') : short.format(count, unit),
    long: count === 0 ? long.format(0, 'second') : long.format(count, unit),
    exact: exact.format(date),
  };
}
