/** A part of a text by its offsets, and what takes its place. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with parts of it replaced, which come in its order and do not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
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

/** Where a part of a text is after another part of it was changed; what was changed within belongs to it. */
export function moved(splice: Splice, { rangeOffset, rangeLength, text }: Edit): Splice {
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

/** The splices that still fit into a text that may have changed: within it, in order and without overlap. */
export function within(text: string, splices: readonly Splice[]): readonly Splice[] {
  const remaining: Splice[] = [];
  for (const splice of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const start = Math.min(splice.start, text.length);
    const end = Math.min(Math.max(start, splice.end), text.length);
    if (start >= (remaining.at(-1)?.end ?? 0)) remaining.push({ ...splice, start, end });
  }
  return remaining;
}
