/** What a service made us send otherwise, as its refusals taught (protocol.md, section 3). */
export type Correction =
  /** The instructions open the first question. */
  | 'no-system-role'
  | 'max-tokens'
  | 'max-completion-tokens'
  | 'no-stream'
  | 'no-stream-options'
  /** Several answers are asked for one by one. */
  | 'single-answers'
  | 'no-seed'
  | 'no-name';

export type Corrections = ReadonlySet<Correction>;
