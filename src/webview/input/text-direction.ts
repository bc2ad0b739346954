/** Letters, and marks that set a direction. */
const STRONG = /[\p{L}\u200e\u200f]/u;
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Number of characters in which the first letter is searched for. */
const MAX_PREFIX = 2000;

/**
 * Longest text in which each line has its own direction, in characters. Chromium needs quadratic time for that in a long
 * line: a quarter of a second for each key at 90,000 characters.
 */
const MAX_LENGTH = 20_000;

/**
 * Sets the direction of a text box by its first letter, and of each line by the first letter of the line.
 * `dir="auto"` would do the same, but takes seconds for a long text.
 */
export function setDirection(box: HTMLTextAreaElement): void {
  const { value } = box;
  const first = STRONG.exec(value.slice(0, MAX_PREFIX))?.[0] ?? '';
  const direction = RIGHT_TO_LEFT.test(first) ? 'rtl' : '';
  // Setting the same direction again would compute the styles of all lines again.
  if (box.dir !== direction) box.dir = direction;
  box.style.unicodeBidi = value.length > MAX_LENGTH ? 'isolate' : 'plaintext';
}
