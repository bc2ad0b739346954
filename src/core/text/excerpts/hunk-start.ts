import { endOfBlock } from './blocks-by-indentation';
import type { ExcerptHunk } from './excerpt-hunks';
import type { LineMatch } from './line-matches';
import { hasLetters, isNotBlank } from './lines';

/** A comment, a decorator, or an attribute, which belongs to the line after it. */
const ANNOTATION = /^\s*(?:[@/*<;[-]|#(?!(?:include|define|import|pragma|if|ifdef|ifndef)\b)|"")/;

/** Whether a hunk is the only one of its excerpt, and whether it is within a block. */
interface Place {
  readonly isAlone: boolean;
  readonly isInBlock: boolean;
}

/**
 * The index of the first line of the text that a hunk replaces; undefined if that is not certain. Lines of the hunk
 * before its first match are new if they belong to the matched line, as comments and decorators do, or if a blank
 * line separates them from it. In a hunk that is the whole excerpt, a blank line is not enough: such lines may begin
 * another version of the text.
 */
export function replacementStart(
  text: readonly string[],
  { lines, before, isFirst }: ExcerptHunk,
  { inHunk, inText }: LineMatch,
  { isAlone, isInBlock }: Place,
): number | undefined {
  const repeated = lines
    .slice(0, inHunk)
    .toReversed()
    .findIndex((line, index) => !isNotBlank(line) || line.trim() !== text[inText - index - 1]?.trim());
  const repeatedCount = repeated < 0 ? inHunk : repeated;
  const added = lines.slice(0, inHunk - repeatedCount);
  const lastBlank = added.findLastIndex((line) => !isNotBlank(line));
  const belongs = (line: string, index: number): boolean =>
    !isNotBlank(line) || (!isAlone && index < lastBlank) || ANNOTATION.test(line);
  if (added.every(belongs)) return inText - repeatedCount;
  const isAfterHead = isInBlock && isFirst && before === undefined;
  return isAfterHead && replacesStart(text.slice(0, inText), added) ? 0 : undefined;
}

/** Whether the added lines at the beginning of a block replace the lines of the text there. */
function replacesStart(text: readonly string[], added: readonly string[]): boolean {
  const isBlock = (line: string, index: number): boolean =>
    isNotBlank(line) && endOfBlock(text, index) > index + 1;
  return !text.some(isBlock) && text.filter(hasLetters).length <= added.filter(hasLetters).length;
}
