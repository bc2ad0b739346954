import type { MarkdownIt, StateBlock, Token } from 'markdown-it';
import {
  codeIndent,
  createFenceReader,
  endsUnclosedFence,
  findClosing,
} from '../../../core/text/fence-reader';

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
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const [, markup = '', info = ''] = OPENING.exec(state.src.slice(start, state.eMarks[startLine])) ?? [];
  if (markup === '') return false;
  if (silent) return true;
  const lineAt = (line: number): string => state.getLines(line, line + 1, state.blkIndent, false);
  const reader = createFenceReader(markup, info);
  let found: ReturnType<typeof findClosing> | undefined;
  let [end, closed, ended] = [startLine + 1, false, false];
  for (; end < endLine && !closed; end++) {
    const indent = state.sCount[end] ?? 0;
    if (!state.isEmpty(end) && indent < state.blkIndent) {
      // A line with a negative indentation is outside of the block quote.
      if (indent >= 0) found ??= findClosing(linesFrom(state, end, endLine), markup, info);
      ended = indent < 0 || (found !== 'closed' && endsUnclosedFence(lineAt(end), lineAt(end - 1)));
      if (ended) break;
    }
    closed = reader.read(lineAt(end)) === 'closing';
  }
  const token = state.push('fence', 'code', 0);
  token.info = info;
  const codeEnd = closed ? end - 1 : end;
  let first = startLine + 1;
  while (first < codeEnd && state.isEmpty(first)) first++;
  const firstIndent = first < codeEnd ? (state.sCount[first] ?? 0) : Infinity;
  const indent = codeIndent(firstIndent, state.blkIndent, state.sCount[startLine] ?? 0);
  token.content = state.getLines(startLine + 1, codeEnd, indent, true);
  token.markup = markup;
  token.map = [startLine, end];
  const isLastContainer = endLine === state.bMarks.length - 1;
  if (ended && found === 'unknown' && isLastContainer) token.meta = { undecided: true };
  state.line = end;
  return true;
}

/** The complete lines of a container. An incomplete one counts only if it is a closing fence so far. */
function* linesFrom(state: StateBlock, from: number, endLine: number): Generator<string> {
  for (let line = from; line < endLine; line++) {
    const text = state.getLines(line, line + 1, state.blkIndent, false);
    const isComplete = (state.eMarks[line] ?? 0) < state.src.length;
    if (isComplete || /^\s*(?:`+|~+)\s*$/.test(text)) yield text;
  }
}
