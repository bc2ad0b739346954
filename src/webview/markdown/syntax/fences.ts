import type { MarkdownIt, StateBlock, Token } from 'markdown-it';
import {
  codeIndent,
  createFenceReader,
  endsUnclosedFence,
  findClosing,
} from '../../../core/text/fences/fence-reader';

const OPENING = /^(`{3,}(?=[^`]*$)|~{3,})([^]*)$/;

/**
 * Reads fences with the reader that the host uses too: fences with a language can be nested in Markdown code, and the code of a
 * fence in a list may be less indented than the list.
 */
export function fences(md: MarkdownIt): void {
  md.block.ruler.at('fence', rule, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

/** Whether the text after a fence may turn out to be its code. */
export function isUndecided({ meta }: Token): boolean {
  return meta?.['undecided'] === true;
}

function rule(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const opening = readOpening(state, startLine);
  if (!opening) return false;
  if (!silent) pushFence(state, startLine, opening, findEnd(state, startLine, endLine, opening));
  return true;
}

interface Opening {
  readonly markup: string;
  readonly info: string;
}

function readOpening(state: StateBlock, line: number): Opening | undefined {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return undefined;
  const [, markup = '', info = ''] = OPENING.exec(contentOf(state, line)) ?? [];
  return markup === '' ? undefined : { markup, info };
}

/** The text of a line without its indentation. */
export function contentOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

interface FenceEnd {
  /** The lines after the code and after the fence; they differ if the fence is closed. */
  readonly codeEnd: number;
  readonly end: number;
  readonly isUndecided: boolean;
}

export function findEnd(state: StateBlock, startLine: number, endLine: number, opening: Opening): FenceEnd {
  const { markup, info } = opening;
  const lineAt = (line: number): string => state.getLines(line, line + 1, state.blkIndent, false);
  const reader = createFenceReader(markup, info);
  const isLastContainer = endLine === state.bMarks.length - 1;
  let closing: ReturnType<typeof findClosing> | undefined;
  for (let line = startLine + 1; line < endLine; line++) {
    const indent = state.sCount[line] ?? 0;
    if (!state.isEmpty(line) && indent < state.blkIndent) {
      // A line with a negative indentation is outside of the block quote.
      if (indent >= 0) closing ??= findClosing(linesFrom(state, line, endLine), markup, info);
      const leavesContainer =
        indent < 0 || (closing !== 'closed' && endsUnclosedFence(lineAt(line), lineAt(line - 1)));
      if (leavesContainer)
        return { codeEnd: line, end: line, isUndecided: closing === 'unknown' && isLastContainer };
    }
    if (reader.read(lineAt(line)) === 'closing') return { codeEnd: line, end: line + 1, isUndecided: false };
  }
  return { codeEnd: endLine, end: endLine, isUndecided: false };
}

export function pushFence(
  state: StateBlock,
  startLine: number,
  { markup, info }: Opening,
  found: FenceEnd,
): Token {
  const { codeEnd, end, isUndecided } = found;
  const token = state.push('fence', 'code', 0);
  let first = startLine + 1;
  while (first < codeEnd && state.isEmpty(first)) first++;
  const firstIndent = first < codeEnd ? (state.sCount[first] ?? 0) : Infinity;
  const indent = codeIndent(firstIndent, state.blkIndent, state.sCount[startLine] ?? 0);
  token.info = info;
  token.content = state.getLines(startLine + 1, codeEnd, indent, true);
  token.markup = markup;
  token.map = [startLine, end];
  if (isUndecided) token.meta = { undecided: true };
  state.line = end;
  return token;
}

/** The complete lines of a container. An incomplete one counts only if it is a closing fence so far. */
function* linesFrom(state: StateBlock, from: number, endLine: number): Generator<string> {
  for (let line = from; line < endLine; line++) {
    const text = state.getLines(line, line + 1, state.blkIndent, false);
    const isComplete = (state.eMarks[line] ?? 0) < state.src.length;
    if (isComplete || /^\s*(?:`+|~+)\s*$/.test(text)) yield text;
  }
}
