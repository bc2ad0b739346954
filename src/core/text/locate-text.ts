import { withLineFeeds } from './line-breaks';
import type { OffsetRange } from './offset-range';

/**
 * Where a piece of a document is after the document may have changed: of several places, the one nearest to its line, and
 * of several at that distance, the one nearest to its column. Line breaks may have become those of another system.
 *
 * @param line the line on which the piece began, from 0
 * @param column the number of UTF-16 units before the piece in that line, if it is known
 */
export function locateText(
  document: string,
  piece: string,
  line: number,
  column?: number,
): OffsetRange | undefined {
  const found = spellingsOf(piece).flatMap((spelling) => nearest(document, spelling, line, column) ?? []);
  return found.sort((one, other) => one.lines - other.lines || one.columns - other.columns)[0]?.span;
}

/** Where a piece is within a part of a document; undefined if it is not there, or not only once. */
export function locateOnlyText(
  document: string,
  piece: string,
  { start, end }: OffsetRange,
): OffsetRange | undefined {
  const part = document.slice(start, end);
  const found = spellingsOf(piece).flatMap((spelling) => {
    const first = part.indexOf(spelling);
    if (first < 0) return [];
    const isOnly = part.indexOf(spelling, first + 1) < 0;
    return [isOnly ? { start: start + first, end: start + first + spelling.length } : undefined];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** A piece with the line breaks of each system. */
function spellingsOf(piece: string): readonly string[] {
  if (piece === '') return [];
  const unix = withLineFeeds(piece);
  return [...new Set([piece, unix, unix.replaceAll('\n', '\r\n')])];
}

interface Occurrence {
  readonly span: OffsetRange;
  /** Lines, and columns, between the occurrence and where the piece was. */
  readonly lines: number;
  readonly columns: number;
}

function nearest(
  document: string,
  piece: string,
  line: number,
  column: number | undefined,
): Occurrence | undefined {
  let best: Occurrence | undefined;
  let [current, lineStart, counted] = [0, 0, 0];
  for (let at = document.indexOf(piece); at >= 0; at = document.indexOf(piece, at + 1)) {
    for (; counted < at; counted++) {
      if (document.charCodeAt(counted) !== LINE_FEED) continue;
      current++;
      lineStart = counted + 1;
    }
    const lines = Math.abs(current - line);
    const columns = column === undefined ? 0 : Math.abs(at - lineStart - column);
    if (best && lines > best.lines) break;
    if (best && lines === best.lines && columns >= best.columns) continue;
    best = { span: { start: at, end: at + piece.length }, lines, columns };
  }
  return best;
}

const LINE_FEED = 10;
