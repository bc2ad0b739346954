import MarkdownIt, { type MarkdownIt as Parser, type StateBlock } from 'markdown-it';
import { formulaEnd } from './inline-math';

/** Stands for a pipe that divides no cells. The text has none: the reader replaces it. */
const PIPE = '\0';
const DELIMITER_ROW = /^[|:\s-]*-[|:\s-]*$/;

/**
 * A pipe within a formula or a code span divides no cells, as in `| $|x|$ | absolute value |`. GitHub divides there;
 * but where its reading gives each column a cell, it is kept.
 */
export function tablePipes(md: Parser): void {
  const { ruler } = new MarkdownIt().block;
  ruler.enableOnly('table');
  const [table] = ruler.getRules('');
  if (!table) throw new Error('markdown-it has no rule for tables');
  const withPipes: typeof table = (state, startLine, endLine, silent) => {
    if (startLine + 1 >= endLine || !DELIMITER_ROW.test(lineAt(state, startLine + 1))) {
      return table(state, startLine, endLine, silent);
    }
    const written = state.src;
    const before = state.tokens.length;
    state.src = withMaskedPipes(state, startLine, endLine);
    try {
      return table(state, startLine, endLine, silent);
    } finally {
      if (state.src !== written) {
        state.src = written;
        for (const token of state.tokens.slice(before)) token.content = token.content.replaceAll(PIPE, '|');
      }
    }
  };
  md.block.ruler.at('table', withPipes, { alt: ['paragraph', 'reference'] });
}

function lineAt(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

function withMaskedPipes(state: StateBlock, startLine: number, endLine: number): string {
  const columns = cellsOf(lineAt(state, startLine + 1));
  const parts: string[] = [];
  let from = 0;
  for (let line = startLine; line < endLine && !state.isEmpty(line); line++) {
    const row = lineAt(state, line);
    if (!/[$`]|\\\(/.test(row) || cellsOf(row) <= columns) continue;
    const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
    parts.push(state.src.slice(from, start), masked(row));
    from = start + row.length;
  }
  return parts.length === 0 ? state.src : parts.join('') + state.src.slice(from);
}

/** As GitHub counts them. */
function cellsOf(row: string): number {
  const inside = row.trim().replace(/^\||(?<!\\)\|$/g, '');
  return inside.split(/(?<!\\)\|/).length;
}

function masked(row: string): string {
  let result = '';
  for (let at = 0; at < row.length;) {
    const end = spanEnd(row, at);
    if (end === undefined) {
      // An escaped character does not open anything.
      const length = row[at] === '\\' ? 2 : 1;
      result += row.slice(at, at + length);
      at += length;
      continue;
    }
    const span = row.slice(at, end);
    result += span.startsWith('`') ? span.replace(/(?<!\\)\|/g, PIPE) : span.replaceAll('|', PIPE);
    at = end;
  }
  return result;
}

/** The position behind the formula or the code span that begins here. */
function spanEnd(row: string, at: number): number | undefined {
  if (row[at] !== '`') return formulaEnd(row, at);
  const [run = ''] = /^`+/.exec(row.slice(at)) ?? [];
  const closing = new RegExp(`(?<!\`)${run}(?!\`)`, 'g');
  closing.lastIndex = at + run.length;
  const match = closing.exec(row);
  return match ? match.index + run.length : undefined;
}
