const corrections = [
  /** The instructions open the first question. */
  'no-system-role',
  'max-tokens',
  'max-completion-tokens',
  'no-stream',
  'no-stream-options',
  /** Several answers are asked for one by one. */
  'single-answers',
  'no-seed',
  'no-name',
] as const;

/** Changes to a request that a service has required by refusing it (README.md, "Corrections"). */
export type Correction = (typeof corrections)[number];

export type Corrections = ReadonlySet<Correction>;

export function isCorrection(value: unknown): value is Correction {
  return corrections.some((correction) => correction === value);
}
