/** Milliseconds that a date can have; 0, as where it is not known, for any others. */
export function knownTime(milliseconds: number): number {
  return Number.isNaN(new Date(milliseconds).valueOf()) || milliseconds < 0 ? 0 : milliseconds;
}
