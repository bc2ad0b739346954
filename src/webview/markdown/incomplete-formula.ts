import type { Block, CodeLines } from './parser';
import { lengthOf } from './stable-blocks';
import { openingIn, undecidedLine } from './syntax/math-paragraphs';
import { openSpan } from './syntax/open-span';

/** Not parentheses and closing brackets, because a backslash would make them delimiters of a formula. */
const PUNCTUATION = /[!-'*-/:-@\\^-`{-~]/g;

const CODE_INDENT = /(?: {4}|\t)$/;

/** The code block that contains each line of a text; empty for other lines. */
type CodeByLine = readonly (CodeLines | undefined)[];

/** @param before the parsed text before the text of these blocks */
export function codeByLine(blocks: readonly Block[], before: string): CodeByLine {
  const first = before.split('\n').length - 1;
  const lines: CodeLines[] = [];
  for (const { from, to, kind } of blocks.flatMap(({ code }) => code)) {
    const code = { from: from - first, to: to - first, kind };
    for (let line = code.from; line < code.to; line++) lines[line] = code;
  }
  return lines;
}

/**
 * Escapes a formula or inline code at the end of a text that is not closed yet, so that its source is shown as it is: a line
 * that begins with a minus sign would be a list for a moment, two asterisks would be emphasis, and a formula in code would be
 * drawn.
 */
export function withEscapedFormula(text: string, codeOf: CodeByLine): string {
  const lines = text.split('\n');
  const start =
    openFence(lines, codeOf) ??
    openDisplayFormula(text, lines, codeOf) ??
    openInLastLine(text, lines, codeOf);
  if (start === undefined) return text;
  const escaped = text
    .slice(start)
    .split('\n')
    .map((line, index) => {
      const [markers = ''] = index === 0 ? [] : (/^[ \t>]*/.exec(line) ?? []);
      return (
        markers + line.slice(markers.length).trimEnd().replace(PUNCTUATION, '\\$&').replaceAll('[', '&#91;')
      );
    });
  const before = text.slice(0, start);
  const isIndented = codeOf[before.split('\n').length - 1]?.kind === 'indented';
  return (isIndented ? before.replace(CODE_INDENT, '') : before) + escaped.join('\n');
}

/** The position of a fence of the language `math` that is not closed; undefined if there is none. */
function openFence(lines: readonly string[], codeOf: CodeByLine): number | undefined {
  const code = codeOf[lines.at(-1) === '' ? lines.length - 2 : lines.length - 1];
  if (code?.kind !== 'open-formula') return undefined;
  return lengthOf(lines, code.from) + (lines[code.from] ?? '').search(/`{3}|~{3}/);
}

/** The position of inline code or of an inline formula that is not closed, in the last line; undefined if there is none. */
function openInLastLine(text: string, lines: readonly string[], codeOf: CodeByLine): number | undefined {
  const line = lines.at(-1) ?? '';
  const open = codeOf[lines.length - 1] ? undefined : openSpan(line);
  return open === undefined ? undefined : text.length - line.length + open;
}

/** The position of a display formula that may be closed in the text that has not arrived; undefined if there is none. */
function openDisplayFormula(text: string, lines: readonly string[], codeOf: CodeByLine): number | undefined {
  const undecided = undecidedLine(lines, 0);
  if (undecided === undefined) return undefined;
  const unclosed = new Set<string>();
  let from = 0;
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const opening = start < from ? undefined : openingIn(line);
    if (opening !== undefined && !isCode(line, opening, codeOf[index], index)) {
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

/** Whether a delimiter is part of code. A formula may be indented as code is if the code begins with it. */
function isCode(line: string, opening: number, code: CodeLines | undefined, index: number): boolean {
  if (!code) return false;
  return code.kind !== 'indented' || code.from !== index || !CODE_INDENT.test(line.slice(0, opening));
}

function closingOf(opening: string): string {
  if (opening.startsWith('$$')) return '$$';
  if (opening.startsWith('\\[')) return '\\]';
  return `\\end${/\{[^}]*\}/.exec(opening)?.[0] ?? ''}`;
}
