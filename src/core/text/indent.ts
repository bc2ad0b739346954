import { multiLineTokens } from './multi-line-tokens';

/** How an editor indents: VS Code's two options of the same name. */
export interface IndentStyle {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/** Where code goes, and what it is. */
export interface IndentTarget {
  /** The white space that the lines there begin with. */
  readonly indentation: string;
  readonly style: IndentStyle;
  /** VS Code's identifiers of the languages of the code and of the document; empty where one is not known. */
  readonly language: string;
  readonly documentLanguage: string;
}

/** A line of code. `indented` is whether it takes the indentation of its place; it never does where it is empty. */
export interface IndentedLine {
  readonly text: string;
  readonly indented: boolean;
}

/** White space of these is content. */
const WHITESPACE_SENSITIVE_LANGUAGES: ReadonlySet<string> = new Set([
  ...[
    '',
    'plaintext',
    'markdown',
    'diff',
    'makefile',
    'fortran',
    'f77',
    'for',
    'cobol',
    'cbl',
    'cob',
    'latex',
    'tex',
    'csv',
    'tsv',
  ],
]);
/** Documents in which a tab and a space differ. */
const TAB_SENSITIVE_DOCUMENTS: ReadonlySet<string> = new Set(['makefile', 'yaml', 'diff']);
/** Columns that programs are indented by. */
const INDENT_WIDTHS: ReadonlySet<number> = new Set([2, 3, 4, 8]);

/**
 * The lines of code as they go into a document: as they are shown, without the indentation that all of them share
 * where the place has one to give. Spaces stay as wide as shown. Steps become tabs where the place has tabs and every
 * indentation is a whole number of one step; tabs become spaces where the place has spaces. Neither is done within
 * strings, comments and documents in the code, nor in languages whose columns have a meaning.
 */
export function indentedLines(code: string, place: IndentTarget): readonly IndentedLine[] {
  const shown = code.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  const verbatim = WHITESPACE_SENSITIVE_LANGUAGES.has(place.language);
  const lines = place.indentation === '' || verbatim ? shown : withoutCommonIndent(shown);
  const tokens = multiLineTokens(lines, place.language);
  const isToken = (number: number): boolean => tokens?.within.has(number) ?? verbatim;
  const convert =
    tokens && !TAB_SENSITIVE_DOCUMENTS.has(place.documentLanguage)
      ? conversion(lines, isToken, place)
      : unchanged;
  return lines.map((line, number) => {
    const isBlank = line.trim() === '';
    if (isToken(number)) return { text: line, indented: line !== '' && !tokens?.inFirstColumn.has(number) };
    if (isBlank) return { text: '', indented: false };
    const space = leadingSpace(line);
    return { text: convert(space) + line.slice(space.length), indented: true };
  });
}

export function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function withoutCommonIndent(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== '').map(leadingSpace);
  const { length } = indents.reduce(commonPrefix, indents[0] ?? '');
  return lines.map((line) =>
    line.trim() === '' ? line.slice(Math.min(length, line.length)) : line.slice(length),
  );
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

const unchanged = (space: string): string => space;

/** How the white space at the beginning of a line changes. */
function conversion(
  lines: readonly string[],
  isToken: (number: number) => boolean,
  { indentation, style }: IndentTarget,
): (space: string) => string {
  const spaces = lines.flatMap((line, number) =>
    isToken(number) || line.trim() === '' ? [] : [leadingSpace(line)],
  );
  // The surrounding lines are more reliable than the editor's guess for the whole file.
  const wantsTabs = indentation === '' ? !style.insertSpaces : indentation.includes('\t');
  if (!wantsTabs) {
    const isTabsFirst = spaces.every((space) => /^\t* *$/.test(space));
    return isTabsFirst ? (space) => space.replaceAll('\t', ' '.repeat(style.tabSize)) : unchanged;
  }
  const step = indentWidth(spaces);
  return step === undefined ? unchanged : (space) => '\t'.repeat(space.length / step);
}

/**
 * Columns of one step of code that is indented by spaces in whole steps, one more at a time: anything else is aligned
 * with something. Undefined where there is no such step.
 */
function indentWidth(spaces: readonly string[]): number | undefined {
  const least = spaces.reduce(
    (width, { length }) => (length > 0 && length < width ? length : width),
    Infinity,
  );
  let before = 0;
  for (const space of spaces) {
    const isWhole = !space.includes('\t') && space.length % least === 0 && space.length <= before + least;
    if (space !== '' && !isWhole) return undefined;
    before = space.length;
  }
  return INDENT_WIDTHS.has(least) ? least : undefined;
}
