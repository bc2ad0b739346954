import type { Answer } from './answer';

/** Seconds between which half of the waits lie. */
export interface ThinkingTimeRange {
  readonly from: number;
  readonly to: number;
}

/** Fewer waits tell nothing of what is usual. */
const MIN_SAMPLES = 3;

/** The typical range: the middle half of the given times in seconds; undefined if there are too few. */
export function typicalThinkingTime(waits: readonly number[]): ThinkingTimeRange | undefined {
  if (waits.length < MIN_SAMPLES) return undefined;
  const sorted = [...waits].sort((a, b) => a - b);
  const quartile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { from: Math.max(1, Math.round(quartile(0.25))), to: Math.max(1, Math.round(quartile(0.75))) };
}

/** Seconds that the model thought before the first word of its last piece of work; undefined without one. */
export function thinkingTime({ runs }: Answer): number | undefined {
  const run = runs.at(-1);
  if (run?.sentAt === undefined || run.firstWordAt === undefined) return undefined;
  // A clock that was set back meanwhile tells nothing.
  return run.firstWordAt < run.sentAt ? undefined : (run.firstWordAt - run.sentAt) / 1000;
}
