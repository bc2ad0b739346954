export const QUOTE_MARKS = /^(?: {0,3}> ?)+/;

/**
 * Ends with `[^]*` instead of `.*`, as a line with U+2028 after many tildes would otherwise be tried from each of
 * them.
 */
const OPENING_FENCE = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}(?=[^`]*$)|~{3,})([^]*)$/;

/** The parts of a line that opens a fence. */
export interface FenceLine {
  readonly quoted: boolean;
  /** The text before the fence, including a list marker. */
  readonly indent: string;
  readonly fence: string;
  readonly info: string;
}

/** The fence that a line outside of code opens, if any. */
export function fenceOpenedBy(line: string): FenceLine | undefined {
  const inner = line.replace(QUOTE_MARKS, '');
  const [, indent = '', fence = '', info = ''] = OPENING_FENCE.exec(inner) ?? [];
  return fence ? { quoted: inner !== line, indent, fence, info: info.trim() } : undefined;
}

/** The line with spaces in the place of the tabs at its beginning, as CommonMark counts its columns. */
export function withSpaces(line: string): string {
  const [indent = ''] = /^[\s\d.)*+-]*/.exec(line) ?? [];
  let expanded = '';
  for (const character of indent) {
    expanded += character === '\t' ? ' '.repeat(TAB_WIDTH - (expanded.length % TAB_WIDTH)) : character;
  }
  return expanded + line.slice(indent.length);
}

/** Columns between the tab stops of CommonMark. */
const TAB_WIDTH = 4;

/** The line without the indentation of its fence, in columns. A tab may be removed in part. */
export function unindented(line: string, columns: number): string {
  let [at, column] = [0, 0];
  for (; column < columns; at++) {
    if (line[at] === ' ') column++;
    else if (line[at] === '\t') column += TAB_WIDTH - (column % TAB_WIDTH);
    else break;
  }
  return ' '.repeat(Math.max(0, column - columns)) + line.slice(at);
}

/** Reads the lines after an opening fence in order, to find the closing one. */
export interface FenceReader {
  /** @param line a complete line, without its line break and without the prefix of a list or a quotation */
  read(line: string): 'code' | 'closing';
  /** Whether a line would close the fence if it came next. */
  wouldClose(line: string): boolean;
}

/**
 * Longest info string of an inner fence, in characters, so that a reader of a stream can wait for the end of its
 * line.
 */
export const MAX_INFO_LENGTH = 80;

/** A kind of Markdown, as a language or as the extension of a file: `md`, `{.markdown}`, `md:README.md`, `README.md`. */
const MARKDOWN = /^\{?\.?(?:\S*[./:])?(?:markdown|mdx?|mdc|mkdown|mkdn?|rmd|rmarkdown|qmd)(?:[\s:{},]|$)/i;

/** Whether the code of a language contains fences as text, so that fences with a language nest in it. */
export function nestsFences(info: string): boolean {
  return MARKDOWN.test(info.trim());
}

/**
 * CommonMark closes a fence with the first bare one that is long enough. Models that show Markdown put fences of the
 * same length into it; here, one with a language opens an inner fence, and the next bare one closes that.
 *
 * @param maxIndent largest number of spaces before the closing fence
 */
export function createFenceReader(fence: string, info: string, maxIndent = 3): FenceReader {
  const marker = fence.charAt(0);
  const closing = new RegExp(`^( *)${marker}{${fence.length},}[ \\t]*$`);
  const innerOpening = new RegExp(
    `^[ \\t]*${marker}{${fence.length},}[ \\t]{0,20}[^\\s${marker}][^${marker}]{0,${MAX_INFO_LENGTH}}$`,
  );
  const innerClosing = new RegExp(`^[ \\t]*${marker}{${fence.length},}[ \\t]*$`);
  const nests = nestsFences(info);
  let depth = 0;
  function wouldClose(line: string): boolean {
    return depth === 0 && (closing.exec(line)?.[1]?.length ?? Infinity) <= maxIndent;
  }

  return {
    wouldClose,
    read(line) {
      if (wouldClose(line)) return 'closing';
      if (depth > 0 && innerClosing.test(line)) depth--;
      else if (nests && innerOpening.test(line)) depth++;
      return 'code';
    },
  };
}

/** How far a closing fence, or the list item of a fence, is looked for, so that no text stays undecided for long. */
export const MAX_LINES_SEARCHED = 200;

/**
 * How a fence continues that is not closed before a line outside of its list: models do not always indent all code,
 * or the closing fence. It is closed if a bare fence follows before a line that opens another one.
 *
 * @param lines from that line on
 * @returns `unknown` if the end of the text is reached before
 */
export function findClosing(
  lines: Iterable<string>,
  fence: string,
  info: string,
  maxIndent = 3,
): 'closed' | 'not-closed' | 'unknown' {
  const reader = createFenceReader(fence, info, maxIndent);
  let count = 0;
  for (const line of lines) {
    if (reader.read(withSpaces(line)) === 'closing') return 'closed';
    if ((!nestsFences(info) && fenceOpenedBy(line)) || ++count >= MAX_LINES_SEARCHED) return 'not-closed';
  }
  return 'unknown';
}

/** Whether a line outside of the list of a fence that is not closed is more likely another block than code. */
export function endsUnclosedFence(line: string, lineBefore: string): boolean {
  return (
    lineBefore.trim() === '' || /^[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3})/.test(line)
  );
}

/**
 * The indentation that is not part of the code of a fence: that of the fence, unless the code begins outside of the list item
 * that contains the fence.
 *
 * @param first the indentation of the first line of the code
 */
export function codeIndent(first: number, itemColumn: number, fenceColumn: number): number {
  return first < itemColumn ? first : fenceColumn;
}
