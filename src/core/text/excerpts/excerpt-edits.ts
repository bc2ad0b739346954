import { endOfBlock, isCloser } from './blocks-by-indentation';
import { leavesOutMembers } from './left-out-members';
import { indentedAs, type LineEdit } from './line-edits';
import { hasUnmatchedName, matchesOf, type Match } from './line-matches';
import { depthOf, hasLetters, isText, withoutBlankEnds } from './lines';

/** Lines of an excerpt between two of its placeholders. */
interface Part {
  readonly lines: readonly string[];
  /** The depth of the placeholder before and after it; undefined if there is none. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/**
 * Where the parts of an excerpt belong in a text; undefined if the place of one is not certain. A part replaces the lines
 * that it repeats, and the blocks that these lines begin. All other lines of the text are kept.
 *
 * @param isPlaceholder whether a line of the excerpt stands for lines of the text
 */
export function editsOfExcerpt(
  text: readonly string[],
  excerpt: readonly string[],
  isPlaceholder: (line: string) => boolean,
): readonly LineEdit[] | undefined {
  const edits = partsOf(excerpt, isPlaceholder).map((part) => editOf(text, part));
  return edits.length > 0 && edits.every((edit) => edit !== undefined) ? edits : undefined;
}

function partsOf(excerpt: readonly string[], isPlaceholder: (line: string) => boolean): readonly Part[] {
  const placeholders = excerpt.flatMap((line, index) => (isPlaceholder(line) ? [index] : []));
  const depthAt = (index: number | undefined): number | undefined =>
    index === undefined ? undefined : depthOf(excerpt[index] ?? '');
  return [undefined, ...placeholders].flatMap((start, index) => {
    const end = placeholders[index];
    const lines = withoutBlankEnds(excerpt.slice(start === undefined ? 0 : start + 1, end), isText);
    // Brackets alone are those of the text.
    return lines.some(hasLetters) ? [{ lines, before: depthAt(start), after: depthAt(end) }] : [];
  });
}

function editOf(text: readonly string[], part: Part): LineEdit | undefined {
  const { lines, closers } = withoutOuterClosers(part);
  const matches = matchesOf(text, lines);
  if (hasUnmatchedName(text, lines, matches)) return undefined;
  const lowest = Math.min(...matches.map(({ inPart }) => depthOf(lines[inPart] ?? '')));
  const outer = matches.filter(({ inPart }) => depthOf(lines[inPart] ?? '') === lowest);
  const first = matches.find((match) => outer.includes(match) || match.inText < (outer[0]?.inText ?? 0));
  if (!first) return part.after === undefined ? appended(text, part, lines, closers) : undefined;
  const isAlone = part.before === undefined && part.after === undefined;
  if (isAlone && (passesOverLines(text, lines, outer) || leavesOutMembers(text, lines, outer)))
    return undefined;
  const start = startOf(text, lines, first, isAlone);
  const end = endOf(text, lines, { matches, outer, after: part.after });
  const indented = indentedAs(lines, lines[first.inPart] ?? '', text[first.inText] ?? '');
  if (start === undefined || end === undefined || !indented) return undefined;
  return { start, end, lines: withCommaOf(text[end - 1] ?? '', indented) };
}

/** The lines, of which the last keeps the comma after it. */
function withCommaOf(line: string, lines: readonly string[]): readonly string[] {
  const last = lines.at(-1)?.trimEnd() ?? '';
  const needsComma = line.trimEnd().endsWith(',') && !/[,;([{]$/.test(last);
  return needsComma ? [...lines.slice(0, -1), `${last},`] : lines;
}

/** Whether lines between two matches are in the text, and no other lines in their place. */
function passesOverLines(
  text: readonly string[],
  lines: readonly string[],
  outer: readonly Match[],
): boolean {
  const countOf = (all: readonly string[], from: number, to: number): number =>
    all.slice(endOfBlock(all, from), to).filter(hasLetters).length;
  return outer.some((match, index) => {
    const previous = outer[index - 1];
    if (!previous) return false;
    const inText = countOf(text, previous.inText, match.inText);
    return inText > countOf(lines, previous.inPart, match.inPart);
  });
}

/** A comment, a decorator, or an attribute, which belongs to the line after it. */
const ANNOTATION = /^\s*(?:[@/*<;[-]|#(?!(?:include|define|import|pragma|if|ifdef|ifndef)\b)|"")/;

/**
 * Where lines begin to replace the text; undefined if that is not certain. Lines before the first match are new if they
 * belong to it as comments and decorators do, or stand apart from it.
 *
 * @param isAlone whether no placeholder stands for lines before them; other lines may then begin another version of the
 * text
 */
function startOf(
  text: readonly string[],
  lines: readonly string[],
  { inPart, inText }: Match,
  isAlone: boolean,
): number | undefined {
  const repeated = lines
    .slice(0, inPart)
    .toReversed()
    .findIndex((line, index) => !isText(line) || line.trim() !== text[inText - index - 1]?.trim());
  const repeatedCount = repeated < 0 ? inPart : repeated;
  const added = lines.slice(0, inPart - repeatedCount);
  const lastBlank = added.findLastIndex((line) => !isText(line));
  const depth = depthOf(lines[inPart] ?? '');
  const belongs = (line: string, index: number): boolean =>
    !isText(line) || (depthOf(line) >= depth && ((!isAlone && index < lastBlank) || ANNOTATION.test(line)));
  return added.every(belongs) ? inText - repeatedCount : undefined;
}

/**
 * The end of what lines replace: of the block that the last of their outermost lines begins.
 *
 * @param outer the outermost of the matches
 * @param after the depth of the placeholder that follows
 */
function endOf(
  text: readonly string[],
  lines: readonly string[],
  {
    matches,
    outer,
    after,
  }: {
    readonly matches: readonly Match[];
    readonly outer: readonly Match[];
    readonly after: number | undefined;
  },
): number | undefined {
  const first = matches[0];
  const begin = outer.at(-1);
  const last = matches.at(-1);
  if (!first || !begin || !last) return undefined;
  const depth = depthOf(lines[begin.inPart] ?? '');
  const shown = lines.slice(first.inPart);
  if (shown.some((line) => isText(line) && depthOf(line) < depth)) return undefined;
  if (outer.some((match, index) => index > 0 && !follows(text, outer[index - 1] ?? match, match)))
    return undefined;
  const end = endOfBlock(text, begin.inText);
  if (after === undefined || after <= depth) return end;
  // A deeper placeholder stands for the rest of the block.
  const isInBlock = last.inText >= begin.inText && last.inText < end;
  return isInBlock && last.inPart === lines.length - 1 ? last.inText + 1 : undefined;
}

/** Whether a line follows the block of another in a text, with no other block between them. */
function follows(text: readonly string[], one: Match, other: Match): boolean {
  if (other.inText <= one.inText) return false;
  for (let at = endOfBlock(text, one.inText); at < other.inText; at++)
    if (isText(text[at]) && endOfBlock(text, at) > at + 1) return false;
  return true;
}

/** The lines without those at the end that close something around them. */
function withoutOuterClosers({ lines }: Part): {
  readonly lines: readonly string[];
  readonly closers: readonly string[];
} {
  const depth = depthOf(lines[0] ?? '');
  const last = lines.findLastIndex((line) => isText(line) && !(isCloser(line) && depthOf(line) < depth));
  return {
    lines: lines.slice(0, last + 1),
    closers: lines.slice(last + 1).filter((line) => isText(line)),
  };
}

/** Appends lines before the closing brackets at the end of the text. */
function appended(
  text: readonly string[],
  { before }: Part,
  lines: readonly string[],
  closers: readonly string[],
): LineEdit | undefined {
  if (before === undefined || depthOf(lines[0] ?? '') !== before) return undefined;
  const lastBefore = (end: number): number =>
    text.findLastIndex((line, index) => index < end && isText(line));
  let end = text.length;
  for (const closer of closers.toReversed()) {
    end = lastBefore(end);
    if (end < 0 || text[end]?.trimEnd() !== closer.trimEnd()) return undefined;
  }
  const isOutermost = text.every((line) => !isText(line) || depthOf(line) >= before);
  if (closers.length === 0 && !isOutermost) return undefined;
  const at = lastBefore(end) + 1;
  const previous = text[at - 1] ?? '';
  return needsCommaBefore(text, lines)
    ? { start: at - 1, end: at, lines: [...withCommaOf(',', [previous]), ...lines] }
    : { start: at, end: at, lines: ['', ...lines] };
}

/** Whether the first line is a property, and properties of the text at its depth have a comma after them. */
function needsCommaBefore(text: readonly string[], [line = '']: readonly string[]): boolean {
  const isProperty = (each: string): boolean => /^\s*(?:"[^"]*"|'[^']*'|[\w$]+)\s*:/.test(each);
  const isSibling = (each: string): boolean =>
    depthOf(each) === depthOf(line) && isProperty(each) && each.trimEnd().endsWith(',');
  return isProperty(line) && text.some(isSibling);
}
