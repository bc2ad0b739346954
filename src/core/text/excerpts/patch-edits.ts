import { createLineSearch, type LineSearch } from './line-search';
import { indentedAs, type LineEdit } from './line-edits';
import { leadingSpace } from '../insertion/indent-inserted-code';
import { isNotBlank } from './lines';
import type { PatchHunk, PatchLine } from './patches';

/** The number of context lines at the ends of a hunk that may be wrong, like the fuzz factor of the program `patch`. */
const MAX_FUZZ = 3;

/** The edits of a patch; undefined if the lines of a hunk are not in the text, or not only once. */
export function editsOfPatch(
  lines: readonly string[],
  hunks: readonly PatchHunk[],
): readonly LineEdit[] | undefined {
  if (!lines.some(isNotBlank)) return contentOfNewFile(lines, hunks);
  const text: SearchedText = {
    lines,
    exact: createLineSearch(lines, (line) => line.trimEnd()),
    alike: createLineSearch(lines, (line) => line.trim()),
  };
  const edits: LineEdit[] = [];
  for (const hunk of hunks) {
    const edit = editOf(text, hunk);
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits.length > 0 ? edits : undefined;
}

/** A text in which the lines of hunks are searched, with their indentation or else without. */
interface SearchedText {
  readonly lines: readonly string[];
  readonly exact: LineSearch;
  readonly alike: LineSearch;
}

function contentOfNewFile(
  lines: readonly string[],
  [hunk, ...others]: readonly PatchHunk[],
): readonly LineEdit[] | undefined {
  const isNew = others.length === 0 && hunk?.lines.every(({ kind }) => kind === 'added') === true;
  return isNew
    ? [{ start: 0, end: lines.length, lines: [...hunk.lines.map(({ text }) => text), ''] }]
    : undefined;
}

function editOf(text: SearchedText, hunk: PatchHunk): LineEdit | undefined {
  for (let fuzz = 0; fuzz <= MAX_FUZZ; fuzz++) {
    const certain = withoutContext(hunk, fuzz);
    const start = certain && placeOf(text, certain);
    if (certain && start !== undefined) return editAt(text.lines, certain.lines, start);
  }
  return undefined;
}

/**
 * A hunk with less context at its ends; undefined if no line of it would remain that is in the text before the
 * change.
 */
function withoutContext({ lines, start, heading }: PatchHunk, fuzz: number): PatchHunk | undefined {
  const isChange = ({ kind }: PatchLine): boolean => kind !== 'context';
  const first = Math.min(fuzz, lines.findIndex(isChange));
  const last = Math.max(lines.length - fuzz, lines.findLastIndex(isChange) + 1);
  const shorter = lines.slice(first, last);
  const isKnown = shorter.some(({ kind, text }) => kind !== 'added' && isNotBlank(text));
  return isKnown
    ? { lines: shorter, start: start === undefined ? undefined : start + first, heading }
    : undefined;
}

/** Replaces the lines of the text before the change. Context lines stay as they are in the document. */
function editAt(lines: readonly string[], hunk: readonly PatchLine[], start: number): LineEdit | undefined {
  const before = hunk
    .filter(({ kind }) => kind !== 'added')
    // Models leave out the space before a context line, of which the first space of its indentation was then removed.
    .map(({ kind, text }, index) =>
      kind === 'context' && lines[start + index] === ` ${text}` ? ` ${text}` : text,
    );
  const known = before.findIndex(isNotBlank);
  const indents = indentsOf(before, lines.slice(start, start + before.length));
  let at = start;
  const after: string[] = [];
  for (const { kind, text } of hunk) {
    if (kind === 'context') after.push(lines[at] ?? '');
    if (kind !== 'added') at++;
    else {
      const indent = indents.get(leadingSpace(text));
      const indented =
        indent === undefined
          ? indentedAs([text], before[known] ?? '', lines[start + known] ?? '')
          : [isNotBlank(text) ? indent + text.slice(leadingSpace(text).length) : text];
      if (!indented) return undefined;
      after.push(...indented);
    }
  }
  return { start, end: at, lines: after };
}

/** For each indentation in a patch, the indentation in the text, if it is always the same. */
function indentsOf(before: readonly string[], lines: readonly string[]): ReadonlyMap<string, string> {
  const indents = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const [index, line] of before.entries()) {
    if (!isNotBlank(line)) continue;
    const [indent, inText] = [leadingSpace(line), leadingSpace(lines[index] ?? '')];
    if ((indents.get(indent) ?? inText) !== inText) ambiguous.add(indent);
    indents.set(indent, inText);
  }
  for (const indent of ambiguous) indents.delete(indent);
  return indents;
}

/**
 * The index in the text of the lines that a hunk replaces. They are compared with their indentation first, and then
 * without it. Undefined if the place is not certain.
 */
function placeOf(text: SearchedText, { lines, start, heading }: PatchHunk): number | undefined {
  const searched = lines.filter(({ kind }) => kind !== 'added').map((line) => line.text);
  const exact = text.exact.placesOf(searched);
  const places = exact.length > 0 ? exact : text.alike.placesOf(searched);
  if (places.length === 1) return places[0];
  if (start !== undefined && places.includes(start)) return start;
  const [above, ...others] = heading === '' ? [] : text.alike.placesOf([heading]);
  return above === undefined || others.length > 0 ? undefined : places.find((place) => place > above);
}
