import { endOfBlock, endOfHead, endWithin, isOpener } from './blocks-by-indentation';
import { partsOf, type Member, type Part } from './excerpt-parts';
import { isFunction, leavesOutMembers } from './left-out-members';
import { indentedAs, type LineEdit } from './line-edits';
import {
  assignedName,
  hasUnmatchedName,
  indexOf,
  matchesOf,
  type LineIndex,
  type Match,
} from './line-matches';
import { depthOf, hasLetters, isText } from './lines';
import { startOf } from './part-start';
import { isMarked } from './placeholders';
import { addedAtEnd, addedAtStart, changedReturn, withCommaOf } from './added-lines';

/** A member of a part, and its head in the text. */
interface MatchedMember extends Match, Pick<Member, 'end' | 'headEnd'> {}

/** Lines of a text and the block that consists of them; undefined for the whole text. */
interface Scope {
  readonly text: LineIndex;
  readonly block: 'function' | 'declarations' | undefined;
}

/**
 * Where the parts of an excerpt belong in a text; undefined if the place of one is not certain. A part replaces the lines
 * that it repeats, and the blocks that these lines begin. All other lines of the text are kept.
 *
 * @param excerpt with marks for the lines that it leaves out
 */
export function editsOfExcerpt(
  text: readonly string[],
  excerpt: readonly string[],
): readonly LineEdit[] | undefined {
  if (excerpt.some(isMarked)) {
    const edits =
      isBracketed(text) && isBracketed(excerpt)
        ? within(text, [1, text.findLastIndex(isText)], excerpt.slice(1, -1), 'declarations')
        : within(text, [0, text.length], excerpt);
    return edits?.length === 0 ? undefined : edits;
  }
  const [part, ...others] = partsOf(isBracketed(excerpt) ? excerpt.slice(1, -1) : excerpt);
  return part && others.length === 0
    ? editsOfPart({ text: indexOf(text), block: undefined }, part, true)
    : undefined;
}

/** Whether lines are all in brackets, such as those of a file of JSON. */
function isBracketed(lines: readonly string[]): boolean {
  return /^[{[]\s*$/.test(lines[0] ?? '') && /^[}\]]\s*$/.test(lines.findLast(isText) ?? '');
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
  for (const part of partsOf(excerpt)) {
    const found = editsOfPart(scope, part);
    // A line that is shown twice has no certain place.
    if (!found || found.some((edit) => replaced.has(edit.start))) return undefined;
    for (const edit of found) {
      if (edit.end > edit.start) replaced.add(edit.start);
      edits.push({ ...edit, start: edit.start + start, end: edit.end + start });
    }
  }
  return edits;
}

/** @param isAlone whether the excerpt has no placeholders */
function editsOfPart(scope: Scope, part: Part, isAlone = false): readonly LineEdit[] | undefined {
  const { lines: text } = scope.text;
  const { lines, members } = part;
  const matches = matchesOf(scope.text, lines);
  if (hasUnmatchedName(scope.text, lines, matches)) return undefined;
  const byStart = new Map(members.map((member) => [member.start, member]));
  const outer = matches.flatMap((match) => {
    const member = byStart.get(match.inPart);
    return member ? [{ ...match, ...member }] : [];
  });
  const [first] = outer;
  if (!first) return withoutMatch(scope, part);
  const start = startOf(text, part, first, { isAlone, isInBlock: scope.block !== undefined });
  const indented = indentedAs(lines, lines[first.inPart] ?? '', text[first.inText] ?? '');
  if (start === undefined || !indented) return undefined;
  return replacements({ text, lines: indented, outer, isAlone }, start);
}

function withoutMatch({ text, block }: Scope, part: Part): readonly LineEdit[] | undefined {
  // In a function, lines that are not in the text may be changed ones.
  const editFor = block === 'function' ? changedReturn : block && part.isFirst ? addedAtStart : addedAtEnd;
  const edit = editFor(text.lines, part);
  return edit && [edit];
}

