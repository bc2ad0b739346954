import { leadingSpace } from '../insertion/indent-inserted-code';

export function isNotBlank(line: string | undefined): boolean {
  return line !== undefined && line.trim() !== '';
}

/** Whether a line has more than punctuation. */
export function hasLetters(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line);
}

/** The width of the indentation of a line, in columns. */
export function depthOf(line: string): number {
  return leadingSpace(line).replaceAll('\t', '    ').length;
}

/** The lines from the first to the last that has content. */
export function withoutBlankEnds<Line>(
  lines: readonly Line[],
  isContent: (line: Line) => boolean,
): readonly Line[] {
  return lines.slice(Math.max(0, lines.findIndex(isContent)), lines.findLastIndex(isContent) + 1);
}
