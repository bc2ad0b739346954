import { fenceOpenedAfterText } from './fence-after-text';
import {
  codeIndent,
  createFenceReader,
  endsUnclosedFence,
  fenceOpenedBy,
  findClosing,
  MAX_LINES_SEARCHED,
  QUOTE_MARKS,
  unindented,
  withSpaces,
  type FenceLine,
  type FenceReader,
} from './fence-reader';

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

/** The last fenced block in Markdown, open or closed, including those in lists and quotations. */
export function lastCodeBlock(markdown: string): CodeBlock | undefined {
  return blockOf(fencesIn(linesOf(markdown)).findLast((fence) => !isFormula(fence)));
}

/** A fence of the language `math` is shown as a formula. */
function isFormula({ opened, end }: ReadFence): boolean {
  return end !== undefined && /^math$/i.test(opened.info);
}

/** A fenced block with the texts that may name its file. */
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
    const [text = ''] = (lines[fence.start] ?? '').split(fence.opened.fence);
    const lineBefore = /\p{L}/u.test(text) ? text : (above.findLast((line) => line.trim() !== '') ?? '');
    const block = blockOf(fence);
    return block ? [{ ...block, info: fence.opened.info, lineBefore }] : [];
  });
}

function blockOf(fence: ReadFence | undefined): CodeBlock | undefined {
  if (!fence) return undefined;
  const { opened, lines, end, columns, itemColumn = 0 } = fence;
  // In a block that is still open, nothing follows the last line break yet.
  const complete = end === undefined && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  const indent = codeIndent(indentOf(complete.find((line) => line.trim() !== '') ?? ''), itemColumn, columns);
  return {
    code: complete.map((line) => `${unindented(line, indent)}\n`).join(''),
    language: languageOf(opened),
  };
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
  /** The lines of the block without the prefix of a quotation, and with the indentation of a list. */
  readonly lines: string[];
  /** The column of its markers. */
  readonly columns: number;
  /** The column of the list item that contains it, once a line is less indented than the fence; 0 outside of lists. */
  itemColumn?: number;
  /** The index of its first line. */
  readonly start: number;
  /** The index of the line after it; absent while it is open. */
  end?: number;
}

function lastFence(lines: readonly string[]): ReadFence | undefined {
  return fencesIn(lines).at(-1);
}

/**
 * The fences in the lines, according to CommonMark 0.31, section 4.5, except that code in a list may be less indented
 * than the list. The prefixes of a list or a quotation are removed from the code.
 */
function fencesIn(lines: readonly string[]): readonly ReadFence[] {
  const fences: ReadFence[] = [];
  let open: OpenFence | undefined;
  for (const [index, line] of lines.entries()) {
    if (open && !endsBefore(open, lines, index)) {
      const { fence, reader } = open;
      if (reader.read(withSpaces(withoutQuote(line, fence))) !== 'closing') {
        fence.lines.push(withoutQuote(line, fence));
        continue;
      }
      fence.end = index + 1;
      open = undefined;
      continue;
    }
    if (open) open.fence.end = index;
    open = openedBy(lines, index);
    if (open) fences.push(open.fence);
  }
  return fences;
}

interface OpenFence {
  readonly fence: ReadFence;
  readonly reader: FenceReader;
  /** Whether it is closed, as of the first line that is less indented than the item. */
  closing?: ReturnType<typeof findClosing>;
}

function openedBy(lines: readonly string[], start: number): OpenFence | undefined {
  const line = lines[start] ?? '';
  const opened = fenceOpenedBy(line) ?? fenceOpenedAfterText(line, lines[start + 1] ?? '');
  if (!opened) return undefined;
  const columns = withSpaces(opened.indent).length;
  return {
    fence: { opened, lines: [], start, columns },
    reader: createFenceReader(opened.fence, opened.info, columns + 3),
  };
}

/** Whether a line is outside of the list that contains a fence, and the fence is not closed further down. */
function endsBefore(open: OpenFence, lines: readonly string[], index: number): boolean {
  const { fence } = open;
  const { columns } = fence;
  const textAt = (at: number): string => withoutQuote(lines[at] ?? '', fence);
  const line = textAt(index);
  if (line.trim() === '' || indentOf(line) >= columns) return false;
  fence.itemColumn ??= itemColumnOf(lines, fence);
  if (indentOf(line) >= fence.itemColumn) return false;
  const { fence: markers, info } = fence.opened;
  open.closing ??= findClosing(
    lines.slice(index, index + MAX_LINES_SEARCHED).map((_, at) => textAt(index + at)),
    markers,
    info,
    columns + 3,
  );
  return open.closing !== 'closed' && endsUnclosedFence(line, textAt(index - 1));
}

function withoutQuote(line: string, { opened }: ReadFence): string {
  return opened.quoted ? line.replace(QUOTE_MARKS, '') : line;
}

const LIST_MARKER = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?=\S)/;

/** The column of the text of the list item that contains a fence; 0 if none does. */
function itemColumnOf(lines: readonly string[], { opened, start, columns }: ReadFence): number {
  if (opened.indent.trim() !== '') return columns;
  for (let at = start - 1; at >= Math.max(0, start - MAX_LINES_SEARCHED); at--) {
    const line = (lines[at] ?? '').replace(QUOTE_MARKS, '');
    const marker = LIST_MARKER.exec(line)?.[0];
    const column = marker === undefined ? 0 : withSpaces(marker).length;
    if (column > 0 && column <= columns) return column;
    if (line.trim() !== '' && indentOf(line) === 0) return 0;
  }
  return 0;
}

function indentOf(line: string): number {
  return withSpaces(/^[ \t]*/.exec(line)?.[0] ?? '').length;
}

function linesOf(markdown: string): string[] {
  return markdown.split(/\r\n|\r|\n/);
}
