import type { MarkdownIt, StateBlock, Token } from 'markdown-it';
import { canBeFirstLine, fenceAfterText } from '../../../core/text/fences/fence-after-text';
import { contentOf, findEnd, pushFence } from './fences';

/** Largest number of lines of a paragraph up to a fence, because each block that begins in these lines may look for it. */
const MAX_LINES = 20;

/** The line below a heading. */
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;

/** A paragraph whose last line ends with a fence: "Here is the code: ```python". */
export function fenceAfterParagraph(md: MarkdownIt): void {
  md.block.ruler.before('lheading', 'fence_after_paragraph', (state, startLine, endLine) => {
    const line = lastLine(state, startLine, endLine);
    const opening = line === undefined ? undefined : fenceAfterText(contentOf(state, line));
    if (line === undefined || !opening) return false;
    if (!canBeFirstLine(contentOf(state, line + 1), opening) || !isParagraph(state, startLine, line, endLine))
      return false;
    const found = findEnd(state, line, endLine, opening);
    // A list item or a block quote may end with this line.
    if (found.end === line + 1) return false;

    const before = state.getLines(startLine, line, state.blkIndent, true);
    pushParagraph(state, before + contentOf(state, line).slice(0, opening.at), [startLine, line + 1]);
    // The first line of the code may still turn out to close inline code.
    const isComplete = (state.eMarks[line + 1] ?? 0) < state.src.length;
    const fence = pushFence(state, line, opening, {
      ...found,
      isUndecided: found.isUndecided || !isComplete,
    });
    fence.meta = { ...fence.meta, offset: (state.tShift[line] ?? 0) + opening.at };
    return true;
  });
}

/** The position at which a block begins in its first line. It is not 0 if the block is a fence after text. */
export function offsetOf({ meta }: Token): number {
  return Number(meta?.['offset'] ?? 0);
}

/** The first line from a line on that ends with a fence and is followed by another one, without a blank line between. */
function lastLine(state: StateBlock, startLine: number, endLine: number): number | undefined {
  for (let line = startLine; line < Math.min(startLine + MAX_LINES, endLine - 1); line++) {
    if (state.isEmpty(line) || (state.sCount[line] ?? 0) < state.blkIndent) return undefined;
    if (fenceAfterText(contentOf(state, line))) return line;
  }
  return undefined;
}

/** Whether no other block begins between the first and the last line of a paragraph. */
function isParagraph(state: StateBlock, first: number, last: number, endLine: number): boolean {
  const rules = state.md.block.ruler.getRules('paragraph');
  const parent = state.parentType;
  state.parentType = 'paragraph';
  let line = first + 1;
  const isEnd = (): boolean =>
    UNDERLINE.test(contentOf(state, line)) || rules.some((rule) => rule(state, line, endLine, true));
  while (line <= last && !isEnd()) line++;
  state.parentType = parent;
  return line > last;
}

function pushParagraph(state: StateBlock, text: string, map: [number, number]): void {
  state.push('paragraph_open', 'p', 1).map = map;
  const inline = state.push('inline', '', 0);
  inline.content = text.trim();
  inline.map = map;
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
}
