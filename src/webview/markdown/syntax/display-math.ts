import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import type { RenderFormula } from './inline-math';
import { findClosingDollars, createMathDelimiters, type MathDelimiters } from './math-delimiters';
import { isProseInDoubleDollars, namesDelimiters } from './math-or-prose';
import { formulaAtLineEnd, MAX_FORMULA_LINES, mayBeMath } from './math-paragraphs';

interface Formula {
  readonly source: string;
  /** The length of the formula with its delimiters, in characters. */
  readonly length: number;
}

/**
 * Display formulas: `$$…$$`, `\[…\]` and environments without delimiters, as blocks and within a paragraph. A block may contain
 * blank lines. A formula that is not closed stays text.
 */
export function displayMath(md: MarkdownIt, render: RenderFormula): void {
  const name = 'display_math';
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
  md.block.ruler.before('fence', name, blockRule, interrupts);
  md.block.ruler.before('code', 'indented_display_math', indentedRule);
  md.block.ruler.before('lheading', 'display_math_after_text', ruleAfterText, { alt: ['paragraph'] });
  md.inline.ruler.before('escape', name, inlineRule);
  md.renderer.rules[name] = (tokens, index, _options, environment = {}) =>
    render(tokens[index]?.content ?? '', environment);
}

/** One index each for the whole text, for a block, and for inline content, because the parser alternates between them. */
const documentDelimiters = createMathDelimiters();
const blockDelimiters = createMathDelimiters();
const inlineDelimiters = createMathDelimiters();

function blockRule(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const closedAt = endOf(documentDelimiters, state.src, start);
  if (closedAt === undefined) return false;
  const end = lineAfter(state, startLine, endLine, closedAt);
  if (end === undefined) return false;

  const text = state.getLines(startLine, end, state.blkIndent, false).trimStart();
  const formula = formulaAt(blockDelimiters, text, 0);
  // If text follows, the formula is part of a paragraph.
  if (!formula || !/^[^\S\n]*(\n|$)/.test(text.slice(formula.length))) return false;
  if (silent) return true;
  const lines = text.slice(0, formula.length).split('\n').length;
  const token = state.push('display_math', 'math', 0);
  token.content = formula.source;
  token.map = [startLine, startLine + lines];
  state.line = startLine + lines;
  return true;
}

