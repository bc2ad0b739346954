import type { OffsetRange } from './offset-range';

/** A range of a text by its offsets, and the text that replaces it. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces parts of a text. The splices must be in order and must not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = '';
  let position = 0;
  for (const splice of splices) {
    result += text.slice(position, splice.start) + splice.text;
    position = splice.end;
  }
  return result + text.slice(position);
}

/** A change of a document, as VS Code reports it. */
interface Edit {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** Adjusts a splice to an edit of the text. Text that was changed within the splice becomes a part of it. */
export function moveSplice(splice: Splice, { rangeOffset, rangeLength, text }: Edit): Splice {
  const editEnd = rangeOffset + rangeLength;
  const growth = text.length - rangeLength;
  if (editEnd <= splice.start) return { ...splice, start: splice.start + growth, end: splice.end + growth };
  if (rangeOffset >= splice.end) return splice;
  return {
    ...splice,
    start: Math.min(splice.start, rangeOffset),
    end: Math.max(splice.end, editEnd) + growth,
  };
}

/** Whether an edit puts text directly beside code, on one of its lines. */
export function joins(
  { rangeOffset, rangeLength, text }: Edit,
  { start, end }: OffsetRange,
  code: string,
): boolean {
  const isBefore = rangeLength === 0 && rangeOffset === start && !/^[\r\n]/.test(code);
  const isBehind = rangeOffset === end && !/[\r\n]$/.test(code);
  if (!isBefore && !isBehind) return false;
  const lines = text.split(/[\r\n]/);
  return (isBefore && lines.at(-1)?.trim() !== '') || (isBehind && lines[0]?.trim() !== '');
}

/** Adjusts a splice to an edit as `moveSplice` does, but an edit at its border is a part of it. */
export function widenSplice(splice: Splice, { rangeOffset, rangeLength, text }: Edit): Splice {
  const end = Math.max(splice.end, rangeOffset + rangeLength) + text.length - rangeLength;
  return { ...splice, start: Math.min(splice.start, rangeOffset), end };
}

/**
 * Adjusts a splice as `moveSplice` does, but an insertion point, which is an empty splice, stays empty: text that
 * replaces its surroundings is put before it.
 */
export function moveInsertionPoint(splice: Splice, edit: Edit): Splice {
  const moved = moveSplice(splice, edit);
  return splice.start === splice.end ? { ...moved, start: moved.end } : moved;
}

/** The splices that still fit into a text that may have changed: within it, in order and without overlap. */
export function fittingSplices(text: string, splices: readonly Splice[]): readonly Splice[] {
  const remaining: Splice[] = [];
  for (const splice of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const start = Math.min(splice.start, text.length);
    const end = Math.min(Math.max(start, splice.end), text.length);
    if (start >= (remaining.at(-1)?.end ?? 0)) remaining.push({ ...splice, start, end });
  }
  return remaining;
}
