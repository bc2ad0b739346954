import { endOfBlock, endOfHead, isCloser, isOpener } from './blocks-by-indentation';
import { depthOf, hasLetters, isText, withoutBlankEnds } from './lines';
import { isMark, isMarked } from './placeholders';

/** A line of a part with its block. */
export interface Member {
  readonly start: number;
  /** The line after its last one. */
  readonly end: number;
  /** The line after its head if lines of its block are left out. A member that is left out as a whole has no head. */
  readonly headEnd: number | undefined;
}

/** Lines of an excerpt at one depth, with their blocks, between placeholders. */
export interface Part {
  readonly lines: readonly string[];
  readonly members: readonly Member[];
  /** The depth of the placeholder before them; undefined if there is none. */
  readonly before: number | undefined;
  readonly hasMarkAfter: boolean;
  readonly isFirst: boolean;
  /** What closes something around them, up to the end of the excerpt; undefined if other lines follow. */
  readonly closers: readonly string[] | undefined;
}

/** Splits a marked excerpt at its placeholders, and at the end of a block that has begun before it. */
export function partsOf(excerpt: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  const lastContent = excerpt.findLastIndex((line) => isText(line) && !isCloser(line));
  let [start, depth]: [number, number] = [0, -1];
  let before: number | undefined;
  const endPart = (end: number, hasMarkAfter: boolean): void => {
    const lines = linesOfPart(excerpt.slice(start, end));
    // Brackets alone are those of the text.
    if (!lines.some(hasLetters)) return;
    const members = membersOf(lines, hasMarkAfter);
    const closers = !hasMarkAfter && end > lastContent ? excerpt.slice(end).filter(isText) : undefined;
    parts.push({ lines, members, before, hasMarkAfter, isFirst: start === 0, closers });
  };
  for (let at = 0; at < excerpt.length;) {
    const line = excerpt[at] ?? '';
    if (isMark(line)) {
      endPart(at, true);
      [start, depth, before] = [at + 1, -1, depthOf(line)];
    } else if (isText(line) && depthOf(line) < depth) {
      endPart(at, false);
      [start, depth, before] = [at, depthOf(line), undefined];
    } else if (isText(line) && depth < 0) {
      depth = depthOf(line);
    }
    at = isText(line) && !isMark(line) ? endOfBlock(excerpt, at) : at + 1;
  }
  endPart(excerpt.length, false);
  return parts;
}

/** The lines without brackets that close something before them. */
function linesOfPart(lines: readonly string[]): readonly string[] {
  const isOuterCloser = (line: string, index: number): boolean =>
    isCloser(line) && endOfBlock(lines, index) === index + 1;
  const first = lines.findIndex((line, index) => isText(line) && !isOuterCloser(line, index));
  return withoutBlankEnds(lines.slice(Math.max(0, first)), isText);
}

function membersOf(lines: readonly string[], hasMarkAfter: boolean): readonly Member[] {
  const members: Member[] = [];
  for (let start = 0; start < lines.length;) {
    const line = lines[start] ?? '';
    const end = isText(line) ? endOfBlock(lines, start) : start + 1;
    const isHead =
      lines.slice(start + 1, end).some(isMarked) ||
      // A placeholder that is not indented stands for the block.
      (hasMarkAfter && end === lines.length && end === start + 1 && isOpener(line));
    const headEnd = isMarked(line) ? start : isHead ? endOfHead(lines, start) : undefined;
    if (isText(line)) members.push({ start, end, headEnd });
    start = end;
  }
  return members;
}
