import type { Answer } from './answer';

/** The range of the middle half of some values. */
export interface TypicalRange {
  readonly from: number;
  readonly to: number;
}

/** Fewer samples than this are not representative. */
const MIN_SAMPLES = 3;

/** The middle half of the given values. Undefined if there are too few. */
export function typicalRange(values: readonly number[]): TypicalRange | undefined {
  if (values.length < MIN_SAMPLES) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const quartile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { from: quartile(0.25), to: quartile(0.75) };
}

/** The typical range of the given times in seconds, in full seconds. */
export function typicalThinkingTime(seconds: readonly number[]): TypicalRange | undefined {
  const range = typicalRange(seconds);
  const whole = (time: number): number => Math.max(1, Math.round(time));
  return range && { from: whole(range.from), to: whole(range.to) };
}

/** The thinking time before the first word of the last run, in seconds; undefined if there was no word. */
export function thinkingTime({ runs }: Answer): number | undefined {
  const run = runs.at(-1);
  if (run?.sentAt === undefined || run.firstWordAt === undefined) return undefined;
  // The clock was set back, so the time is not known.
  return run.firstWordAt < run.sentAt ? undefined : (run.firstWordAt - run.sentAt) / 1000;
}
