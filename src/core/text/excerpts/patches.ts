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

const SEARCH = /^[<-]{5,9} ?(?:SEARCH|ORIGINAL|BEFORE)\b/;
/** Lines that some tools require between the SEARCH marker and the text to search for. */
const SEARCH_HEADER = /^(?::(?:start|end)_line: ?\d+|-{7})$/;
const DIVIDER = /^={5,9}$/;
const REPLACE = /^[>+]{5,9} ?(?:REPLACE|UPDATED|AFTER)\b/;
/** `@@ -8,3 +8,4 @@ def two():`, `@@ def two():` */
const HUNK_HEADER = /^@@(?: -(\d+)(?:,\d+)? \+\d+(?:,\d+)?)?(?:[^@]*@@)?(.*)$/;
/** The beginning of a patch in the form that GPT models learn. */
const MODEL_PATCH = /^\*\*\* (?:Begin Patch|(?:Update|Add) File: )/;
/** Lines of a diff that belong to none of its hunks. */
const DIFF_HEADER =
  /^(?:diff |index |(?:---|\+\+\+) (?:[ab]\/|\/dev\/null|\S+\.\w+)|\\ No newline|(?:old |new |deleted )(?:file )?mode|similarity index|rename (?:from|to) |\*\*\* (?:Begin|End|Update|Add|Delete|Move) )/;

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
    isDiff ||
    lines.some((line) => MODEL_PATCH.test(line)) ||
    (lines.some((line) => /^@@ .*@@/.test(line)) && lines.some((line) => /^[+-]/.test(line)));
  if (!isPatch) return undefined;
  const hunks: (PatchHunk & { readonly lines: PatchLine[] })[] = [
    { lines: [], start: undefined, heading: '' },
  ];
  for (const line of lines) {
    const [header, start, heading = ''] = HUNK_HEADER.exec(line) ?? [];
    if (header !== undefined)
      hunks.push({
        lines: [],
        start: start === undefined ? undefined : Number(start) - 1,
        heading: heading.trim(),
      });
    else if (!DIFF_HEADER.test(line)) hunks.at(-1)?.lines.push(lineOfDiff(line));
  }
  return hunks
    .map((hunk) => ({ ...hunk, lines: withoutBlankEnds(hunk.lines, isContent) }))
    .filter((hunk) => hunk.lines.some(({ kind }) => kind !== 'context'));
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
