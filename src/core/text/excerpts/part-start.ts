import { endOfBlock } from './blocks-by-indentation';
import type { Part } from './excerpt-parts';
import type { Match } from './line-matches';
import { hasLetters, isText } from './lines';

/** A comment, a decorator, or an attribute, which belongs to the line after it. */
const ANNOTATION = /^\s*(?:[@/*<;[-]|#(?!(?:include|define|import|pragma|if|ifdef|ifndef)\b)|"")/;

/** The place of a part: the only part of its excerpt, or one in a block. */
interface Place {
  readonly isAlone: boolean;
  readonly isInBlock: boolean;
}

/**
 * Where a part begins to replace the text; undefined if that is not certain. Lines before the first match are new if they
 * belong to it as comments and decorators do, or stand apart from it. Without a placeholder before them, such lines may
 * begin another version of the text.
 */
export function startOf(
  text: readonly string[],
  { lines, before, isFirst }: Part,
  { inPart, inText }: Match,
  { isAlone, isInBlock }: Place,
): number | undefined {
  const repeated = lines
    .slice(0, inPart)
    .toReversed()
    .findIndex((line, index) => !isText(line) || line.trim() !== text[inText - index - 1]?.trim());
  const repeatedCount = repeated < 0 ? inPart : repeated;
  const added = lines.slice(0, inPart - repeatedCount);
  const lastBlank = added.findLastIndex((line) => !isText(line));
  const belongs = (line: string, index: number): boolean =>
    !isText(line) || (!isAlone && index < lastBlank) || ANNOTATION.test(line);
  if (added.every(belongs)) return inText - repeatedCount;
  const isAfterHead = isInBlock && isFirst && before === undefined;
  return isAfterHead && replacesStart(text.slice(0, inText), added) ? 0 : undefined;
}

/** Whether lines at the beginning of a block take the place of those of the text. */
function replacesStart(text: readonly string[], added: readonly string[]): boolean {
  const isBlock = (line: string, index: number): boolean =>
    isText(line) && endOfBlock(text, index) > index + 1;
  return !text.some(isBlock) && text.filter(hasLetters).length <= added.filter(hasLetters).length;
}
