import type { OffsetRange } from './offset-range';

/** A range of a text by its offsets, and the text that replaces it. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces parts of a text. The edits must be in order and must not overlap. */
export function applyOffsetEdits(text: string, offsetEdits: readonly OffsetEdit[]): string {
  let result = '';
  let position = 0;
  for (const offsetEdit of offsetEdits) {
    result += text.slice(position, offsetEdit.start) + offsetEdit.text;
    position = offsetEdit.end;
  }
  return result + text.slice(position);
}

/** A change of a document, as VS Code reports it. */
interface ContentChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Adjusts an edit to a change of the text. Text that was changed within the range of the edit becomes a part of the
 * range.
 */
export function adjustOffsetEdit(
  offsetEdit: OffsetEdit,
  { rangeOffset, rangeLength, text }: ContentChange,
): OffsetEdit {
  const editEnd = rangeOffset + rangeLength;
  const growth = text.length - rangeLength;
  if (editEnd <= offsetEdit.start)
    return { ...offsetEdit, start: offsetEdit.start + growth, end: offsetEdit.end + growth };
  if (rangeOffset >= offsetEdit.end) return offsetEdit;
  return {
    ...offsetEdit,
    start: Math.min(offsetEdit.start, rangeOffset),
    end: Math.max(offsetEdit.end, editEnd) + growth,
  };
}

/** Whether a change puts text directly beside code, on one of its lines. */
export function joins(
  { rangeOffset, rangeLength, text }: ContentChange,
  { start, end }: OffsetRange,
  code: string,
): boolean {
  const isBefore = rangeLength === 0 && rangeOffset === start && !/^[\r\n]/.test(code);
  const isBehind = rangeOffset === end && !/[\r\n]$/.test(code);
  if (!isBefore && !isBehind) return false;
  const lines = text.split(/[\r\n]/);
  return (isBefore && lines.at(-1)?.trim() !== '') || (isBehind && lines[0]?.trim() !== '');
}

/** Adjusts an edit as `adjustOffsetEdit` does, but a change at the border of the range becomes a part of it. */
export function widenOffsetEdit(
  offsetEdit: OffsetEdit,
  { rangeOffset, rangeLength, text }: ContentChange,
): OffsetEdit {
  const end = Math.max(offsetEdit.end, rangeOffset + rangeLength) + text.length - rangeLength;
  return { ...offsetEdit, start: Math.min(offsetEdit.start, rangeOffset), end };
}

/**
 * Adjusts an edit as `adjustOffsetEdit` does, but an insertion point, whose range is empty, stays empty: text that
 * replaces its surroundings is put before it.
 */
export function moveInsertionPoint(offsetEdit: OffsetEdit, change: ContentChange): OffsetEdit {
  const moved = adjustOffsetEdit(offsetEdit, change);
  return offsetEdit.start === offsetEdit.end ? { ...moved, start: moved.end } : moved;
}

/** The edits that still fit into a text that may have changed: within it, in order and without overlap. */
export function fittingOffsetEdits(text: string, offsetEdits: readonly OffsetEdit[]): readonly OffsetEdit[] {
  const remaining: OffsetEdit[] = [];
  for (const offsetEdit of [...offsetEdits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const start = Math.min(offsetEdit.start, text.length);
    const end = Math.min(Math.max(start, offsetEdit.end), text.length);
    if (start >= (remaining.at(-1)?.end ?? 0)) remaining.push({ ...offsetEdit, start, end });
  }
  return remaining;
}
