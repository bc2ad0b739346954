import type { MarkdownIt, StateInline } from 'markdown-it';
import { closingDollars, createClosings } from './math-delimiters';

/**
 * Formulas in a line: `\(…\)`, GitHub's `` $`…`$ ``, and `$…$` where it is neither a price nor a variable of a
 * shell.
 */
export function inlineMath(md: MarkdownIt, render: (source: string) => string): void {
  const name = 'inline_math';
  md.inline.ruler.before('escape', name, inlineRule);
  md.renderer.rules[name] = (tokens, index) => render(tokens[index]?.content ?? '');
}

const closings = createClosings();

interface Span {
  readonly source: string;
  /** The position behind it. */
  readonly end: number;
}

function inlineRule(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== '$' && src[pos] !== '\\') return false;
  const span = spanAt(src, pos);
  if (!span || span.end > posMax || span.source.trim() === '') return dollarSigns(state, silent);
  if (!silent) state.push('inline_math', 'math', 0).content = span.source;
  state.pos = span.end;
  return true;
}

/** The position behind the formula that begins at a position of one line; undefined where none does. */
export function formulaEnd(line: string, position: number): number | undefined {
  if (line.startsWith('$$', position)) {
    const end = closingDollars(line, position + 2, '$$');
    return end === -1 ? undefined : end + 2;
  }
  return spanAt(line, position)?.end;
}

function spanAt(text: string, position: number): Span | undefined {
  if (text[position] === '$') {
    const quoted = text[position + 1] === '`' ? closings.next(text, '`$', position + 2) : -1;
    if (quoted > position + 2) return { source: text.slice(position + 2, quoted), end: quoted + 2 };
    const end = dollarsEnd(text, position);
    return end === -1 ? undefined : { source: text.slice(position + 1, end), end: end + 1 };
  }
  if (!text.startsWith('\\(', position)) return undefined;
  const end = closings.next(text, '\\)', position + 2);
  return end === -1 ? undefined : { source: text.slice(position + 2, end), end: end + 2 };
}

/** Dollars side by side are no opening, nor is the second of them. */
function dollarSigns(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  let end = pos;
  while (end < posMax && src[end] === '$') end++;
  if (end === pos) return false;
  if (!silent) state.pending += src.slice(pos, end);
  state.pos = end;
  return true;
}

/** Where the dollar is that closes the formula of one at a position; -1 where that opens none. */
function dollarsEnd(text: string, position: number): number {
  const before = text[position - 1] ?? '';
  const first = text[position + 1] ?? '';
  if (first === '$' || /\s/.test(first)) return -1;
  // "US$20" and "10$ or 20$", but "3$\times$3".
  if (/[0-9A-Za-z]/.test(before) && !/^\\[A-Za-z]/.test(text.slice(position + 1, position + 3))) return -1;
  const end = closingDollars(text, position + 1, '$');
  if (end === -1) return -1;
  const source = text.slice(position + 1, end);
  const after = text[end + 1] ?? '';
  if (/\s$/.test(source) || !mayBeBefore(source, after) || isQuotedVariable(before, source, after)) return -1;
  return isPrice(source) || isProse(source) ? -1 : end;
}

/** A command may have a digit behind it, as in "3$\times$3"; else that is the next price. */
function mayBeBefore(source: string, after: string): boolean {
  if (/[0-9]/.test(after)) return /^\\[A-Za-z]+$/.test(source);
  // "$n$th" is a formula; "$HOME/$USER" and "$first$second" are not.
  if (/[A-Za-z_{(]/.test(after)) return !/[-+*/=:<>,;.&|@([{]$|^[A-Za-z_]\w{2,}$/.test(source);
  return true;
}

/** `cp "$src" "$dst"`, `'$a' and '$b'`, `"${a}", "$(b)"`: the quotation mark before it is closed within. */
function isQuotedVariable(before: string, source: string, after: string): boolean {
  if (!/["'`]/.test(before) || after === before) return false;
  return /^(?:[A-Za-z_]\w*|\{[^}]*\}|\([^)]*\)|[\d@#?*])[^"'`]*["'`]/.test(source) && source.includes(before);
}

/** "$5 and you have 10$", "$5/month or 50$", "$1.5k for it, or 2$". */
function isPrice(source: string): boolean {
  return /^\d[\d.,]*(?:[-–—]\d[\d.,]*)?\s?(?:[kKMB]|bn)?(?:\/[a-z]+)?[.,;:!?)]*\s+(?!mod\b)[A-Za-z]{2}/.test(
    source,
  );
}

/** Four words side by side, that are neither commands nor in braces. */
export function isProse(source: string): boolean {
  return /(?<![\\\w])[A-Za-z]{2,}(?:,?\s+[A-Za-z]{2,}){3}/.test(source.replace(/\{[^{}]*\}/g, '{}'));
}
