import { fenceOpenedBy } from '../../core/text/fence-reader';
import { openingIn, undecidedLine } from './syntax/math-paragraphs';

/** Not brackets, because a backslash would make them delimiters of a formula. */
const PUNCTUATION = /[!-'*-/:-@\\^-`{-~]/g;

/**
 * Escapes a display formula or inline code at the end of a text that is not closed yet, so that its source is shown as it is: a
 * line that begins with a minus sign would be a list for a moment, and a formula in code would be drawn.
 */
export function withEscapedFormula(text: string): string {
  const start = openSource(text);
  if (start === undefined) return text;
  const lines = text.slice(start).split('\n');
  const escaped = lines.map((line, index) => {
    const [markers = ''] = index === 0 ? [] : (/^[ \t>]*/.exec(line) ?? []);
    return markers + line.slice(markers.length).replace(PUNCTUATION, '\\$&');
  });
  return text.slice(0, start) + escaped.join('\n');
}

function openSource(text: string): number | undefined {
  const lines = text.split('\n');
  const isInFence = lines.filter(fenceOpenedBy).length % 2 === 1;
  return isInFence ? undefined : (openFormula(text, lines) ?? openCode(text));
}

/** The position of inline code in the last line that is not closed; undefined if there is none. */
function openCode(text: string): number | undefined {
  const start = text.lastIndexOf('\n') + 1;
  let open: { readonly at: number; readonly length: number } | undefined;
  for (const { 0: run, index } of text.slice(start).matchAll(/`+/g)) {
    if (!open) open = { at: start + index, length: run.length };
    else if (open.length === run.length) open = undefined;
  }
  return open?.at;
}

/** The position of a display formula that may be closed in the text that has not arrived; undefined if there is none. */
function openFormula(text: string, lines: readonly string[]): number | undefined {
  const undecided = undecidedLine(lines, 0);
  if (undecided === undefined) return undefined;
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
