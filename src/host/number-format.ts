import { env } from 'vscode';
import * as price from '../core/tokens/price';

// Numbers as the language of the interface writes them.

/** A count, such as 25,000. */
export function formatCount(count: number): string {
  return count.toLocaleString(env.language);
}

/** An amount of US dollars, such as $0.0042. */
export function formatUsd(usd: number): string {
  return price.formatUsd(usd, env.language);
}

/** Seconds with their tenths, such as 12.0. */
export function formatTenths(seconds: number): string {
  return seconds.toLocaleString(env.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A day, from how the services write it, such as 2025-10-27. */
export function formatDay(day: string): string {
  return new Date(day).toLocaleDateString(env.language, { dateStyle: 'medium', timeZone: 'UTC' });
}
