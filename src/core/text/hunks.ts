import { diffArrays } from 'diff';
import type { OffsetEdit } from './offset-edits';

/** Lines of a text, from 0. If it has none, `start` is the line before which lines were removed or are added. */
export interface LineRange {
  readonly start: number;
  /** The line after the last one. */
  readonly end: number;
}

/** A run of lines that differ between two texts, as an edit of the first text. */
export interface Hunk extends OffsetEdit {
  readonly before: LineRange;
  readonly after: LineRange;
}

/** Time after which the search for the smallest difference is given up, in ms. */
const TIMEOUT_MS = 500;

/**
 * The runs of lines that differ, also in leading and trailing white space only. The line break after a last line is no
 * difference, as in VS Code's diff editor. If the texts differ in too many lines, they are one run.
 *
 * @param before a text with the same kind of line breaks as `after`
 */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const eol = `${before}${after}`.includes('\r\n') ? '\r\n' : '\n';
  const [lines, linesAfter] = [before.split(eol), after.split(eol)];
  const offsets = [0];
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + line.length + eol.length);
  return differingLines(lines, linesAfter).map((ranges) => ({
    ...ranges,
    ...offsetEditOf(offsets, ranges.before, linesAfter.slice(ranges.after.start, ranges.after.end), eol),
  }));
}

function differingLines(lines: string[], linesAfter: string[]): readonly Pick<Hunk, 'before' | 'after'>[] {
  const changes = diffArrays(lines, linesAfter, { timeout: TIMEOUT_MS });
  if (!changes) {
    return [{ before: { start: 0, end: lines.length }, after: { start: 0, end: linesAfter.length } }];
  }
  const runs: Pick<Hunk, 'before' | 'after'>[] = [];
  let [line, lineAfter] = [0, 0];
  for (const { removed, added, count } of changes) {
    const [end, endAfter] = [added ? line : line + count, removed ? lineAfter : lineAfter + count];
    if (removed || added) {
      const last = runs.at(-1);
      // Removed lines and the lines that take their place are one run.
      const isContinued = last?.before.end === line && last.after.end === lineAfter;
      const [start, startAfter] = isContinued ? [last.before.start, last.after.start] : [line, lineAfter];
      if (isContinued) runs.pop();
      runs.push({ before: { start, end }, after: { start: startAfter, end: endAfter } });
    }
    [line, lineAfter] = [end, endAfter];
  }
  return runs;
}

/**
 * Replaces whole lines. At the end of the text, the line break before them is replaced, too.
 *
 * @param offsets where each line starts, and where another one would start
 */
function offsetEditOf(
  offsets: readonly number[],
  { start, end }: LineRange,
  replacement: readonly string[],
  eol: string,
): OffsetEdit {
  const offsetOf = (line: number): number => offsets[line] ?? 0;
  const lineCount = offsets.length - 1;
  if (end < lineCount) {
    const text = replacement.map((line) => line + eol).join('');
    return { start: offsetOf(start), end: offsetOf(end), text };
  }
  const textEnd = offsetOf(lineCount) - eol.length;
  if (start === 0) return { start: 0, end: textEnd, text: replacement.join(eol) };
  const text = replacement.map((line) => eol + line).join('');
  return { start: offsetOf(start) - eol.length, end: textEnd, text };
}

/** Whether lines differ only in leading and trailing white space, which the diff editor of VS Code hides by default. */
export function differsInWhiteSpaceOnly({ start, end, text }: OffsetEdit, before: string): boolean {
  const trimmed = (lines: string): string =>
    lines
      .split('\n')
      .map((line) => line.trim())
      .join('\n');
  return trimmed(before.slice(start, end)) === trimmed(text);
}

/** Whether a selection of lines touches a range; one without lines is touched from the lines on both of its sides. */
export function touches(selected: LineRange, { start, end }: LineRange): boolean {
  return start === end
    ? selected.start <= start && selected.end >= start
    : selected.start < end && selected.end > start;
}
