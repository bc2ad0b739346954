import { parseBlocks, unescapeHtml } from '../markdown/parser';

/** Characters that may be markup within a line. */
const MARKUP = /\\(?=[!-/:-@[-`{-~])|[`*_[$]|<(?=[a-z/])|&(?=#?\w+;)|~(?=~)/gi;
/**
 * Maximum number of such characters in one text. In a text with more of them, all are escaped, because finding the
 * necessary escapes would take too long.
 */
const MAX_TRIALS = 40;

/** Escapes what would be markup in plain text, and nothing else if possible: 2 * 3 stays as it is. */
export function escapeText(text: string): string {
  const positions = [...text.matchAll(MARKUP)].map(({ index }) => index);
  if (positions.length === 0 || isPlain(text, text)) return text;
  let needed: readonly number[] = positions;
  for (const position of positions.length > MAX_TRIALS ? [] : positions.toReversed()) {
    const fewer = needed.filter((other) => other !== position);
    if (isPlain(escapeAt(fewer, text), text)) needed = fewer;
  }
  return escapeAt(needed, text);
}

function escapeAt(positions: readonly number[], text: string): string {
  return [0, ...positions].map((from, at) => text.slice(from, positions[at])).join('\\');
}

/** Whether Markdown within a line is shown as a text. */
function isPlain(markdown: string, text: string): boolean {
  const shown = htmlOf(`x ${markdown} x`).replace(
    /<\/?(?:p|a|span)(?: (?:href|data-file|class="(?!formula))[^>]*)?>/g,
    '',
  );
  return !shown.includes('<') && unescapeHtml(shown).trim() === `x ${text} x`.trim();
}

/** Markup at the beginning of a line that makes it something other than a paragraph. */
const BLOCK_START =
  /(^| {2}\n)(?:(\d{1,9})(?=[.)](?:\s|$))|(?=(?:#{1,6}|[-+*])(?:\s|$)|>|(?:[-*=_] *){2,}$|~{3}))/g;

/** Escapes characters that would begin a list, a heading or another block at the beginning of a paragraph. */
export function escapeBlockStart(line: string): string {
  return line.replace(BLOCK_START, '$1$2\\');
}

/** An inline formula in dollar signs, or in other delimiters where dollar signs between these characters would be text. */
export function inlineFormula(before: string, source: string, after: string): string {
  const dollars = `$${source}$`;
  return htmlOf(`x ${before}${dollars}${after} x`).includes('class="formula"') ? dollars : `\\(${source}\\)`;
}

function htmlOf(markdown: string): string {
  return parseBlocks(markdown, {})
    .map(({ html }) => html)
    .join('');
}
