/**
 * Puts code into a Markdown fence that is longer than any run of backticks in it, so that the code cannot close it.
 */
export function fenced(code: string, language: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${code}${code.endsWith('\n') ? '' : '\n'}${fence}`;
}

export interface CodeBlock {
  readonly code: string;
  /** The first word of the info string, in lower case; empty if there is none. */
  readonly language: string;
}

const QUOTE_MARKS = /^(?: {0,3}> ?)+/;

/**
 * Ends with `[^]*` instead of `.*`, as a line with U+2028 after many tildes would otherwise be tried from each of
 * them.
 */
const OPENING_FENCE = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}(?=[^`]*$)|~{3,})([^]*)$/;

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

/** The last fenced block in Markdown, open or closed, including those in lists and quotations. */
export function lastCodeBlock(markdown: string): CodeBlock | undefined {
  return blockOf(lastFence(linesOf(markdown)));
}

/** The first fenced block in Markdown, open or closed, including those in lists and quotations. */
export function firstCodeBlock(markdown: string): CodeBlock | undefined {
  return blockOf(fencesIn(linesOf(markdown))[0]);
}

/** A fenced block with what tells of which file it is. */
export interface FoundBlock extends CodeBlock {
  readonly info: string;
  /** The last line above it that is not blank; empty if that belongs to another block. */
  readonly lineBefore: string;
}

/** The fenced blocks in Markdown in their order. */
export function codeBlocksIn(markdown: string): readonly FoundBlock[] {
  const lines = linesOf(markdown);
  return fencesIn(lines).flatMap((fence, index, all) => {
    const above = lines.slice(all[index - 1]?.end ?? 0, fence.start);
    const lineBefore = above.findLast((line) => line.trim() !== '') ?? '';
    const block = blockOf(fence);
    return block ? [{ ...block, info: fence.opened.info, lineBefore }] : [];
  });
}

function blockOf(fence: ReadFence | undefined): CodeBlock | undefined {
  if (!fence) return undefined;
  const { opened, lines, end } = fence;
  // In a block that is still open, nothing follows the last line break yet.
  const complete = end === undefined && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  return { code: complete.map((line) => `${line}\n`).join(''), language: languageOf(opened) };
}

/** The end of incomplete Markdown: in an open fence, or else in a paragraph. */
export type MarkdownEnd =
  | { readonly kind: 'code'; readonly opened: FenceLine }
  | { readonly kind: 'text'; readonly paragraph: string };

export function endOfMarkdown(markdown: string): MarkdownEnd {
  const lines = linesOf(markdown);
  const fence = lastFence(lines);
  if (fence && fence.end === undefined) return { kind: 'code', opened: fence.opened };
  const text = lines.slice(fence?.end ?? 0);
  // The last line is incomplete, so it does not count as blank.
  const blank = text.slice(0, -1).findLastIndex((line) => line.replace(QUOTE_MARKS, '').trim() === '');
  return { kind: 'text', paragraph: text.slice(blank + 1).join('\n') };
}

/** The first word of the info string of a fence, in lower case. */
export function languageOf({ info }: FenceLine): string {
  return info.split(/\s+/)[0]?.toLowerCase() ?? '';
}

interface ReadFence {
  readonly opened: FenceLine;
  readonly lines: string[];
  /** The index of its first line. */
  readonly start: number;
  /** The index of the line after it; absent while it is open. */
  end?: number;
}

function lastFence(lines: readonly string[]): ReadFence | undefined {
  return fencesIn(lines).at(-1);
}

/**
 * The fences in the lines, according to CommonMark 0.31, section 4.5. The prefixes of a list or a quotation are
 * removed from the code.
 */
function fencesIn(lines: readonly string[]): readonly ReadFence[] {
  const fences: ReadFence[] = [];
  let last: ReadFence | undefined;
  let columns = 0;
  let reader: FenceReader | undefined;
  for (const [index, line] of lines.entries()) {
    if (last && last.end === undefined) {
      const text = last.opened.quoted ? line.replace(QUOTE_MARKS, '') : line;
      if (reader?.read(withSpaces(text)) === 'closing') last.end = index + 1;
      else last.lines.push(unindented(text, columns));
      continue;
    }
    const opened = fenceOpenedBy(line);
    if (!opened) continue;
    const { fence, indent } = opened;
    columns = withSpaces(indent).length;
    reader = createFenceReader(fence, opened.info, columns + 3);
    last = { opened, lines: [], start: index };
    fences.push(last);
  }
  return fences;
}

/** The line with spaces in the place of the tabs at its beginning, as CommonMark counts its columns. */
function withSpaces(line: string): string {
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

function linesOf(markdown: string): string[] {
  return markdown.split(/\r\n|\r|\n/);
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
