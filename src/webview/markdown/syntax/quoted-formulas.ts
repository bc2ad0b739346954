import type { MarkdownIt } from 'markdown-it';
import { fenceOpenedAfterText } from '../../../core/text/fences/fence-after-text';
import {
  createFenceReader,
  fenceOpenedBy,
  QUOTE_MARKS,
  type FenceReader,
} from '../../../core/text/fences/fence-reader';
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
  let fence: { readonly reader: FenceReader; readonly quoted: boolean } | undefined;
  for (let at = 0; at < result.length; at++) {
    const line = result[at] ?? '';
    const [marker = ''] = QUOTE_MARKS.exec(line) ?? [];
    if (fence?.quoted && marker === '') fence = undefined;
    if (fence) {
      const code = fence.quoted ? line.slice(marker.length) : line;
      if (fence.reader.read(code.trimStart()) === 'closing') fence = undefined;
      continue;
    }
    const opened = fenceOpenedBy(line) ?? fenceOpenedAfterText(line, result[at + 1] ?? '');
    if (opened) fence = { ...opened, reader: createFenceReader(opened.fence, opened.info) };
    else if (marker !== '') {
      const end = lastLineOfFormula(result, at, marker.length);
      for (; at < end; at++) result[at + 1] = withMarker(result[at + 1] ?? '', marker);
    }
  }
  return result;
}

/** A line with the markers of another line, unless it has as many already. */
function withMarker(line: string, marker: string): string {
  const [own = ''] = QUOTE_MARKS.exec(line) ?? [];
  return own.split('>').length < marker.split('>').length ? marker + line.slice(own.length) : line;
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
