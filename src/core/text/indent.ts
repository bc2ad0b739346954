/** How an editor indents: VS Code's two options of the same name. */
export interface IndentStyle {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/**
 * Code fitted to the place where it is inserted: its own common indentation taken off, its steps turned
 * into tabs or spaces as that place has them, or else the editor, and every line but the first moved to
 * the indentation of that place.
 *
 * @param before the text of the line up to the insertion point
 */
export function reindent(code: string, before: string, style: IndentStyle): string {
  const lines = dedent(code.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/));
  const step = stepOf(lines);
  const place = leadingSpace(before);
  const unit = unitAt(place, style);
  const firstKeepsIndent = place === before;
  return lines
    .map((line, number) => {
      if (line.trim() === '') return '';
      const own = leadingSpace(line);
      const indent = indentation(own, step, unit);
      const text = line.slice(own.length);
      if (number === 0) return firstKeepsIndent ? indent + text : text;
      return place + indent + text;
    })
    .join('\n');
}

function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function dedent(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== '').map(leadingSpace);
  const common = indents.reduce(commonPrefix, indents[0] ?? '');
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(common.length)));
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

/** Columns of one step of indentation: the least of any line. One is no step: it stands before the star of a comment. */
function stepOf(lines: readonly string[]): number {
  const widths = lines.map((line) => width(leadingSpace(line))).filter((columns) => columns > 1);
  const least = widths.reduce((least, columns) => Math.min(least, columns), Infinity);
  return least === Infinity ? 4 : least;
}

/** Columns that white space takes, a tab being one step of four. */
function width(space: string): number {
  return space.length + 3 * (space.split('\t').length - 1);
}

/** What the line already has says more than the editor, which guesses for the whole file. */
function unitAt(place: string, { insertSpaces, tabSize }: IndentStyle): string {
  const tabs = place === '' ? !insertSpaces : place.includes('\t');
  return tabs ? '\t' : ' '.repeat(tabSize);
}

/** Whole steps become the unit; what is left over aligns, and stays as spaces. */
function indentation(space: string, step: number, unit: string): string {
  const columns = width(space);
  return unit.repeat(Math.floor(columns / step)) + ' '.repeat(columns % step);
}
