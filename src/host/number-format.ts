import { env } from 'vscode';
import * as price from '../core/tokens/price';

// Numbers as the language of the interface writes them.

/** A count, such as 25,000. */
export function formatCount(count: number): string {
  return count.toLocaleString(env.language);
}

/** An amount of US dollars, such as $0.0042. */
export function formatUsd(usd: number): string {
  return price.formatUsdIn(usd, env.language);
}

/** Seconds with their tenths, such as 12.0. */
export function formatTenths(seconds: number): string {
  return seconds.toLocaleString(env.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A day, from how the services write it, such as 2025-10-27. */
export function formatDay(day: string): string {
  return new Date(day).toLocaleDateString(env.language, { dateStyle: 'medium', timeZone: 'UTC' });
}

const AGE_UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** The time since a moment, such as "2 hours ago". Both are in ms since 1970. */
export function formatAge(at: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(env.language, { numeric: 'auto' });
  const elapsed = Math.max(0, now - at);
  const unit = AGE_UNITS.find(([, length]) => elapsed >= length);
  return unit ? format.format(-Math.floor(elapsed / unit[1]), unit[0]) : format.format(0, 'second');
}
