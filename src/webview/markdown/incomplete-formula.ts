import { openingIn, undecidedLine } from './syntax/math-paragraphs';

/** Not brackets, because a backslash would make them delimiters of a formula. */
const PUNCTUATION = /[!-'*-/:-@\\^-`{-~]/g;
const FENCE_LINE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:`{3,}[^`]*|~{3,}.*)$/;

/**
 * Escapes a display formula at the end of a text that is not closed yet, so that its source is shown as it is: a line that begins
 * with a minus sign would be a list for a moment.
 */
export function withEscapedFormula(text: string): string {
  if (!/\$\$|\\\[|\\begin/.test(text)) return text;
  const start = openFormula(text);
  if (start === undefined) return text;
  const lines = text.slice(start).split('\n');
  const escaped = lines.map((line, index) => {
    const [markers = ''] = index === 0 ? [] : (/^[ \t>]*/.exec(line) ?? []);
    return markers + line.slice(markers.length).replace(PUNCTUATION, '\\$&');
  });
  return text.slice(0, start) + escaped.join('\n');
}

/** The position of a display formula that may be closed in the text that has not arrived; undefined if there is none. */
function openFormula(text: string): number | undefined {
  const lines = text.split('\n');
  const undecided = undecidedLine(lines, 0);
  const isInCode = lines.filter((line) => FENCE_LINE.test(line)).length % 2 === 1;
  if (undecided === undefined || isInCode) return undefined;
  const unclosed = new Set<string>();
  let from = 0;
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const opening = start < from ? undefined : openingIn(line);
    if (opening !== undefined) {
      const at = start + opening;
      const closing = closingOf(text.slice(at, at + 40));
      const closedAt = unclosed.has(closing) ? -1 : text.indexOf(closing, at + 2);
      if (closedAt !== -1) from = closedAt + closing.length;
      else if (index >= undecided && undecidedLine(lines, index) === index) return at;
      else unclosed.add(closing);
    }
    start += line.length + 1;
  }
  return undefined;
}

function closingOf(opening: string): string {
  if (opening.startsWith('$$')) return '$$';
  if (opening.startsWith('\\[')) return '\\]';
  return `\\end${/\{[^}]*\}/.exec(opening)?.[0] ?? ''}`;
}