/** An indented block that is wholly one formula in delimiters. */
function indentedRule(state: StateBlock, startLine: number, endLine: number): boolean {
  const isIndented = (line: number): boolean => (state.sCount[line] ?? 0) - state.blkIndent >= 4;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (!isIndented(startLine) || !/^(?:\$\$|\\\[|\\begin)/.test(state.src.slice(start, start + 6)))
    return false;
  let end = startLine + 1;
  for (let line = end; line < endLine && (state.isEmpty(line) || isIndented(line)); line++) {
    if (!state.isEmpty(line)) end = line + 1;
  }
  const text = state.getLines(startLine, end, state.sCount[startLine] ?? 0, false).trim();
  const formula = formulaAt(blockDelimiters, text, 0);
  if (formula?.length !== text.length) return false;
  const token = state.push('display_math', 'math', 0);
  token.content = formula.source;
  token.map = [startLine, end];
  state.line = end;
  return true;
}

/**
 * A paragraph that continues after blank lines, because they are in a formula that begins at the end of its first
 * line.
 */
function ruleAfterText(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const line = state.src.slice(start, state.eMarks[startLine]);
  const opening = formulaAtLineEnd(line);
  if (opening === undefined || line.slice(0, opening).trim() === '') return false;
  const closedAt = endOf(documentDelimiters, state.src, start + opening);
  if (closedAt === undefined) return false;
  // Without a blank line, all of it is one paragraph.
  if (closedAt <= (state.eMarks[endOfParagraph(state, startLine, endLine) - 1] ?? 0)) return false;
  const end = lineAfter(state, startLine, endLine, closedAt, 'after text');
  if (end === undefined) return false;

  const text = state.getLines(startLine, end, state.blkIndent, false).trim();
  const formula = formulaAt(blockDelimiters, text, opening);
  // "kill $$", and in another paragraph "echo $$".
  if (!formula || !/[\\^_=+<>{}&\d-]/.test(formula.source) || isText(text, opening, formula)) return false;
  if (silent) return true;
  const map: [number, number] = [startLine, end];
  state.push('paragraph_open', 'p', 1).map = map;
  const inline = state.push('inline', '', 0);
  inline.content = text;
  inline.map = map;
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  state.line = end;
  return true;
}

/** The line after a formula that is closed at a position; undefined if other text is between. */
function lineAfter(
  state: StateBlock,
  startLine: number,
  endLine: number,
  closedAt: number,
  firstLine?: 'after text',
): number | undefined {
  const lineEnd = (line: number): number => state.eMarks[line] ?? 0;
  const paragraphEnd = endOfParagraph(state, startLine, endLine);
  const isParagraph = closedAt <= lineEnd(paragraphEnd - 1);
  const limit = isParagraph ? paragraphEnd : Math.min(endLine, startLine + MAX_FORMULA_LINES);
  let end = startLine + 1;
  while (end < limit && lineEnd(end - 1) < closedAt) {
    // A line with less indentation is outside of the list or block quote.
    if (!state.isEmpty(end) && (state.sCount[end] ?? 0) < state.blkIndent) return undefined;
    end++;
  }
  if (lineEnd(end - 1) < closedAt) return undefined;
  if (isParagraph) return end;
  const lines = Array.from({ length: end - startLine }, (_, at) =>
    state.getLines(startLine + at, startLine + at + 1, state.blkIndent, false),
  );
  return lines.slice(firstLine === undefined ? 0 : 1).every(mayBeMath) ? end : undefined;
}

function inlineRule(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  const formula = formulaAt(inlineDelimiters, src, pos);
  if (!formula) return false;
  const { source, length } = formula;
  const end = pos + length;
  if (end > state.posMax || isText(src, pos, formula)) return false;
  if (!silent) {
    if (src.startsWith('\\[', pos) && namesDelimiters(source)) state.pending += src.slice(pos, end);
    else state.push('display_math', 'math', 0).content = source;
  }
  state.pos = end;
  return true;
}

/** `list\[0\]` and `\[text\](address)` are escaped brackets, and dollar signs may be part of prose. */
function isText(text: string, position: number, { source, length }: Formula): boolean {
  if (text.startsWith('$$', position)) return isProseInDoubleDollars(source, text[position + length] ?? '');
  if (!text.startsWith('\\[', position)) return false;
  return (/\w/.test(text[position - 1] ?? '') && /^\w+$/.test(source)) || text[position + length] === '(';
}

function formulaAt(delimiters: MathDelimiters, text: string, position: number): Formula | undefined {
  const end = endOf(delimiters, text, position);
  if (end === undefined) return undefined;
  const whole = text.slice(position, end);
  const source = whole.startsWith('\\b') ? whole : whole.slice(2, -2);
  return source.trim() === '' ? undefined : { source, length: whole.length };
}

/** The position after the formula that begins at a position; undefined if there is none, or if it is not closed. */
function endOf(delimiters: MathDelimiters, text: string, position: number): number | undefined {
  const opening = text.slice(position, position + 2);
  if (opening === '\\b') return delimiters.environment(text, position);
  if (opening !== '$$' && opening !== '\\[') return undefined;
  const closing = opening === '$$' ? '$$' : '\\]';
  const next = delimiters.next(text, closing, position + 2);
  if (next === -1) return undefined;
  const end = opening === '$$' ? findClosingDollars(text, position + 2, '$$') : next;
  return end === -1 ? undefined : end + 2;
}

interface ParagraphEnd {
  readonly from: number;
  readonly end: number;
  readonly indent: number;
  readonly limit: number;
}

const lastParagraphEnd = new WeakMap<StateBlock, ParagraphEnd>();

/**
 * The line after the paragraph that contains a line. The result is cached for all lines of the paragraph, because each may ask
 * for it, which would take quadratic time.
 */
function endOfParagraph(state: StateBlock, line: number, limit: number): number {
  const { blkIndent: indent } = state;
  const last = lastParagraphEnd.get(state);
  if (last?.indent === indent && last.limit === limit && last.from <= line && line < last.end) {
    return last.end;
  }
  let end = line + 1;
  while (end < limit && !state.isEmpty(end) && (state.sCount[end] ?? 0) >= indent) end++;
  lastParagraphEnd.set(state, { from: line, end, indent, limit });
  return end;
}
