import { leadingSpace } from './indent-inserted-code';

/** The indentation of a text, as far as its lines tell. */
export interface DetectedIndentation {
  readonly insertSpaces: boolean;
  /** The width of one step, in spaces; undefined if that is not known. */
  readonly width: number | undefined;
}

/** Undefined if no line is indented. */
export function detectIndentation(text: string): DetectedIndentation | undefined {
  const indents = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(leadingSpace);
  const tabs = indents.filter((indent) => indent.startsWith('\t')).length;
  // A single space aligns the lines of a comment.
  const spaces = indents.filter((indent) => indent.startsWith('  ')).length;
  if (tabs === 0 && spaces === 0) return undefined;
  if (tabs > spaces) return { insertSpaces: false, width: undefined };
  const counts = new Map<number, number>();
  for (const [index, indent] of indents.entries()) {
    const step = indent.length - (indents[index - 1] ?? '').length;
    if (step > 1 && step <= 8 && !indent.includes('\t')) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([one, count], [other, otherCount]) => otherCount - count || one - other);
  return { insertSpaces: true, width: most?.[0] };
}
