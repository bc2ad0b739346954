import MarkdownIt, { type MarkdownIt as Parser, type StateBlock } from 'markdown-it';
import { formulaEnd } from './inline-math';

/** Replaces pipes that do not separate cells. The text itself has no null characters, because the reader replaces them. */
const MASKED_PIPE = '\0';
const DELIMITER_ROW = /^[|:\s-]*-[|:\s-]*$/;

/**
 * Keeps pipes within formulas and code spans from separating table cells, as in `| $|x|$ | absolute value |`. On GitHub they do;
 * a row is read as on GitHub if that gives it the right number of cells.
 */
export function tablePipes(md: Parser): void {
  const { ruler } = new MarkdownIt().block;
  ruler.enableOnly('table');
  const [table] = ruler.getRules('');
  if (!table) throw new Error('markdown-it has no rule for tables');
  const tableRule: typeof table = (state, startLine, endLine, silent) => {
    if (startLine + 1 >= endLine || !isTableHead(lineAt(state, startLine), lineAt(state, startLine + 1))) {
      return table(state, startLine, endLine, silent);
    }
    const original = state.src;
    const before = state.tokens.length;
    state.src = maskPipes(state, startLine, silent ? startLine + 2 : endLine);
    try {
      return table(state, startLine, endLine, silent);
    } finally {
      if (state.src !== original) {
        state.src = original;
        for (const token of state.tokens.slice(before))
          token.content = token.content.replaceAll(MASKED_PIPE, '|');
      }
    }
  };
  md.block.ruler.at('table', tableRule, { alt: ['paragraph', 'reference'] });
}

/** Whether two lines begin a table. Otherwise, masking the lines below each of many lines would take quadratic time. */
function isTableHead(head: string, delimiters: string): boolean {
  if (!head.includes('|') || !DELIMITER_ROW.test(delimiters)) return false;
  const columns = cellCount(delimiters);
  return cellCount(head) === columns || cellCount(maskRow(head)) === columns;
}

function lineAt(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

function maskPipes(state: StateBlock, startLine: number, endLine: number): string {
  const columns = cellCount(lineAt(state, startLine + 1));
  const parts: string[] = [];
  let from = 0;
  for (let line = startLine; line < endLine && !state.isEmpty(line); line++) {
    const row = lineAt(state, line);
    if (!/[$`]|\\[([b]/.test(row) || cellCount(row) <= columns) continue;
    const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
    parts.push(state.src.slice(from, start), maskRow(row));
    from = start + row.length;
  }
  return parts.length === 0 ? state.src : parts.join('') + state.src.slice(from);
}

/** The number of cells as GitHub counts them. */
function cellCount(row: string): number {
  const inside = row.trim().replace(/^\||(?<!\\)\|$/g, '');
  return inside.split(/(?<!\\)\|/).length;
}

function maskRow(row: string): string {
  let result = '';
  const spans = codeSpans(row);
  for (let at = 0; at < row.length;) {
    const end = row[at] === '`' ? spans.get(at) : formulaEnd(row, at);
    if (end === undefined) {
      // An escaped character opens neither a formula nor a code span.
      const length = row[at] === '\\' ? 2 : 1;
      result += row.slice(at, at + length);
      at += length;
      continue;
    }
    const span = row.slice(at, end);
    result += span.startsWith('`')
      ? span.replace(/(?<!\\)\|/g, MASKED_PIPE)
      : span.replaceAll('|', MASKED_PIPE);
    at = end;
  }
  return result;
}

/** The position after each code span of a line, by its beginning. */
export function codeSpans(line: string): ReadonlyMap<number, number> {
  const spans = new Map<number, number>();
  /** The start of the next run of backticks by its length. */
  const next = new Map<number, number>();
  for (const { 0: run, index } of [...line.matchAll(/`+/g)].reverse()) {
    const closing = next.get(run.length);
    if (closing !== undefined) spans.set(index, closing + run.length);
    next.set(run.length, index);
  }
  return spans;
}
