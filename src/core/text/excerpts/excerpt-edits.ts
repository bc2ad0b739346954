import { declarationsOf } from '../declarations';
import { endOfBlock, isCloser } from './blocks-by-indentation';
import { depthOf, indentedAs, type LineEdit } from './line-edits';

/** Lines of an excerpt between two of its placeholders. */
interface Part {
  readonly lines: readonly string[];
  /** The depth of the placeholder before and after it; undefined if there is none. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** A line of a part, and the same line of the text. */
interface Match {
  readonly inPart: number;
  readonly inText: number;
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
    const lines = withoutBlankEnds(excerpt.slice(start === undefined ? 0 : start + 1, end));
    // Brackets alone are those of the text.
    const hasText = lines.some((line) => /[\p{L}\p{N}]/u.test(line));
    return hasText ? [{ lines, before: depthAt(start), after: depthAt(end) }] : [];
  });
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  return lines.slice(Math.max(0, lines.findIndex(isText)), lines.findLastIndex(isText) + 1);
}

function isText(line: string | undefined): boolean {
  return line !== undefined && line.trim() !== '';
}

function editOf(text: readonly string[], part: Part): LineEdit | undefined {
  const { lines, closers } = withoutOuterClosers(part);
  const matches = matchesOf(text, lines);
  const lowest = Math.min(...matches.map(({ inPart }) => depthOf(lines[inPart] ?? '')));
  const outer = matches.filter(({ inPart }) => depthOf(lines[inPart] ?? '') === lowest);
  const first = matches.find((match) => outer.includes(match) || match.inText < (outer[0]?.inText ?? 0));
  if (!first) return part.after === undefined ? appended(text, part, lines, closers) : undefined;
  const start = startOf(text, lines, first);
  const end = endOf(text, lines, { matches, outer, after: part.after });
  const indented = indentedAs(lines, lines[first.inPart] ?? '', text[first.inText] ?? '');
  if (start === undefined || end === undefined || !indented) return undefined;
  return { start, end, lines: withCommaOf(text[end - 1] ?? '', indented) };
}

/** The lines, of which the last keeps the comma after it. */
function withCommaOf(line: string, lines: readonly string[]): readonly string[] {
  const last = lines.at(-1)?.trimEnd() ?? '';
  return line.trimEnd() === `${last},` ? [...lines.slice(0, -1), line] : lines;
}

/** The lines that are in both texts and only once in each: alike but for their indentation, or with one declaration. */
function matchesOf(text: readonly string[], lines: readonly string[]): readonly Match[] {
  const [textByLine, byLine] = [onlyOnes(text, trimmed), onlyOnes(lines, trimmed)];
  const [textByName, byName] = [onlyOnes(text, nameIn), onlyOnes(lines, nameIn)];
  return lines.flatMap((line, inPart) => {
    const [key, name] = [trimmed(line), nameIn(line)];
    const isOnly = key !== undefined && byLine.get(key) === inPart;
    const isNamed = name !== undefined && byName.get(name) === inPart;
    const inText = (isOnly ? textByLine.get(key) : undefined) ?? (isNamed ? textByName.get(name) : undefined);
    return inText === undefined ? [] : [{ inPart, inText }];
  });
}

/** A line with letters, without its indentation. */
function trimmed(line: string): string | undefined {
  return /[\p{L}\p{N}]/u.test(line) && !isCloser(line) ? line.trim() : undefined;
}

function nameIn(line: string): string | undefined {
  return isCloser(line) ? undefined : declarationsOf(line)[0];
}

/** The index of each line of which there is only one with its key. */
function onlyOnes(
  lines: readonly string[],
  keyOf: (line: string) => string | undefined,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const repeated = new Set<string>();
  lines.forEach((line, index) => {
    const key = keyOf(line);
    if (key === undefined) return;
    if (found.has(key)) repeated.add(key);
    else found.set(key, index);
  });
  for (const key of repeated) found.delete(key);
  return found;
}

/** Lines before the first match are new if they stand apart from it, or belong to it as comments and decorators do. */
function startOf(
  text: readonly string[],
  lines: readonly string[],
  { inPart, inText }: Match,
): number | undefined {
  let [at, start] = [inPart, inText];
  const isSame = (): boolean => isText(lines[at - 1]) && lines[at - 1]?.trim() === text[start - 1]?.trim();
  while (isSame()) [at, start] = [at - 1, start - 1];
  const lastBlank = lines.slice(0, at).findLastIndex((line) => !isText(line));
  const depth = depthOf(lines[inPart] ?? '');
  const isNew = lines
    .slice(0, at)
    .every(
      (line, index) =>
        !isText(line) ||
        (depthOf(line) >= depth && (index < lastBlank || /^\s*(?:[@/#*<;[-]|"")/.test(line))),
    );
  return isNew ? start : undefined;
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
  const [first] = matches;
  const [begin, last] = [outer.at(-1), matches.at(-1)];
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

/** New lines at the end, before what closes the text. */
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
  const isOutermost = text.every((line) => line.trim() === '' || depthOf(line) >= before);
  if (closers.length === 0 && !isOutermost) return undefined;
  const at = lastBefore(end) + 1;
  return { start: at, end: at, lines: ['', ...lines] };
}
