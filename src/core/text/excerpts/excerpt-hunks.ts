import { endOfBlock, endOfHead, isCloser, isOpener } from './blocks-by-indentation';
import { depthOf, hasLetters, isNotBlank, withoutBlankEnds } from './lines';
import { isPlaceholderLine, endsWithPlaceholder } from './placeholders';

/** A line of a hunk at its outermost depth, with the deeper lines that belong to it. */
export interface HunkBlock {
  readonly start: number;
  /** The index of the line after the block. */
  readonly end: number;
  /**
   * The index of the line after the head of the block if a placeholder replaces lines of the block; equal to `start`
   * if a placeholder on the first line replaces the whole body.
   */
  readonly headEnd: number | undefined;
}

/** Consecutive lines of an excerpt at one depth, with their blocks. Placeholders separate the hunks. */
export interface ExcerptHunk {
  readonly lines: readonly string[];
  readonly blocks: readonly HunkBlock[];
  /** The depth of the placeholder before the hunk; undefined if there is none. */
  readonly before: number | undefined;
  readonly hasPlaceholderAfter: boolean;
  readonly isFirst: boolean;
  /**
   * The closing lines of the surrounding blocks, if only such lines follow up to the end of the excerpt; undefined if
   * other lines follow.
   */
  readonly closers: readonly string[] | undefined;
}

/**
 * Splits an excerpt at its placeholders, and where a line is less deep than the hunk before it. `markLeftOut` must
 * have replaced the placeholders.
 */
export function hunksOfExcerpt(excerpt: readonly string[]): readonly ExcerptHunk[] {
  const hunks: ExcerptHunk[] = [];
  const lastContent = excerpt.findLastIndex((line) => isNotBlank(line) && !isCloser(line));
  let [start, depth]: [number, number] = [0, -1];
  let before: number | undefined;
  const endHunk = (end: number, hasPlaceholderAfter: boolean): void => {
    const lines = linesOfHunk(excerpt.slice(start, end));
    // Lines with brackets alone close blocks of the text, and change nothing.
    if (!lines.some(hasLetters)) return;
    const blocks = blocksOf(lines, hasPlaceholderAfter);
    const closers =
      !hasPlaceholderAfter && end > lastContent ? excerpt.slice(end).filter(isNotBlank) : undefined;
    hunks.push({ lines, blocks, before, hasPlaceholderAfter, isFirst: start === 0, closers });
  };
  for (let at = 0; at < excerpt.length;) {
    const line = excerpt[at] ?? '';
    if (isPlaceholderLine(line)) {
      endHunk(at, true);
      [start, depth, before] = [at + 1, -1, depthOf(line)];
    } else if (isNotBlank(line) && depthOf(line) < depth) {
      endHunk(at, false);
      [start, depth, before] = [at, depthOf(line), undefined];
    } else if (isNotBlank(line) && depth < 0) {
      depth = depthOf(line);
    }
    at = isNotBlank(line) && !isPlaceholderLine(line) ? endOfBlock(excerpt, at) : at + 1;
  }
  endHunk(excerpt.length, false);
  return hunks;
}

/** The lines without the brackets at their beginning that close blocks of earlier lines. */
function linesOfHunk(lines: readonly string[]): readonly string[] {
  const isOuterCloser = (line: string, index: number): boolean =>
    isCloser(line) && endOfBlock(lines, index) === index + 1;
  const first = lines.findIndex((line, index) => isNotBlank(line) && !isOuterCloser(line, index));
  return withoutBlankEnds(lines.slice(Math.max(0, first)), isNotBlank);
}

function blocksOf(lines: readonly string[], hasPlaceholderAfter: boolean): readonly HunkBlock[] {
  const blocks: HunkBlock[] = [];
  for (let start = 0; start < lines.length;) {
    const line = lines[start] ?? '';
    const end = isNotBlank(line) ? endOfBlock(lines, start) : start + 1;
    const isHead =
      lines.slice(start + 1, end).some(endsWithPlaceholder) ||
      // A placeholder after the head, at the same depth, stands for the block.
      (hasPlaceholderAfter && end === lines.length && end === start + 1 && isOpener(line));
    const headEnd = endsWithPlaceholder(line) ? start : isHead ? endOfHead(lines, start) : undefined;
    if (isNotBlank(line)) blocks.push({ start, end, headEnd });
    start = end;
  }
  return blocks;
}
