import { isProse } from './inline-math';

/** Lines that a formula with blank lines in it may have: a delimiter that nothing closes must not hold up the text. */
export const MAX_LINES = 40;
const OPENING = /^(?:\$\$|\\\[|\\begin\{)/;
/** The markers before the text of a line in lists and quotations. */
const MARKS = /^(?:[ \t>]|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*/;

/**
 * Whether a line may be within a formula that has blank lines: not if it is prose, or what begins another block. TeX
 * ends a formula at a blank line, models do not.
 */
export function mayBeMath(line: string): boolean {
  const text = line.replace(/^[ \t>]+/, '');
  if (/^(?:#{1,6}[ \t]|`{3}|~{3}|(?:[-*_][ \t]*){3,}$|\||<|!?\[[^\]]*\]\()/.test(text)) return false;
  if (isProse(text)) return false;
  // Two words are no formula, unless there are signs of one.
  const words = text.replace(/\\[a-zA-Z]+|\{[^{}]*\}/g, ' ').match(/[\p{L}]{2,}/gu)?.length ?? 0;
  return words < 2 || /[\\^_=+<>{}&]/.test(text);
}

/**
 * The first line from which on a text may still become another one, as it may begin a formula whose end has not come;
 * undefined where there is none.
 *
 * @param lines of which the last one may go on
 */
export function undecidedLine(lines: readonly string[], from: number): number | undefined {
  for (let line = Math.max(from, lines.length - MAX_LINES - 1); line < lines.length; line++) {
    const text = (lines[line] ?? '').replace(MARKS, '');
    if (!OPENING.test(text)) continue;
    const whole = lines.slice(line + 1, -1);
    // Up to the first blank line, all is still one paragraph.
    if (!whole.some((each) => /^[ \t>]*$/.test(each)) || [text, ...whole].every(mayBeMath)) return line;
  }
  return undefined;
}
