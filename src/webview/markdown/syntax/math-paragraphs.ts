import { readsAsProse } from './math-or-prose';

/** Maximum number of lines of a formula with blank lines, so that an unclosed delimiter does not keep the text open. */
export const MAX_FORMULA_LINES = 40;
const OPENING = /^(?:\$\$|\\\[|\\begin\{)/;
/** The markers of lists and block quotes at the beginning of a line. */
const CONTAINER_MARKERS = /^(?:[ \t>]|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*/;

/**
 * Whether a line may be part of a formula with blank lines: not if it is prose or begins another block. TeX ends a formula
 * at a blank line, but models do not.
 */
export function mayBeMath(line: string): boolean {
  const text = line.replace(/^[ \t>]+/, '');
  if (/^(?:#{1,6}[ \t]|`{3}|~{3}|(?:[-*_][ \t]*){3,}$|<[a-z/!]|!?\[[^\]]*\]\()/i.test(text)) return false;
  // A row of a table has borders on both sides, or is the line below the head. "|x| = 1" is a norm.
  if (/^\|(?:[-:|\s]+|\s.*\|\s*)$/.test(text)) return false;
  if (readsAsProse(text)) return false;
  // Two words are not a formula, unless there are symbols of one.
  const words = text.replace(/\\[a-zA-Z]+|\{[^{}]*\}/g, ' ').match(/[\p{L}]{2,}/gu)?.length ?? 0;
  return words < 2 || /[\\^_=+<>{}&]/.test(text);
}

/** The position of a delimiter at the end of a line that opens a formula on the next lines; undefined if there is none. */
export function formulaAtLineEnd(line: string): number | undefined {
  const at = /(?<!\\)(?:\$\$|\\\[)[ \t]*$/.exec(line)?.index;
  // Dollar signs at the end may close a formula.
  const closes = at !== undefined && line[at] === '$' && line.split('$$').length % 2 === 1;
  return closes ? undefined : at;
}

/** The position at which a line opens a formula: at its beginning, after the markers of lists and block quotes, or at its end. */
export function openingIn(line: string): number | undefined {
  const markers = CONTAINER_MARKERS.exec(line)?.[0].length ?? 0;
  return OPENING.test(line.slice(markers)) ? markers : formulaAtLineEnd(line);
}

/**
 * The first line that may begin a formula whose end has not arrived, so that the text from there on can still change;
 * undefined if there is none.
 *
 * @param lines all lines; the last one may be incomplete
 */
export function undecidedLine(lines: readonly string[], from: number): number | undefined {
  for (let line = Math.max(from, lines.length - MAX_FORMULA_LINES - 1); line < lines.length; line++) {
    const text = (lines[line] ?? '').replace(CONTAINER_MARKERS, '');
    const opensAfterText = formulaAtLineEnd(text) !== undefined;
    if (!opensAfterText && !OPENING.test(text)) continue;
    const completeLines = lines.slice(line + 1, -1);
    // Up to the first blank line, the text is one paragraph, which can still change.
    if (
      !completeLines.some((each) => /^[ \t>]*$/.test(each)) ||
      [opensAfterText ? '' : text, ...completeLines].every(mayBeMath)
    )
      return line;
  }
  return undefined;
}
