/** Letters, and marks that set a direction. */
const STRONG = /[\p{L}\u200e\u200f]/u;
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Number of characters in which the first letter is searched for. */
const MAX_PREFIX = 2000;

/** Longest text in which each line has its own direction, in characters. Chromium needs quadratic time for that. */
const MAX_LENGTH = 100_000;

/**
 * Sets the direction of a text box by its first letter, and of each line by the first letter of the line.
 * `dir="auto"` would do the same, but takes seconds for a long text.
 */
export function setDirection(box: HTMLTextAreaElement): void {
  const { value } = box;
  const first = STRONG.exec(value.slice(0, MAX_PREFIX))?.[0] ?? '';
  box.dir = RIGHT_TO_LEFT.test(first) ? 'rtl' : '';
  box.style.unicodeBidi = value.length > MAX_LENGTH ? 'isolate' : 'plaintext';
}
