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

/** What a service made us send otherwise, as its refusals taught (protocol.md, section 3). */
export type Correction = (typeof corrections)[number];

export type Corrections = ReadonlySet<Correction>;

export function isCorrection(value: unknown): value is Correction {
  return corrections.some((correction) => correction === value);
}