interface MatchedPart {
  readonly text: readonly string[];
  readonly lines: readonly string[];
  readonly outer: readonly MatchedMember[];
  readonly isAlone: boolean;
}

/** Replaces members with all that is between them, except for lines of the text that the part does not show. */
function replacements(part: MatchedPart, start: number): readonly LineEdit[] | undefined {
  const { text, lines, outer, isAlone } = part;
  const edits: LineEdit[] = [];
  let next = { inText: start, inPart: 0 };
  const replaceUntil = (inText: number, inPart: number): void => {
    const shown = lines.slice(next.inPart, inPart);
    if (shown.some(isText))
      edits.push({ start: next.inText, end: inText, lines: withCommaOf(text[inText - 1] ?? '', shown) });
  };
  for (const [index, member] of outer.entries()) {
    const previous = outer[index - 1];
    const between = previous ? linesBetween(part, previous, member) : 'shown';
    const within = editsWithin(text, lines, member);
    if (!within || between === 'unknown' || (isAlone && between === 'kept')) return undefined;
    if (previous && between === 'kept') {
      replaceUntil(endOfBlock(text, previous.inText), previous.end);
      next = member;
    }
    if (member.headEnd === undefined) continue;
    const isHeadShown = member.headEnd > member.inPart;
    replaceUntil(isHeadShown ? endOfHead(text, member.inText) : member.inText, member.headEnd);
    edits.push(...within);
    next = { inText: endOfBlock(text, member.inText), inPart: member.end };
  }
  replaceUntil(endOfBlock(text, outer.at(-1)?.inText ?? start), lines.length);
  return edits;
}

/** Whether a part shows the lines of the text between two members, or other lines in their place, or neither. */
function linesBetween(
  { text, lines }: MatchedPart,
  previous: MatchedMember,
  member: MatchedMember,
): 'shown' | 'kept' | 'unknown' {
  const start = endOfBlock(text, previous.inText);
  if (member.inText < start) return 'unknown';
  const before = text.slice(start, member.inText).filter(hasLetters);
  const shown = lines.slice(previous.end, member.inPart).filter(hasLetters);
  if (before.length === 0) return 'shown';
  if (shown.length === 0) return 'kept';
  for (let at = start; at < member.inText; at++)
    if (isText(text[at]) && endOfBlock(text, at) > at + 1) return 'unknown';
  // Another property is not the changed one.
  const names = new Set([undefined, ...shown.map(assignedName)]);
  const isReplaced = shown.length >= before.length && before.every((line) => names.has(assignedName(line)));
  return isReplaced ? 'shown' : 'unknown';
}

/** The edits within a member of which lines are left out; undefined if it is not certain what else it leaves out. */
function editsWithin(
  text: readonly string[],
  lines: readonly string[],
  { inPart, inText, end, headEnd }: MatchedMember,
): readonly LineEdit[] | undefined {
  const [head, headInText] = [lines[inPart] ?? '', text[inText] ?? ''];
  const endInText = endOfBlock(text, inText);
  if (headEnd === undefined) {
    const hasNoBlock = isOpener(head) && end === inPart + 1 && endInText > inText + 1;
    return hasNoBlock || leavesOutMembers(text, lines, { inPart, inText }) ? undefined : [];
  }
  if (headEnd === inPart)
    return headInText.trim().startsWith(head.trim().slice(0, -1).trim()) ? [] : undefined;
  const [start, last] = [endOfHead(text, inText), endWithin(text, inText, endInText)];
  const inner = lines.slice(headEnd, endWithin(lines, inPart, end));
  const hasOtherBranch = inner.some((line) => isText(line) && depthOf(line) <= depthOf(head));
  if (hasOtherBranch || last <= start) return undefined;
  return within(text, [start, last], inner, isFunction(text, inText) ? 'function' : 'declarations');
}
