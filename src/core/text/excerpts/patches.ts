import { indentedAs, type LineEdit } from './line-edits';
import { isText, withoutBlankEnds } from './lines';

/** A line of a patch: of the text before, of the text after, or of both. */
interface PatchLine {
  readonly kind: 'context' | 'removed' | 'added';
  readonly text: string;
}

/** A part of a patch: lines that follow each other. */
export type PatchHunk = readonly PatchLine[];

const SEARCH = /^[<-]{5,9} ?SEARCH\b/;
const DIVIDER = /^={5,9}$/;
const REPLACE = /^[>+]{5,9} ?REPLACE\b/;
/** Lines of a diff that belong to none of its hunks. */
const DIFF_HEADER =
  /^(?:diff |index |(?:---|\+\+\+) (?:[ab]\/|\/dev\/null|\S+\.\w+)|\\ No newline|new file mode)/;

/** Whether the info string of a fence means a diff, such as `patch` and `diff:src/app.ts`. */
export function isDiffLanguage(word: string): boolean {
  return /^\{?\.?(?:lang(?:uage)?-)?(?:diff|patch)(?![^\s{}:,;=])/i.test(word);
}

/**
 * The hunks of a diff, or of blocks with SEARCH and REPLACE; undefined if the code is neither.
 *
 * @param isDiff whether the language of the code is that of diffs
 */
export function hunksOfPatch(code: string, isDiff: boolean): readonly PatchHunk[] | undefined {
  const lines = code.split('\n');
  if (lines.some((line) => SEARCH.test(line))) return searchedHunks(lines);
  const isPatch =
    isDiff || (lines.some((line) => /^@@ .*@@/.test(line)) && lines.some((line) => /^[+-]/.test(line)));
  if (!isPatch) return undefined;
  const hunks: PatchLine[][] = [[]];
  for (const line of lines) {
    if (line.startsWith('@@')) hunks.push([]);
    else if (!DIFF_HEADER.test(line)) hunks.at(-1)?.push(lineOfDiff(line));
  }
  return hunks
    .map((hunk) => withoutBlankEnds(hunk, isContent))
    .filter((hunk) => hunk.some(({ kind }) => kind !== 'context'));
}

function lineOfDiff(line: string): PatchLine {
  if (line.startsWith('+')) return { kind: 'added', text: line.slice(1) };
  if (line.startsWith('-')) return { kind: 'removed', text: line.slice(1) };
  return { kind: 'context', text: line.replace(/^ /, '') };
}

function searchedHunks(lines: readonly string[]): readonly PatchHunk[] {
  const hunks: PatchLine[][] = [];
  let kind: PatchLine['kind'] | undefined;
  for (const line of lines) {
    if (SEARCH.test(line)) {
      hunks.push([]);
      kind = 'removed';
    } else if (kind === 'removed' && DIVIDER.test(line)) kind = 'added';
    else if (REPLACE.test(line)) kind = undefined;
    else if (kind) hunks.at(-1)?.push({ kind, text: line });
  }
  return hunks;
}

function isContent({ kind, text }: PatchLine): boolean {
  return kind !== 'context' || isText(text);
}

/** The edits of a patch; undefined if the lines of a hunk are not in the text, or not only once. */
export function editsOfPatch(
  lines: readonly string[],
  hunks: readonly PatchHunk[],
): readonly LineEdit[] | undefined {
  const edits = hunks.map((hunk) => editOf(lines, hunk));
  return hunks.length > 0 && edits.every((edit) => edit !== undefined) ? edits : undefined;
}

function editOf(lines: readonly string[], hunk: PatchHunk): LineEdit | undefined {
  const before = hunk.filter(({ kind }) => kind !== 'added').map(({ text }) => text);
  if (before.every((line) => !isText(line))) return undefined;
  const start = onlyPlaceOf(lines, before);
  if (start === undefined) return undefined;
  const known = before.findIndex((line) => isText(line));
  let at = start;
  const after: string[] = [];
  for (const { kind, text } of hunk) {
    // The document has the right white space.
    if (kind === 'context') after.push(lines[at] ?? '');
    if (kind !== 'added') at++;
    else {
      const indented = indentedAs([text], before[known] ?? '', lines[start + known] ?? '');
      if (!indented) return undefined;
      after.push(...indented);
    }
  }
  return { start, end: at, lines: after };
}

/** Where lines are in a text, with their indentation or else without; undefined if they are not there once. */
function onlyPlaceOf(lines: readonly string[], searched: readonly string[]): number | undefined {
  const exact = placesOf(lines, searched, (line) => line.trimEnd());
  const places = exact.length > 0 ? exact : placesOf(lines, searched, (line) => line.trim());
  return places.length === 1 ? places[0] : undefined;
}

function placesOf(
  lines: readonly string[],
  searched: readonly string[],
  normalized: (line: string) => string,
): readonly number[] {
  const text = lines.map(normalized);
  const part = searched.map(normalized);
  return text.flatMap((_, start) =>
    part.every((line, index) => text[start + index] === line) ? [start] : [],
  );
}
