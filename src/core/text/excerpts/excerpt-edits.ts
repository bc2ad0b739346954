import { endOfBlock, endOfHead, endWithin, isOpener } from './blocks-by-indentation';
import { hunksOfExcerpt, type HunkBlock, type ExcerptHunk } from './excerpt-hunks';
import { isFunction, leavesOutMembers } from './left-out-members';
import { indentedAs, type LineEdit } from './line-edits';
import {
  assignedName,
  hasUnmatchedName,
  indexOf,
  matchesOf,
  type LineIndex,
  type LineMatch,
} from './line-matches';
import { depthOf, hasLetters, isNotBlank } from './lines';
import { replacementStart } from './hunk-start';
import { endsWithPlaceholder } from './placeholders';
import { addedAtEnd, addedAtStart, changedReturn, withCommaOf } from './added-lines';

/** A block of a hunk whose first line was found in the text. */
interface MatchedBlock extends LineMatch, Pick<HunkBlock, 'end' | 'headEnd'> {}

/** Lines of a text and the block that consists of them; undefined for the whole text. */
interface Scope {
  readonly text: LineIndex;
  readonly block: 'function' | 'declarations' | undefined;
}

/**
 * The edits that apply an excerpt to a text; undefined if the place of one of its hunks is not certain. A hunk
 * replaces the lines that it repeats, and the blocks that these lines begin. All other lines of the text are kept.
 *
 * @param excerpt with its placeholders replaced by `markLeftOut`
 */
export function editsOfExcerpt(
  text: readonly string[],
  excerpt: readonly string[],
): readonly LineEdit[] | undefined {
  if (excerpt.some(endsWithPlaceholder)) {
    const edits =
      isBracketed(text) && isBracketed(excerpt)
        ? within(text, [1, text.findLastIndex(isNotBlank)], excerpt.slice(1, -1), 'declarations')
        : within(text, [0, text.length], excerpt);
    return edits?.length === 0 ? undefined : edits;
  }
  const [hunk, ...others] = hunksOfExcerpt(isBracketed(excerpt) ? excerpt.slice(1, -1) : excerpt);
  return hunk && others.length === 0
    ? editsOfHunk({ text: indexOf(text), block: undefined }, hunk, true)
    : undefined;
}

/** Whether the first line opens brackets that the last line closes, as in a JSON file. */
function isBracketed(lines: readonly string[]): boolean {
  return /^[{[]\s*$/.test(lines[0] ?? '') && /^[}\]]\s*$/.test(lines.findLast(isNotBlank) ?? '');
}

/** The edits of an excerpt within some lines of a text. */
function within(
  text: readonly string[],
  [start, end]: readonly [number, number],
  excerpt: readonly string[],
  block?: Scope['block'],
): readonly LineEdit[] | undefined {
  const scope = { text: indexOf(text.slice(start, end)), block };
  const edits: LineEdit[] = [];
  const replaced = new Set<number>();
  for (const hunk of hunksOfExcerpt(excerpt)) {
    const found = editsOfHunk(scope, hunk);
    // The place is not certain if two hunks replace the same line.
    if (!found || found.some((edit) => replaced.has(edit.start))) return undefined;
    for (const edit of found) {
      if (edit.end > edit.start) replaced.add(edit.start);
      edits.push({ ...edit, start: edit.start + start, end: edit.end + start });
    }
  }
  return edits;
}

/** @param isAlone whether the excerpt has no placeholders */
function editsOfHunk(scope: Scope, hunk: ExcerptHunk, isAlone = false): readonly LineEdit[] | undefined {
  const { lines: text } = scope.text;
  const { lines, blocks } = hunk;
  const matches = matchesOf(scope.text, lines);
  if (hasUnmatchedName(scope.text, lines, matches)) return undefined;
  const byStart = new Map(blocks.map((block) => [block.start, block]));
  const outer = matches.flatMap((match) => {
    const block = byStart.get(match.inHunk);
    return block ? [{ ...match, ...block }] : [];
  });
  const [first] = outer;
  if (!first) return withoutMatch(scope, hunk);
  const start = replacementStart(text, hunk, first, { isAlone, isInBlock: scope.block !== undefined });
  const indented = indentedAs(lines, lines[first.inHunk] ?? '', text[first.inText] ?? '');
  if (start === undefined || !indented) return undefined;
  return replacements({ text, lines: indented, outer, isAlone }, start);
}

