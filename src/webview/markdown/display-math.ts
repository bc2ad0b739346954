import type MarkdownIt from 'markdown-it';
import { closingDollars, createClosings, type Closings } from './closings';
import { endOfParagraph } from './paragraph';

interface Formula {
  readonly source: string;
  /** Characters it takes with its delimiters. */
  readonly length: number;
}

/**
 * Formulas of display size: `$$…$$`, `\[…\]` and bare environments, as blocks and in the middle of a
 * paragraph. One that is not closed before a blank line, where TeX would end too, stays text.
 */
export function displayMath(md: MarkdownIt, render: (source: string) => string): void {
  const name = 'display_math';
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
  md.block.ruler.before('fence', name, blockRule, interrupts);
  md.inline.ruler.before('escape', name, inlineRule);
  md.renderer.rules[name] = (tokens, index) => render(tokens[index]?.content ?? '');
}

/** The whole text, a block of it, and what is within that. */
const ofDocument = createClosings();
const ofBlock = createClosings();
const ofInline = createClosings();

const blockRule: Parameters<MarkdownIt['block']['ruler']['before']>[2] = (
  state,
  startLine,
  endLine,
  silent,
) => {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const closedAt = endOf(ofDocument, state.src, start);
  if (closedAt === undefined) return false;
  const lineEnd = (line: number): number => state.eMarks[line] ?? 0;
  if (closedAt > lineEnd(endOfParagraph(state, startLine, endLine) - 1)) return false;
  let end = startLine + 1;
  while (lineEnd(end - 1) < closedAt) end++;

  const text = state.getLines(startLine, end, state.blkIndent, false).trimStart();
  const formula = formulaAt(ofBlock, text, 0);
  // With words behind it, it is a part of a paragraph.
  if (!formula || !/^[ \t]*(\n|$)/.test(text.slice(formula.length))) return false;
  if (silent) return true;
  const lines = text.slice(0, formula.length).split('\n').length;
  const token = state.push('display_math', 'math', 0);
  token.content = formula.source;
  token.map = [startLine, startLine + lines];
  state.line = startLine + lines;
  return true;
};

const inlineRule: Parameters<MarkdownIt['inline']['ruler']['before']>[2] = (state, silent) => {
  const formula = formulaAt(ofInline, state.src, state.pos);
  if (!formula || state.pos + formula.length > state.posMax) return false;
  if (!silent) state.push('display_math', 'math', 0).content = formula.source;
  state.pos += formula.length;
  return true;
};

function formulaAt(closings: Closings, text: string, position: number): Formula | undefined {
  const end = endOf(closings, text, position);
  if (end === undefined) return undefined;
  const whole = text.slice(position, end);
  const source = whole.startsWith('\\b') ? whole : whole.slice(2, -2);
  return source.trim() === '' ? undefined : { source, length: whole.length };
}

/** The position behind a formula that begins here; undefined where none does, or where it does not end. */
function endOf(closings: Closings, text: string, position: number): number | undefined {
  const opening = text.slice(position, position + 2);
  if (opening === '\\b') return closings.environment(text, position);
  if (opening !== '$$' && opening !== '\\[') return undefined;
  const closing = opening === '$$' ? '$$' : '\\]';
  const next = closings.next(text, closing, position + 2);
  if (next === -1) return undefined;
  const end = opening === '$$' ? closingDollars(text, position + 2, '$$') : next;
  return end === -1 ? undefined : end + 2;
}
