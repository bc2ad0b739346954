import type { LineRange } from '../hunks';
import type { OffsetEdit } from '../offset-edits';
import { leadingSpace } from '../insertion/indent-inserted-code';

/** Lines of a text, and the lines that replace them. */
export interface LineEdit extends LineRange {
  readonly lines: readonly string[];
}

/**
 * Converts edits of lines into edits by offset of a text whose line breaks are LF, in order; undefined if some of
 * them overlap.
 */
export function offsetEditsOf(
  lines: readonly string[],
  edits: readonly LineEdit[],
): readonly OffsetEdit[] | undefined {
  const inOrder = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  if (inOrder.some(({ start }, index) => start < (inOrder[index - 1]?.end ?? 0))) return undefined;
  const offsets = [0];
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + line.length + 1);
  const offsetOf = (line: number): number => offsets[line] ?? 0;
  return inOrder.map(({ start, end, lines: added }) => {
    // If the last lines of the text are removed, the line break before them is removed, too.
    if (end > start && added.length === 0 && end === lines.length)
      return { start: Math.max(0, offsetOf(start) - 1), end: offsetOf(end) - 1, text: '' };
    if (end > start && added.length === 0) return { start: offsetOf(start), end: offsetOf(end), text: '' };
    if (end > start) return { start: offsetOf(start), end: offsetOf(end) - 1, text: added.join('\n') };
    const isAtEnd = start === lines.length;
    const at = offsetOf(start) - (isAtEnd ? 1 : 0);
    return { start: at, end: at, text: added.map((line) => (isAtEnd ? `\n${line}` : `${line}\n`)).join('') };
  });
}

/**
 * The lines, indented as the place where they are inserted; undefined if their indentation does not allow that.
 *
 * @param place the line of the text at the position of `line`, which is one of the lines
 */
export function indentedAs(
  lines: readonly string[],
  line: string,
  place: string,
): readonly string[] | undefined {
  const indent = leadingSpace(line);
  const placeIndent = leadingSpace(place);
  if (indent.endsWith(placeIndent)) {
    const removed = indent.slice(0, indent.length - placeIndent.length);
    const canMove = lines.every((each) => each.trim() === '' || each.startsWith(removed));
    return canMove
      ? lines.map((each) => (each.trim() === '' ? each : each.slice(removed.length)))
      : undefined;
  }
  if (!placeIndent.endsWith(indent)) return undefined;
  const added = placeIndent.slice(0, placeIndent.length - indent.length);
  return lines.map((each) => (each.trim() === '' ? each : added + each));
}
