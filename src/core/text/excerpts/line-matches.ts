import { declarationsOf } from '../declarations';
import { isCloser } from './blocks-by-indentation';
import { depthOf, hasLetters } from './lines';

/** The index of a line in a hunk, and the index of the same line in the text. */
export interface LineMatch {
  readonly inHunk: number;
  readonly inText: number;
}

type KeyOf = (line: string) => string | undefined;

/** `timeout = 30`, `"b": 7,`, `B=2` */
const ASSIGNMENT = /^\s*["']?([\p{L}\p{N}_$.-]+)["']?\s*[:=](?![=>:])/u;

/** The name to which a line assigns; undefined if there is none. */
export function assignedName(line: string): string | undefined {
  return isCloser(line) ? undefined : ASSIGNMENT.exec(line)?.[1];
}

/** The name that a line declares or to which it assigns; undefined if there is none. */
export function nameIn(line: string): string | undefined {
  return declarationIn(line) ?? assignedName(line);
}

/** A name with the depth of its line, as a nested line may have the same name. */
export function nameAtDepth(line: string, indentedBy = 0): string | undefined {
  const name = nameIn(line);
  return name === undefined ? undefined : `${depthOf(line) + indentedBy} ${name}`;
}

/** The lines of a text, with the indexes of the lines whose text, declaration or name is unique. */
export interface LineIndex {
  readonly lines: readonly string[];
  readonly byText: ReadonlyMap<string, number>;
  readonly byDeclaration: ReadonlyMap<string, number>;
  readonly byName: ReadonlyMap<string, number>;
  /** All names at their depths, also those of several lines. */
  readonly names: ReadonlySet<string | undefined>;
}

export function indexOf(lines: readonly string[]): LineIndex {
  return {
    lines,
    byText: onlyOnes(lines, trimmed),
    byDeclaration: onlyOnes(lines, declarationIn),
    byName: onlyOnes(lines, (line) => nameAtDepth(line)),
    names: new Set(lines.map((line) => nameAtDepth(line))),
  };
}

/**
 * The lines that occur in both texts, and only once in each. Two lines are the same if they differ only in their
 * indentation or make the same declaration; outermost lines are also the same if they have one name at the same
 * depth.
 */
export function matchesOf(text: LineIndex, lines: readonly string[]): readonly LineMatch[] {
  const sameLines = pairsOf(text.byText, lines, trimmed);
  const sameDeclarations = pairsOf(text.byDeclaration, lines, declarationIn);
  const outermost = outermostDepth(lines);
  const namesWith = (indentedBy: number): ReadonlyMap<number, number> =>
    pairsOf(text.byName, lines, (line) =>
      depthOf(line) === outermost ? nameAtDepth(line, indentedBy) : undefined,
    );
  const [first] = [...sameLines, ...sameDeclarations];
  const indentedBy = first ? depthOf(text.lines[first[1]] ?? '') - depthOf(lines[first[0]] ?? '') : 0;
  const sameNames = namesWith(indentedBy);
  const namesAsShown = namesWith(0);
  return lines.flatMap((_, inHunk) => {
    const same = sameLines.get(inHunk) ?? sameDeclarations.get(inHunk);
    const named = namesAsShown.get(inHunk);
    // The place is not certain if the name of the line is also found at another line of the text.
    if (same !== undefined && named !== undefined && same !== named) return [];
    const inText = same ?? sameNames.get(inHunk);
    return inText === undefined ? [] : [{ inHunk, inText }];
  });
}

/** Whether an outermost line of a hunk has no match, although the text has a line with its name at that depth. */
export function hasUnmatchedName(
  text: LineIndex,
  lines: readonly string[],
  matches: readonly LineMatch[],
): boolean {
  const outermost = outermostDepth(lines);
  const [first] = matches;
  const indentedBy = first ? depthOf(text.lines[first.inText] ?? '') - depthOf(lines[first.inHunk] ?? '') : 0;
  const matched = new Set(matches.map(({ inHunk }) => inHunk));
  return lines.some((line, index) => {
    const name = depthOf(line) === outermost ? nameAtDepth(line, indentedBy) : undefined;
    return name !== undefined && !matched.has(index) && text.names.has(name);
  });
}

/** The lowest depth of the lines that are not brackets alone. */
function outermostDepth(lines: readonly string[]): number {
  return lines
    .filter(hasLetters)
    .map(depthOf)
    .reduce((one, other) => Math.min(one, other), Infinity);
}

/** A line with letters, without its indentation. */
function trimmed(line: string): string | undefined {
  return hasLetters(line) && !isCloser(line) ? line.trim() : undefined;
}

function declarationIn(line: string): string | undefined {
  return isCloser(line) ? undefined : declarationsOf(line)[0];
}

/**
 * For each line of a hunk whose key is unique there and in the text: its index, and the index of the line of the text
 * with the same key.
 */
function pairsOf(
  inText: ReadonlyMap<string, number>,
  lines: readonly string[],
  keyOf: KeyOf,
): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  for (const [key, inHunk] of onlyOnes(lines, keyOf)) {
    const found = inText.get(key);
    if (found !== undefined) pairs.set(inHunk, found);
  }
  return pairs;
}

/** The index of each line whose key no other line has, by its key. */
function onlyOnes(lines: readonly string[], keyOf: KeyOf): ReadonlyMap<string, number> {
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
