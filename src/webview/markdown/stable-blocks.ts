import type { Block } from './parser';
import { undecidedLine } from './syntax/math-paragraphs';

const formulaStart = /\$\$|\\\[|\\begin/;

/** The number of blocks at the beginning of a text that no text after it can change, and their length. */
export function findStableBlocks(
  text: string,
  blocks: readonly Block[],
): { readonly count: number; readonly length: number; readonly fenced: boolean } {
  const lines = text.split('\n');
  const isWhole = (line: number): boolean => line < lines.length - 1;
  const isBlank = (line: number): boolean => /^[ \t]*$/.test(lines[line] ?? '');
  const undecided = Math.min(
    undecidedLine(lines, 0) ?? Infinity,
    blocks.find((block) => block.undecided)?.line ?? Infinity,
  );
  const closing = Math.max(
    0,
    blocks.findLastIndex(
      ({ line, offset }) =>
        line > 0 && offset === 0 && line <= undecided && isBlank(line - 1) && isWhole(line),
    ),
  );
  const from = closing === 0 ? 0 : (blocks[closing]?.line ?? 0);
  const last = blocks.at(-1);

  /**
   * Whether a fence makes the blocks before it stable. If no blank line follows, lines before the fence and lines in
   * it may still become one formula.
   */
  function stabilizesBlocksBefore({ line: fence, offset }: Block): boolean {
    if (!isWhole(fence)) return false;
    const before = [...lines.slice(from, fence), lines[fence]?.slice(0, offset)];
    if (!formulaStart.test(before.join('\n'))) return true;
    return lines.some((_, line) => line > fence && isWhole(line) && isBlank(line));
  }

  const isFenced =
    last?.openFence === true && !blocks.some((block) => block.undecided) && stabilizesBlocksBefore(last);
  const length = isFenced ? blockStart(last, lines) : lengthOf(lines, from);
  return { count: isFenced ? blocks.length - 1 : closing, length, fenced: isFenced };
}

/** The position of a block in its text. */
export function blockStart({ line, offset }: Block, lines: readonly string[]): number {
  return lengthOf(lines, line) + offset;
}

/** The length of the first lines of a text, with their line breaks. */
export function lengthOf(lines: readonly string[], count: number): number {
  return lines.slice(0, count).reduce((sum, line) => sum + line.length + 1, 0);
}
