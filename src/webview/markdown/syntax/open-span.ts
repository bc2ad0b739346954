import { formulaEnd } from './inline-math';
import { isProseInDollars, isProseInDoubleDollars, readsAsProse } from './math-or-prose';
import { codeSpans } from './table-pipes';

/** Longer text after an opening delimiter is not a formula that will be closed, in characters. */
const MAX_OPEN_LENGTH = 500;
const BEGINS_FORMULA = /^\\(?:[([]|begin\{|boxed\{|ce\{)/;
/** Commands and arguments, the last of which may be incomplete: letters in them are not words. */
const COMMAND_OR_ARGUMENT = /\\[a-zA-Z]*|\{[^{}]*(?:\}|$)/g;
const AMOUNT = /^\d[^\\^_{=+]*$/;
const EMPHASIS = /(?:\*+|_+|~~)$/;

/** The position of inline code or of a formula in a line that may be closed in the text that has not arrived. */
export function openSpan(line: string): number | undefined {
  const spans = codeSpans(line);
  for (let at = 0; at < line.length;) {
    const end = line[at] === '`' ? spans.get(at) : formulaEnd(line, at);
    if (end === undefined && opens(line, at)) return at;
    at = end ?? at + (line[at] === '\\' ? 2 : 1);
  }
  return undefined;
}

function opens(line: string, at: number): boolean {
  if (line[at] === '`') return true;
  if (line.length - at > MAX_OPEN_LENGTH) return false;
  const rest = line.slice(at);
  const before = line[at - 1] ?? '';
  if (line[at] === '\\') return BEGINS_FORMULA.test(rest) && !readsAsProse(rest) && !/\w/.test(before);
  if (line[at] !== '$' || before === '$') return false;
  if (rest.startsWith('$$')) return /^\$\$[^\s$]/.test(rest) && !isProseInDoubleDollars(rest.slice(2), '');
  return mayBeFormula(line.slice(0, at), rest.slice(1));
}

/** Whether the text after a dollar sign may become a formula. It may not if it has a word, as after a price or a variable. */
function mayBeFormula(before: string, source: string): boolean {
  const [emphasis] = EMPHASIS.exec(before) ?? [];
  const isEmphasized = emphasis !== undefined && source.includes(emphasis);
  return (
    /^\S/.test(source) &&
    (!/[0-9A-Za-z]$/.test(before) || source.startsWith('\\')) &&
    !isEmphasized &&
    !AMOUNT.test(source) &&
    !/\p{L}{2}/u.test(source.replace(COMMAND_OR_ARGUMENT, '')) &&
    !isProseInDollars(before.slice(-1), source, '')
  );
}
