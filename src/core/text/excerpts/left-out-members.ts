import { endOfBlock, isCloser } from './blocks-by-indentation';
import { assignedName, nameIn, type LineMatch } from './line-matches';
import { depthOf, hasLetters } from './lines';

/** Begins a block of declarations although it may look like a function. */
const CONTAINER =
  /^\s*(?:(?:export|default|public|abstract|final|data|sealed|pub)\s+)*(?:class|struct|interface|enum|trait|impl|module|namespace|describe|suite|context)\b/;
/** Begins the block of a function, whose statements may all change: `def two(x):`, `func All() {`, `() => {`. */
const FUNCTION = /=>|\)[^(){}=]*[{:]?\s*$|^\s*(?:def|fn|fun|func|function|sub)\b/;

/** Whether the excerpt has fewer members of a block than the text, although it seems to show the whole block. */
export function leavesOutMembers(
  text: readonly string[],
  lines: readonly string[],
  { inHunk, inText }: LineMatch,
): boolean {
  if (isFunction(text, inText)) return false;
  const added = membersOf(lines, inHunk);
  const byKey = new Map(
    added.toReversed().flatMap((index) => keysOf(lines[index] ?? '').map((key) => [key, index] as const)),
  );
  const missing: number[] = [];
  const found = new Set<number>();
  for (const member of membersOf(text, inText)) {
    const same = keysOf(text[member] ?? '')
      .map((key) => byKey.get(key))
      .find((index) => index !== undefined);
    if (same === undefined) missing.push(member);
    else if (leavesOutMembers(text, lines, { inHunk: same, inText: member })) return true;
    else found.add(same);
  }
  const isNamed = (member: number): boolean =>
    assignedName(text[member] ?? '') !== undefined || endOfBlock(text, member) > member + 1;
  return missing.some(isNamed) || missing.length > added.length - found.size;
}

/**
 * The text of a line, and the name that it declares. Two lines that have one of the two in common are the same
 * member.
 */
function keysOf(line: string): readonly string[] {
  const name = nameIn(line);
  return name === undefined ? [line.trim()] : [line.trim(), `\0${name}`];
}

export function isFunction(text: readonly string[], start: number): boolean {
  const head = text[start] ?? '';
  if (CONTAINER.test(head)) return false;
  if (FUNCTION.test(head)) return true;
  // Parameters in lines of their own end with the beginning of the body.
  const hasBody = (line: string): boolean => depthOf(line) === depthOf(head) && /^\s*\).*[{:]\s*$/.test(line);
  return /\(\s*$/.test(head) && text.slice(start, endOfBlock(text, start)).some(hasBody);
}

/** The lines directly in the block that a line begins. */
function membersOf(lines: readonly string[], start: number): readonly number[] {
  const end = endOfBlock(lines, start);
  const inBlock = lines
    .slice(start + 1, end)
    .map((line, index) => ({ line, index: start + 1 + index }))
    .filter(({ line }) => hasLetters(line) && !isCloser(line));
  const depth = Math.min(...inBlock.map(({ line }) => depthOf(line)));
  return inBlock.filter(({ line }) => depthOf(line) === depth).map(({ index }) => index);
}
