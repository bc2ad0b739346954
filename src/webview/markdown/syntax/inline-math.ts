import type { Env, MarkdownIt, StateInline } from 'markdown-it';
import { findClosingDollars, createMathDelimiters } from './math-delimiters';
import { closingBracket } from '../math/brackets';
import { isProseInDoubleDollars, isProseInDollars, isSpacedFormula, namesDelimiters } from './math-or-prose';

/** Renders the source of a formula. The environment is what was passed to the parser. */
export type RenderFormula = (source: string, environment: Env) => string;

/**
 * Inline formulas: `\(…\)`, `` $`…`$ `` as on GitHub, `$…$` if it is neither a price nor a shell variable, and `\boxed{…}`.
 */
export function inlineMath(md: MarkdownIt, render: RenderFormula): void {
  const name = 'inline_math';
  md.inline.ruler.before('escape', name, inlineRule);
  md.renderer.rules[name] = (tokens, index, _options, environment = {}) =>
    render(tokens[index]?.content ?? '', environment);
}

const delimiters = createMathDelimiters();

interface Span {
  readonly source: string;
  /** The position after it. */
  readonly end: number;
}

function inlineRule(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== '$' && src[pos] !== '\\') return false;
  const span = spanAt(src, pos);
  if (!span || span.end > posMax || span.source.trim() === '') return skipDollarSigns(state, silent);
  if (!silent && src[pos] === '\\' && namesDelimiters(span.source)) state.pending += src.slice(pos, span.end);
  else if (!silent) state.push('inline_math', 'math', 0).content = span.source;
  state.pos = span.end;
  return true;
}

/** The position after the formula that begins at a position in a line; undefined if there is none. */
export function formulaEnd(line: string, position: number): number | undefined {
  if (line.startsWith('$$', position)) {
    const end = findClosingDollars(line, position + 2, '$$');
    const isText = end === -1 || isProseInDoubleDollars(line.slice(position + 2, end), line[end + 2] ?? '');
    return isText ? undefined : end + 2;
  }
  if (line.startsWith('\\[', position)) {
    const end = delimiters.next(line, '\\]', position + 2);
    return end === -1 ? undefined : end + 2;
  }
  return delimiters.environment(line, position) ?? spanAt(line, position)?.end;
}

function spanAt(text: string, position: number): Span | undefined {
  if (text[position] === '$') {
    const codeQuoted = text[position + 1] === '`' ? delimiters.next(text, '`$', position + 2) : -1;
    if (codeQuoted > position + 2)
      return { source: text.slice(position + 2, codeQuoted), end: codeQuoted + 2 };
    const end = findClosingDollar(text, position);
    return end === -1 ? undefined : { source: text.slice(position + 1, end), end: end + 1 };
  }
  if (!text.startsWith('\\(', position)) return commandAt(text, position);
  const end = delimiters.next(text, '\\)', position + 2);
  return end === -1 ? undefined : { source: text.slice(position + 2, end), end: end + 2 };
}

/** Commands that models write without delimiters: the result, and chemical formulas. */
const BARE_COMMAND = /\\(?:boxed|ce)\{(?=\s*[^\s}])/y;
/** Maximum length of such a command, in characters, because each may have no end. */
const MAX_COMMAND_LENGTH = 500;

function commandAt(text: string, position: number): Span | undefined {
  BARE_COMMAND.lastIndex = position;
  if (!BARE_COMMAND.test(text)) return undefined;
  const source = text.slice(position, position + MAX_COMMAND_LENGTH);
  const end = closingBracket(source, source.indexOf('{'), '{}');
  return end === undefined ? undefined : { source: source.slice(0, end + 1), end: position + end + 1 };
}

/** Skips adjacent dollar signs, because none of them opens a formula. */
function skipDollarSigns(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  let end = pos;
  while (end < posMax && src[end] === '$') end++;
  if (end === pos) return false;
  if (!silent) state.pending += src.slice(pos, end);
  state.pos = end;
  return true;
}

/** The position of the dollar sign that closes the formula at a position; -1 if no formula begins there. */
function findClosingDollar(text: string, position: number): number {
  const before = text[position - 1] ?? '';
  const first = text[position + 1] ?? '';
  if (first === '$' || /[^\S ]/.test(first)) return -1;
  // "US$20" and "10$ or 20$", but "3$\times$3".
  if (/[0-9A-Za-z]/.test(before) && !/^\\[A-Za-z]/.test(text.slice(position + 1, position + 3))) return -1;
  const end = findClosingDollars(text, position + 1, '$');
  if (end === -1) return -1;
  const source = text.slice(position + 1, end);
  const after = text[end + 1] ?? '';
  // "\\host\c$\a and \\host\d$\b" are paths of Windows.
  if (after === '\\' && /[0-9A-Za-z]/.test(before)) return -1;
  if (/^\s|\s$/.test(source) && !isSpacedFormula(source)) return -1;
  return isProseInDollars(before, source.trim(), after) ? -1 : end;
}
