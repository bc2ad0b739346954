import type { StateBlock } from 'markdown-it';

interface Found {
  readonly from: number;
  readonly end: number;
  readonly indent: number;
  readonly limit: number;
}

const lastFound = new WeakMap<StateBlock, Found>();

/**
 * The line behind the lines without a gap that a line is the first of. Each of them may ask: looked up once for
 * all of them, or lines that are no formula would take quadratic time.
 */
export function endOfParagraph(state: StateBlock, line: number, limit: number): number {
  const { blkIndent: indent } = state;
  const last = lastFound.get(state);
  if (last?.indent === indent && last.limit === limit && last.from <= line && line < last.end) {
    return last.end;
  }
  let end = line + 1;
  while (end < limit && !state.isEmpty(end) && (state.sCount[end] ?? 0) >= indent) end++;
  lastFound.set(state, { from: line, end, indent, limit });
  return end;
}
