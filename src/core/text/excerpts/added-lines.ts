import { endOfBlock, isCloser } from './blocks-by-indentation';
import type { ExcerptHunk } from './excerpt-hunks';
import type { LineEdit } from './line-edits';
import { depthOf, isNotBlank } from './lines';

/** The lines, with a comma after the last one if `line` ends with one. */
export function withCommaOf(line: string, lines: readonly string[]): readonly string[] {
  const last = lines.at(-1)?.trimEnd() ?? '';
  const needsComma = isNotBlank(last) && line.trimEnd().endsWith(',') && !/[,;([{]$/.test(last);
  return needsComma ? [...lines.slice(0, -1), `${last},`] : lines;
}

/** Adds the lines before a placeholder to the beginning of a block. */
export function addedAtStart(
  text: readonly string[],
  { lines, hasPlaceholderAfter }: ExcerptHunk,
): LineEdit | undefined {
  const first = text.find(isNotBlank);
  if (!hasPlaceholderAfter || first === undefined || depthOf(first) !== depthOf(lines[0] ?? ''))
    return undefined;
  return { start: 0, end: 0, lines: hasCommas(text, lines) ? withCommaOf(',', lines) : lines };
}

/** Adds the lines after a placeholder before the closing brackets at the end of a text. */
export function addedAtEnd(
  text: readonly string[],
  { lines, before, hasPlaceholderAfter, closers }: ExcerptHunk,
): LineEdit | undefined {
  if (hasPlaceholderAfter || !closers || before === undefined || depthOf(lines[0] ?? '') !== before)
    return undefined;
  const lastBefore = (end: number): number =>
    text.findLastIndex((line, index) => index < end && isNotBlank(line));
  let end = text.length;
  for (const closer of closers.toReversed()) {
    end = lastBefore(end);
    if (end < 0 || text[end]?.trimEnd() !== closer.trimEnd()) return undefined;
  }
  const isOutermost = text.every((line) => !isNotBlank(line) || depthOf(line) >= before);
  if (closers.length === 0 && !isOutermost) return undefined;
  const at = lastBefore(end) + 1;
  const previous = text[at - 1] ?? '';
  return hasCommas(text, lines)
    ? { start: at - 1, end: at, lines: [...withCommaOf(',', [previous]), ...lines] }
    : { start: at, end: at, lines: ['', ...lines] };
}

/** Replaces the last statement of a function if both that statement and the last one of the hunk return a value. */
export function changedReturn(
  text: readonly string[],
  { lines, blocks, hasPlaceholderAfter }: ExcerptHunk,
): LineEdit | undefined {
  const isReturn = (line: string | undefined): boolean => /^\s*return\b/.test(line ?? '');
  const depth = depthOf(lines[0] ?? '');
  const last = text.findLastIndex((line) => isNotBlank(line) && depthOf(line) <= depth && !isCloser(line));
  const isSame =
    isReturn(lines[blocks.at(-1)?.start ?? 0]) && isReturn(text[last]) && depthOf(text[last] ?? '') === depth;
  return isSame && !hasPlaceholderAfter ? { start: last, end: endOfBlock(text, last), lines } : undefined;
}

/** Whether the first of the added lines is a property, and properties of the text at its depth end with a comma. */
function hasCommas(text: readonly string[], [line = '']: readonly string[]): boolean {
  const isProperty = (each: string): boolean => /^\s*(?:"[^"]*"|'[^']*'|[\w$]+)\s*:/.test(each);
  const isSibling = (each: string): boolean =>
    depthOf(each) === depthOf(line) && isProperty(each) && each.trimEnd().endsWith(',');
  return isProperty(line) && text.some(isSibling);
}
