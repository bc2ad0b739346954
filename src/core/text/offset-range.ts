/** A part of a text, in UTF-16 units from its beginning. The end is not included. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}
