import { endOfBlock, isCloser } from './blocks-by-indentation';
import { assignedName, nameIn, type Match } from './line-matches';
import { depthOf, hasLetters } from './lines';

/** Begins a block of declarations although it may look like a function. */
const CONTAINER =
  /^\s*(?:(?:export|default|public|abstract|final|data|sealed|pub)\s+)*(?:class|struct|interface|enum|trait|impl|module|namespace|describe|suite|context)\b/;
/** Begins the block of a function, whose statements may all change: `def two(x):`, `func All() {`, `() => {`. */
const FUNCTION = /=>|\)[^(){}=]*[{:]?\s*$|^\s*(?:def|fn|fun|func|function|sub)\b/;

/** Whether a part without a placeholder has fewer of the members of a block than the text. */
export function leavesOutMembers(
  text: readonly string[],
  lines: readonly string[],
  outer: readonly Match[],
): boolean {
  return outer.some((match) => leavesOut(text, lines, match));
}

function leavesOut(text: readonly string[], lines: readonly string[], { inPart, inText }: Match): boolean {
  if (isFunction(text, inText)) return false;
  const added = [...membersOf(lines, inPart)];
  const missing: number[] = [];
  for (const member of membersOf(text, inText)) {
    const found = added.findIndex((each) => isSameMember(lines[each] ?? '', text[member] ?? ''));
    const [same] = found < 0 ? [] : added.splice(found, 1);
    if (same === undefined) missing.push(member);
    else if (leavesOut(text, lines, { inPart: same, inText: member })) return true;
  }
  const isNamed = (member: number): boolean =>
    assignedName(text[member] ?? '') !== undefined || endOfBlock(text, member) > member + 1;
  return missing.some(isNamed) || missing.length > added.length;
}

function isFunction(text: readonly string[], start: number): boolean {
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

function isSameMember(one: string, other: string): boolean {
  const name = nameIn(one);
  return one.trim() === other.trim() || (name !== undefined && name === nameIn(other));
}