function withoutMatch({ text, block }: Scope, hunk: ExcerptHunk): readonly LineEdit[] | undefined {
  // In a function, lines that are not in the text may be changed lines of it and not new ones.
  const editFor = block === 'function' ? changedReturn : block && hunk.isFirst ? addedAtStart : addedAtEnd;
  const edit = editFor(text.lines, hunk);
  return edit && [edit];
}

interface MatchedHunk {
  readonly text: readonly string[];
  readonly lines: readonly string[];
  readonly outer: readonly MatchedBlock[];
  readonly isAlone: boolean;
}

/** Replaces the matched blocks and the lines between them, but keeps lines of the text that the hunk does not show. */
function replacements(hunk: MatchedHunk, start: number): readonly LineEdit[] | undefined {
  const { text, lines, outer, isAlone } = hunk;
  const edits: LineEdit[] = [];
  let next = { inText: start, inHunk: 0 };
  const replaceUntil = (inText: number, inHunk: number): void => {
    const shown = lines.slice(next.inHunk, inHunk);
    if (shown.some(isNotBlank))
      edits.push({ start: next.inText, end: inText, lines: withCommaOf(text[inText - 1] ?? '', shown) });
  };
  for (const [index, block] of outer.entries()) {
    const previous = outer[index - 1];
    const between = previous ? linesBetween(hunk, previous, block) : 'shown';
    const within = editsWithin(text, lines, block);
    if (!within || between === 'unknown' || (isAlone && between === 'kept')) return undefined;
    if (previous && between === 'kept') {
      replaceUntil(endOfBlock(text, previous.inText), previous.end);
      next = block;
    }
    if (block.headEnd === undefined) continue;
    const isHeadShown = block.headEnd > block.inHunk;
    replaceUntil(isHeadShown ? endOfHead(text, block.inText) : block.inText, block.headEnd);
    edits.push(...within);
    next = { inText: endOfBlock(text, block.inText), inHunk: block.end };
  }
  replaceUntil(endOfBlock(text, outer.at(-1)?.inText ?? start), lines.length);
  return edits;
}

/**
 * `shown` if the hunk shows the lines of the text between two blocks, or other lines that replace them; `kept` if it
 * shows none; `unknown` if neither is certain.
 */
function linesBetween(
  { text, lines }: MatchedHunk,
  previous: MatchedBlock,
  block: MatchedBlock,
): 'shown' | 'kept' | 'unknown' {
  const start = endOfBlock(text, previous.inText);
  if (block.inText < start) return 'unknown';
  const before = text.slice(start, block.inText).filter(hasLetters);
  const shown = lines.slice(previous.end, block.inHunk).filter(hasLetters);
  if (before.length === 0) return 'shown';
  if (shown.length === 0) return 'kept';
  for (let at = start; at < block.inText; at++)
    if (isNotBlank(text[at]) && endOfBlock(text, at) > at + 1) return 'unknown';
  // A line for another property is not a changed version of a property of the text.
  const names = new Set([undefined, ...shown.map(assignedName)]);
  const isReplaced = shown.length >= before.length && before.every((line) => names.has(assignedName(line)));
  return isReplaced ? 'shown' : 'unknown';
}

/**
 * The edits within a block of which a placeholder replaces lines; empty if the block is replaced or kept as a whole;
 * undefined if the block may leave out other lines without a placeholder.
 */
function editsWithin(
  text: readonly string[],
  lines: readonly string[],
  { inHunk, inText, end, headEnd }: MatchedBlock,
): readonly LineEdit[] | undefined {
  const [head, headInText] = [lines[inHunk] ?? '', text[inText] ?? ''];
  const endInText = endOfBlock(text, inText);
  if (headEnd === undefined) {
    const hasNoBlock = isOpener(head) && end === inHunk + 1 && endInText > inText + 1;
    return hasNoBlock || leavesOutMembers(text, lines, { inHunk, inText }) ? undefined : [];
  }
  if (headEnd === inHunk)
    return headInText.trim().startsWith(head.trim().slice(0, -1).trim()) ? [] : undefined;
  const [start, last] = [endOfHead(text, inText), endWithin(text, inText, endInText)];
  const inner = lines.slice(headEnd, endWithin(lines, inHunk, end));
  const hasOtherBranch = inner.some((line) => isNotBlank(line) && depthOf(line) <= depthOf(head));
  if (hasOtherBranch || last <= start) return undefined;
  return within(text, [start, last], inner, isFunction(text, inText) ? 'function' : 'declarations');
}
