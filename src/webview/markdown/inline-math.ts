import type MarkdownIt from 'markdown-it';
import { closingDollars, createClosings } from './closings';

/** Formulas in a line: `\(…\)`, and `$…$` where it is neither a price nor a variable of a shell. */
export function inlineMath(md: MarkdownIt, render: (source: string) => string): void {
  const name = 'inline_math';
  md.inline.ruler.before('escape', name, inlineRule);
  md.renderer.rules[name] = (tokens, index) => render(tokens[index]?.content ?? '');
}

const closings = createClosings();

const inlineRule: Parameters<MarkdownIt['inline']['ruler']['before']>[2] = (state, silent) => {
  const { src, pos, posMax } = state;
  const opening = src[pos] === '$' ? '$' : src.slice(pos, pos + 2);
  if (opening !== '$' && opening !== '\\(') return false;
  const end = opening === '$' ? dollarsEnd(src, pos) : closings.next(src, '\\)', pos + 2);
  const source = src.slice(pos + opening.length, Math.max(end, 0));
  if (end === -1 || end + opening.length > posMax || source.trim() === '') return dollarSigns(state, silent);
  if (!silent) state.push('inline_math', 'math', 0).content = source;
  state.pos = end + opening.length;
  return true;
};

/** Dollars side by side are no opening, nor is the second of them. */
function dollarSigns(state: Parameters<typeof inlineRule>[0], silent: boolean): boolean {
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
  if (/\s$/.test(source) || !mayBeBefore(source, text[end + 1] ?? '')) return -1;
  return isPrice(source) || isProse(source) ? -1 : end;
}

/** A command may have a digit behind it, as in "3$\times$3"; else that is the next price. */
function mayBeBefore(source: string, after: string): boolean {
  if (/[0-9]/.test(after)) return /^\\[A-Za-z]+$/.test(source);
  // "$n$th" is a formula; "$HOME/$USER" and "$first$second" are not.
  if (/[A-Za-z_{(]/.test(after)) return !/[-+*/=:<>,;.&|@([{]$|^[A-Za-z_]\w{2,}$/.test(source);
  return true;
}

/** "$5 and you have 10$", "$5/month or 50$", "$1.5k for it, or 2$". */
function isPrice(source: string): boolean {
  return /^\d[\d.,]*(?:[-–—]\d[\d.,]*)?\s?(?:[kKMB]|bn)?(?:\/[a-z]+)?[.,;:!?)]*\s+(?!mod\b)[A-Za-z]{2}/.test(
    source,
  );
}

/** Four words side by side, that are neither commands nor in braces. */
function isProse(source: string): boolean {
  return /(?<![\\\w])[A-Za-z]{2,}(?:,?\s+[A-Za-z]{2,}){3}/.test(source.replace(/\{[^{}]*\}/g, '{}'));
}
