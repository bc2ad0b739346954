import { leadingSpace } from './indent-inserted-code';
import type { LineContext } from './text-before-cursor';

/** How code continues a line of YAML. */
export interface YamlInsertion {
  /** The text between the line and the code. */
  readonly separator: '' | ' ' | '\n';
  readonly code: string;
  /** The indentation of the code, which gives it its place in the tree. */
  readonly indentation: string;
  /** The text after the code. */
  readonly rest: string;
}

const ITEM_MARKERS = /^ *(?:-(?: +|$))*/;
const FIRST_MARKER = /^ *- +/;
/** A list, after comments and blank lines. */
const LIST = /^(?:[ \t]*(?:#.*)?\r?\n)* *-(?:\s|$)/;
/** An item without a key before its value. */
const ITEM_SCALAR = /^ *(?:- +)*[|>]/;
const BLOCK_SCALAR = /(?:^|[:-] +(?:[!&]\S+ +)*)[|>](?:[-+]?\d?|\d[-+]) *(?: #.*)?$/;
const COMMENT = /(?:^|\s)#.*$/;
/** A comment without code. */
const COMMENT_LINE = /^\s*#/;
/** The end of a key, with an anchor or a tag of its value. */
const KEY = /:(?:\s+[&!]\S*)*$/;
/** The beginning of a mapping or a sequence, which cannot follow a key in its line. */
const BLOCK_COLLECTION = /^(?:-\s|[^\s#"'[{|>&*!][^#\n]*?:(?:\s|$)|(?:"[^"\n]*"|'[^'\n]*') *:\s)/;
const STEP = '  ';

/** Whether a text consists only of list markers, as in `  - `. */
export function isItemMarker(text: string): boolean {
  return text.includes('-') && itemIndent(text).length === text.length;
}

/** The indentation of code beside an item of a list: that of the keys in `  - name: a`, unless it is an item too. */
export function indentBesideItem(line: string, code: string): string {
  const hasKeys = isItemMarker(line) || /:(?:\s|$)/.test(line);
  return hasKeys && !isList(code) ? itemIndent(line) : leadingSpace(line);
}

export function isList(code: string): boolean {
  return LIST.test(code);
}

/** The indentation of the nearest list that contains a line; undefined if none does. */
export function enclosingItemIndent(above: readonly string[], line: string): string | undefined {
  const item = [line, ...parentLines(above, line)].find((each) => /^ *-(?:\s|$)/.test(each));
  return item === undefined ? undefined : leadingSpace(item);
}

/** Whether a line is a part of a block scalar. */
export function isInBlockScalar(above: readonly string[], line: string): boolean {
  let { length } = leadingSpace(line);
  for (const parent of parentLines(above, line)) {
    const indent = ITEM_SCALAR.test(parent) ? leadingSpace(parent) : itemIndent(parent);
    if (BLOCK_SCALAR.test(parent) && length > indent.length) return true;
    ({ length } = leadingSpace(parent));
  }
  return false;
}

/** The lines above a line that are less and less indented, from below. */
function parentLines(above: readonly string[], line: string): readonly string[] {
  const parents: string[] = [];
  let { length } = leadingSpace(line);
  for (const each of above.toReversed()) {
    const isParent = leadingSpace(each).length < length && each.trim() !== '' && !COMMENT_LINE.test(each);
    if (!isParent) continue;
    parents.push(each);
    ({ length } = leadingSpace(each));
  }
  return parents;
}

/** Code that follows the marker of a list. The list continues there, so its first marker is left out. */
export function withoutFirstMarker(code: string): string {
  return code.replace(FIRST_MARKER, '');
}

/** How code of whole lines continues an item, a key, or the beginning of a block; undefined within a value. */
export function yamlInsertion(
  code: string,
  { before, after, below }: LineContext,
): YamlInsertion | undefined {
  const hasAfter = after.trim() !== '';
  if (isItemMarker(before)) {
    const separator = before.endsWith(' ') ? '' : ' ';
    return {
      separator,
      code: withoutFirstMarker(code),
      indentation: indentBesideItem(before + separator, code),
      rest: hasAfter ? `\n${before}` : '',
    };
  }
  const line = before.replace(COMMENT, '').trimEnd();
  const indentation = itemIndent(line) + STEP;
  const hasComment = line !== before.trimEnd();
  if (/[[{]$/.test(line)) return { separator: hasComment ? '\n' : '', code, indentation, rest: '' };
  const isKey = KEY.test(line) && (before.endsWith(':') || hasComment || !isFlow(code));
  if (hasAfter || !(isKey || BLOCK_SCALAR.test(line))) return undefined;
  return { separator: '\n', code, indentation: indentOfValue(line, below, code) ?? indentation, rest: '' };
}

/** The indentation of the lines that a key has already; undefined if there are none. */
function indentOfValue(line: string, below: string, code: string): string | undefined {
  const [{ length }, indentation] = [itemIndent(line), leadingSpace(below)];
  // A list may be as deep as its key.
  const isListBeside = indentation.length === length && isList(below) && isList(code);
  return indentation.length > length || isListBeside ? indentation : undefined;
}

function itemIndent(line: string): string {
  return (ITEM_MARKERS.exec(line)?.[0] ?? '').replaceAll('-', ' ');
}

/** Whether code can follow a key in its line. */
function isFlow(code: string): boolean {
  const value = code.trim();
  return !BLOCK_COLLECTION.test(value) && (/^[[{"'|>&*!]/.test(value) || !value.includes('\n'));
}
