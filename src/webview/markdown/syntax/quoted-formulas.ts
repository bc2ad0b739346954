import type { MarkdownIt } from 'markdown-it';
import { createFenceReader, fenceOpenedBy, QUOTE_MARKS, withSpaces } from '../../../core/text/fence-reader';
import { formulaAtLineEnd, MAX_FORMULA_LINES, mayBeMath } from './math-paragraphs';

/**
 * Adds the marker of a block quote to the lines of a formula that begins in it, as models leave it out there. Markdown allows
 * that only for lines that cannot begin a block, such as a list.
 */
export function quotedFormulas(md: MarkdownIt): void {
  md.core.ruler.after('normalize', 'quoted_formulas', (state) => {
    if (/^ {0,3}>/m.test(state.src) && /\$\$|\\\[/.test(state.src)) {
      state.src = withMarkers(state.src.split('\n')).join('\n');
    }
  });
}

/** A line that does not continue a paragraph of a block quote. */
const ENDS_QUOTE = /^\s*(?:$|[-+*#=|]|\d+[.)])/;

function withMarkers(lines: readonly string[]): readonly string[] {
  const result = [...lines];
  for (let at = 0; at < result.length; at++) {
    const line = result[at] ?? '';
    const marker = QUOTE_MARKS.exec(line)?.[0];
    if (fenceOpenedBy(line)) at = lastLineOfFence(result, at);
    else if (marker !== undefined) {
      const end = lastLineOfFormula(result, at, marker.length);
      for (; at < end; at++) result[at + 1] = withMarker(result[at + 1] ?? '', marker);
    }
  }
  return result;
}

function withMarker(line: string, marker: string): string {
  return QUOTE_MARKS.test(line) ? line : marker + line;
}

function lastLineOfFence(lines: readonly string[], start: number): number {
  const { fence, info, indent, quoted } = fenceOpenedBy(lines[start] ?? '') ?? {};
  const reader = createFenceReader(fence ?? '', info ?? '', withSpaces(indent ?? '').length + 3);
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const code = quoted ? line.replace(QUOTE_MARKS, '') : line;
    if (quoted && code === line) return at - 1;
    if (reader.read(withSpaces(code)) === 'closing') return at;
  }
  return lines.length;
}

/** The last line of a formula that begins at the end of a line and continues without markers; that line itself otherwise. */
function lastLineOfFormula(lines: readonly string[], start: number, markerLength: number): number {
  const text = (lines[start] ?? '').slice(markerLength).trimEnd();
  if (formulaAtLineEnd(text) === undefined) return start;
  const closing = text.endsWith('$$') ? '$$' : '\\]';
  const limit = Math.min(lines.length, start + MAX_FORMULA_LINES);
  let endsQuote = false;
  for (let at = start + 1; at < limit; at++) {
    const line = (lines[at] ?? '').replace(QUOTE_MARKS, '');
    if (line.trim() === closing) return endsQuote ? at : start;
    if (!mayBeMath(line)) return start;
    endsQuote ||= ENDS_QUOTE.test(line);
  }
  return start;
}
