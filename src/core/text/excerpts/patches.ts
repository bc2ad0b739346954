import { isNotBlank, withoutBlankEnds } from './lines';

/** A line of a patch: in the text before the change, in the text after it, or in both. */
export interface PatchLine {
  readonly kind: 'context' | 'removed' | 'added';
  readonly text: string;
}

/** A part of a patch: lines that follow each other. */
export interface PatchHunk {
  readonly lines: readonly PatchLine[];
  /** The index of their first line in the text before, which may be wrong; undefined if the patch has none. */
  readonly start: number | undefined;
  /** A line above them, such as the head of their function; empty if the patch has none. */
  readonly heading: string;
}

export const SEARCH = /^[<-]{5,9} ?(?:SEARCH|ORIGINAL|BEFORE)\b/;
/** Lines that some tools require between the SEARCH marker and the text to search for. */
const SEARCH_HEADER = /^(?::(?:start|end)_line: ?\d+|-{7})$/;
const DIVIDER = /^={5,9}$/;
const REPLACE = /^[>+]{5,9} ?(?:REPLACE|UPDATED|AFTER)\b/;
/** `@@ -8,3 +8,4 @@ def two():`, `@@ def two():` */
const HUNK_HEADER = /^@@(?: -(\d+)(?:,\d+)? \+\d+(?:,\d+)?)?(?:[^@]*@@)?(.*)$/;
/** The beginning of a patch, whatever the language of its fence. */
const PATCH_START = /^(?:@@ .*@@|diff --git |Index: |\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: ))/;
/** A hunk of a merge has two columns of signs, and belongs to several texts. */
const MERGE_HUNK = /^@@@/m;
/** Lines of a diff outside its hunks. */
const DIFF_HEADER =
  /^(?:diff -|Index: |={60,}$|index [\da-f]{4,}\.\.[\da-f]+|\\ No newline|(?:old |new |deleted )(?:file )?mode|(?:dis)?similarity index|(?:rename|copy) (?:from|to) |Binary files |GIT binary patch$|\*\*\* (?:Begin|End|Update|Add|Delete|Move) )/;
/** The name of a file before or after the change, if the line is not in a hunk. */
const FILE_NAME = /^(?:---|\+\+\+) "?(?=[^\s"]*[./])[^\s"]+"?(?:\t.*| +\(.*\)| +\d{4}-.*)?$/;
/** The end of a patch that is an email, and the version of Git below it. */
const SIGNATURE = /\n-- \n\d+\.\d[^\n]*\n*$/;

/** Lines at the beginning of code that tell whether it is a patch. */
const MAX_LINES_ABOVE = 5;

/** Whether the info string of a fence means a diff, such as `patch` and `diff:src/app.ts`. */
export function isDiffLanguage(word: string): boolean {
  return /^\{?\.?(?:lang(?:uage)?-)?(?:diff|patch)(?![^\s{}:,;=])/i.test(word);
}

/**
 * Whether the lines from an index name a file before and after the change. A removed line may begin with two dashes,
 * too, such as a comment in SQL.
 */
export function isFileHeader(lines: readonly string[], index: number): boolean {
  const [before = '', after = '', next = ''] = lines.slice(index, index + 3);
  if (!/^--- \S/.test(before) || !/^\+\+\+ \S/.test(after)) return false;
  return next.startsWith('@@') || (FILE_NAME.test(before) && FILE_NAME.test(after));
}

/**
 * Whether code is a diff, or consists of blocks with SEARCH and REPLACE.
 *
 * @param isDiff whether the language of the code is that of diffs
 */
export function isPatch(code: string, isDiff: boolean): boolean {
  if (isDiff) return true;
  // The path of the file may be above a block to search for.
  const lines = code.split('\n', MAX_LINES_ABOVE).filter(isNotBlank);
  const [first = '', second = ''] = lines;
  return PATCH_START.test(first) || isFileHeader(lines, 0) || SEARCH.test(first) || SEARCH.test(second);
}

/** The hunks of a patch for one file; undefined if the code is no patch. */
export function hunksOfPatch(code: string, isDiff: boolean): readonly PatchHunk[] | undefined {
  if (!isPatch(code, isDiff)) return undefined;
  if (MERGE_HUNK.test(code)) return [];
  const lines = code.replace(SIGNATURE, '').split('\n');
  if (lines.some((line) => SEARCH.test(line))) return searchedHunks(lines);
  const hunks: (PatchHunk & { readonly lines: PatchLine[] })[] = [
    { lines: [], start: undefined, heading: '' },
  ];
  let isInHunk = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const [header, start, heading = ''] = HUNK_HEADER.exec(line) ?? [];
    const isHeader = isFileHeader(lines, index);
    if (header !== undefined)
      hunks.push({
        lines: [],
        start: start === undefined ? undefined : Number(start) - 1,
        heading: heading.trim(),
      });
    if (header !== undefined || isHeader) isInHunk = false;
    if (isHeader) index++;
    else if (header === undefined && !DIFF_HEADER.test(line) && (isInHunk || !FILE_NAME.test(line))) {
      const read = lineOfDiff(line);
      hunks.at(-1)?.lines.push(read);
      isInHunk ||= isContent(read);
    }
  }
  return hunks.map(withoutBlankContext).filter((hunk) => hunk.lines.some(({ kind }) => kind !== 'context'));
}

/** The hunk without blank lines at its ends, which may be those between two hunks. */
function withoutBlankContext(hunk: PatchHunk): PatchHunk {
  const lines = withoutBlankEnds(hunk.lines, isContent);
  const removed = hunk.lines.findIndex(isContent);
  return { ...hunk, lines, start: hunk.start === undefined ? undefined : hunk.start + Math.max(0, removed) };
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
    const hunk = hunks.at(-1);
    if (SEARCH.test(line)) {
      hunks.push([]);
      kind = 'removed';
    } else if (kind === 'removed' && DIVIDER.test(line)) kind = 'added';
    else if (REPLACE.test(line)) kind = undefined;
    else if (kind === 'removed' && hunk?.length === 0 && SEARCH_HEADER.test(line)) continue;
    else if (kind) hunk?.push({ kind, text: line });
  }
  return hunks.map((each) => ({ lines: each, start: undefined, heading: '' }));
}

function isContent({ kind, text }: PatchLine): boolean {
  return kind !== 'context' || isNotBlank(text);
}
