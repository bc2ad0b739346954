/** Code in a Markdown fence that is longer than any run of backticks in it, so that nothing in it can close it. */
export function fenced(code: string, language: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${code}${code.endsWith('\n') ? '' : '\n'}${fence}`;
}

export interface CodeBlock {
  readonly code: string;
  /** The first word behind the opening fence, in lower case; empty where there is none. */
  readonly language: string;
}

const QUOTE_MARKS = /^(?: {0,3}> ?)+/;

/** Its end takes anything, or else a line that has U+2028 behind many tildes would be tried from each of them. */
const OPENING_FENCE = /^( *(?:(?:[-*+]|\d{1,9}[.)]) +)?)(`{3,}(?=[^`]*$)|~{3,})([^]*)$/;

/** A line that opens a fence, as it is written. */
export interface FenceLine {
  readonly quoted: boolean;
  /** The text before the fence, including a list marker. */
  readonly indent: string;
  readonly fence: string;
  readonly info: string;
}

/** The fence that a line outside of code opens; undefined if it opens none. */
export function fenceOpenedBy(line: string): FenceLine | undefined {
  const inner = line.replace(QUOTE_MARKS, '');
  const [, indent = '', fence = '', info = ''] = OPENING_FENCE.exec(inner) ?? [];
  return fence ? { quoted: inner !== line, indent, fence, info: info.trim() } : undefined;
}

/** The last fenced block in Markdown, open or closed. A fence in a list or a quotation is read too. */
export function lastCodeBlock(markdown: string): CodeBlock | undefined {
  const last = lastFence(linesOf(markdown));
  return last && { code: last.lines.map((line) => `${line}\n`).join(''), language: languageOf(last.opened) };
}

/** Where Markdown that was cut ends: in an open fence, or else in a paragraph. */
export type MarkdownEnd =
  | { readonly kind: 'code'; readonly opened: FenceLine }
  | { readonly kind: 'text'; readonly paragraph: string };

export function endOfMarkdown(markdown: string): MarkdownEnd {
  const lines = linesOf(markdown);
  const fence = lastFence(lines);
  if (fence && fence.end === undefined) return { kind: 'code', opened: fence.opened };
  const text = lines.slice(fence?.end ?? 0);
  // The last line may still become one.
  const blank = text.slice(0, -1).findLastIndex((line) => line.replace(QUOTE_MARKS, '').trim() === '');
  return { kind: 'text', paragraph: text.slice(blank + 1).join('\n') };
}

/** The first word of what stands behind a fence, in lower case. */
export function languageOf({ info }: FenceLine): string {
  return info.split(/\s+/)[0]?.toLowerCase() ?? '';
}

interface ReadFence {
  readonly opened: FenceLine;
  readonly lines: string[];
  /** The line behind it; none while it is open. */
  end?: number;
}

/**
 * The last fence among lines, read as CommonMark 0.31 has it (section 4.5). What a list or a quotation puts
 * before each line is taken off the code.
 */
function lastFence(lines: readonly string[]): ReadFence | undefined {
  let last: ReadFence | undefined;
  let unindent = /^/;
  let reader: FenceReader | undefined;
  for (const [index, line] of lines.entries()) {
    if (last && last.end === undefined) {
      const text = last.opened.quoted ? line.replace(QUOTE_MARKS, '') : line;
      if (reader?.read(text) === 'closing') last.end = index + 1;
      else last.lines.push(text.replace(unindent, ''));
      continue;
    }
    const opened = fenceOpenedBy(line);
    if (!opened) continue;
    const { fence, indent } = opened;
    unindent = new RegExp(`^ {0,${indent.length}}`);
    reader = createFenceReader(fence, opened.info, indent.length + 3);
    last = { opened, lines: [] };
  }
  return last;
}

function linesOf(markdown: string): string[] {
  return markdown.split(/\r\n|\r|\n/);
}
/** Reads the lines of a fence, one after the other, to find the one that closes it. */
export interface FenceReader {
  /** @param line whole, without its line break and without what a list or a quotation puts before it */
  read(line: string): 'code' | 'closing';
  /** Whether a line would close it, if it came next. */
  wouldClose(line: string): boolean;
}

/** Longest text behind an inner fence, so that a reader of a stream can wait for the end of its line. */
export const MAX_INFO_LENGTH = 80;

/** Whether code in a language shows fences as they are: within it, fences with a language nest. */
export function nestsFences(info: string): boolean {
  return /^(?:markdown|md|mdx)$/i.test(info.trim().split(/\s+/)[0] ?? '');
}

/**
 * CommonMark closes a fence with the first bare one that is long enough. Models that show Markdown put fences of the
 * same length into it: one with a language opens another fence there, and the next bare one closes that.
 *
 * @param maxIndent spaces that may stand before the closing fence
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
