import type { Answer } from './answer';

/** The range in seconds that the middle half of the thinking times lies in. */
export interface ThinkingTimeRange {
  readonly from: number;
  readonly to: number;
}

/** Fewer samples than this are not representative. */
const MIN_SAMPLES = 3;

/** The typical range: the middle half of the given times in seconds. Undefined if there are too few. */
export function typicalThinkingTime(seconds: readonly number[]): ThinkingTimeRange | undefined {
  if (seconds.length < MIN_SAMPLES) return undefined;
  const sorted = [...seconds].sort((a, b) => a - b);
  const quartile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { from: Math.max(1, Math.round(quartile(0.25))), to: Math.max(1, Math.round(quartile(0.75))) };
}

/** The thinking time before the first word of the last run, in seconds; undefined if there was no word. */
export function thinkingTime({ runs }: Answer): number | undefined {
  const run = runs.at(-1);
  if (run?.sentAt === undefined || run.firstWordAt === undefined) return undefined;
  // The clock was set back, so the time is not known.
  return run.firstWordAt < run.sentAt ? undefined : (run.firstWordAt - run.sentAt) / 1000;
}
