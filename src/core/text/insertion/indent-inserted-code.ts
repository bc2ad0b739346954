import { multiLineTokens } from '../syntax/multi-line-tokens';
import { isYaml } from '../syntax/yaml-languages';

/** How an editor indents: the two options of VS Code with the same names. */
export interface IndentStyle {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/** The place of inserted code, and the languages involved. */
export interface IndentTarget {
  /** The white space at the beginning of the lines at that place. */
  readonly indentation: string;
  readonly style: IndentStyle;
  /** VS Code's language identifiers of the code and of the document; empty if unknown. */
  readonly language: string;
  readonly documentLanguage: string;
}

/** A line of code. `indented` is true if the line gets the indentation of its place; an empty line never does. */
export interface IndentedLine {
  readonly text: string;
  readonly indented: boolean;
}

/** Languages in which white space is content. */
const WHITESPACE_SENSITIVE_LANGUAGES: ReadonlySet<string> = new Set([
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
]);
/** Documents in which tabs and spaces have different meanings. */
const TAB_SENSITIVE_DOCUMENTS: ReadonlySet<string> = new Set(['makefile', 'diff']);
/**
 * Document languages that remove the common indentation of an embedded text before a program reads it. YAML does so
 * as well, and is checked with `isYaml`.
 */
const UNINDENTING_DOCUMENTS: ReadonlySet<string> = new Set(['markdown', 'nix', 'just']);
/** Usual widths of one indentation step, in columns. */
const INDENT_WIDTHS: ReadonlySet<number> = new Set([2, 3, 4, 8]);

/**
 * Indents code of an answer for the place at which it is inserted:
 * - If the place is indented, the common indentation of the code is removed.
 * - If the place uses tabs, steps of spaces become tabs, provided that every indentation is a whole number of steps.
 * - If the place uses spaces, tabs become spaces of the same width.
 * - Strings, comments and here-documents of several lines stay unchanged, except for white space that the language
 *   does not count as a part of them.
 * - Code stays unchanged if columns have a meaning in its language, or if it contains a string or a comment that does
 *   not end. Only an indentation that equals that of the place is removed from such code, before the place adds it
 *   again.
 */
export function indentInsertedCode(code: string, target: IndentTarget): readonly IndentedLine[] {
  const { language, documentLanguage, indentation } = target;
  const shown = code.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  const verbatim = WHITESPACE_SENSITIVE_LANGUAGES.has(language);
  const own = commonIndent(shown, language);
  const removed = verbatim ? commonPrefix(own, indentation) : own;
  const lines = indentation === '' ? shown : removeIndent(shown, removed);
  const tokens = multiLineTokens(lines, language);
  const isInsideToken = (lineNumber: number): boolean => tokens?.within.has(lineNumber) ?? verbatim;
  /** The white space at the beginning of a line that is not part of a string or a comment. */
  const whitespaceOf = (line: string, lineNumber: number): string | undefined =>
    isInsideToken(lineNumber) ? tokens?.removed.get(lineNumber) : leadingSpace(line);
  const isUnindenting = UNINDENTING_DOCUMENTS.has(documentLanguage) || isYaml(documentLanguage);
  const convert =
    tokens?.isClosed && !TAB_SENSITIVE_DOCUMENTS.has(documentLanguage) && !isYaml(documentLanguage)
      ? conversion(
          lines.flatMap((line, lineNumber) => (isBlank(line) ? [] : (whitespaceOf(line, lineNumber) ?? []))),
          target,
        )
      : unchanged;
  return lines.map((line, lineNumber) => {
    if (isInsideToken(lineNumber)) {
      const stays = !isUnindenting && tokens?.inFirstColumn.has(lineNumber) === true;
      const ofDocument = whitespaceOf(line, lineNumber) ?? '';
      return {
        text: line.startsWith(ofDocument)
          ? unmixed(convert(ofDocument), indentation) + line.slice(ofDocument.length)
          : line,
        indented: line !== '' && !stays && shown[lineNumber]?.startsWith(removed) === true,
      };
    }
    if (isBlank(line)) return { text: '', indented: false };
    const whitespace = leadingSpace(line);
    return { text: convert(whitespace) + line.slice(whitespace.length), indented: true };
  });
}

/** Other white space, such as a form feed, is content. */
function isBlank(line: string): boolean {
  return leadingSpace(line) === line;
}

export function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/**
 * The indentation that all lines have in common, except for blank lines and lines that begin within a string or a
 * comment.
 */
export function commonIndent(lines: readonly string[], language: string): string {
  const shallow = commonPrefixOf(lines);
  const first = lines.find((line) => !isBlank(line)) ?? '';
  if (leadingSpace(first) === shallow) return shallow;
  // A here-document is found only after the indentation of its lines was removed.
  const tokens = multiLineTokens(removeIndent(lines, shallow), language);
  return tokens?.isClosed ? commonPrefixOf(lines.filter((_, number) => !tokens.within.has(number))) : shallow;
}

function commonPrefixOf(lines: readonly string[]): string {
  const indents = lines.filter((line) => !isBlank(line)).map(leadingSpace);
  return indents.reduce(commonPrefix, indents[0] ?? '');
}

/** The lines without an indentation. Lines that are indented less stay unchanged. */
function removeIndent(lines: readonly string[], indent: string): readonly string[] {
  return lines.map((line) =>
    isBlank(line) || line.startsWith(indent) ? line.slice(Math.min(indent.length, line.length)) : line,
  );
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

/** The indentation of a here-document; empty if it would mix tabs and spaces with the indentation of the place. */
function unmixed(whitespace: string, indentation: string): string {
  const both = indentation + whitespace;
  return both.includes('\t') && both.includes(' ') ? '' : whitespace;
}

const unchanged = (whitespace: string): string => whitespace;

/** The conversion of the white space at the beginning of a line. */
function conversion(
  spaces: readonly string[],
  { indentation, style }: IndentTarget,
): (whitespace: string) => string {
  // The surrounding lines are more reliable than the editor's guess for the whole file.
  const wantsTabs = indentation === '' ? !style.insertSpaces : indentation.includes('\t');
  if (!wantsTabs) {
    const isTabsFirst = spaces.every((whitespace) => /^\t* *$/.test(whitespace));
    return isTabsFirst ? (whitespace) => whitespace.replaceAll('\t', ' '.repeat(style.tabSize)) : unchanged;
  }
  const step = indentWidth(spaces);
  return step === undefined ? unchanged : (whitespace) => '\t'.repeat(whitespace.length / step);
}

/**
 * The width of one indentation step in code that is indented by spaces. Undefined unless every indentation is a whole
 * number of steps and at most one step deeper than the line before; otherwise the spaces align the line with another.
 */
function indentWidth(spaces: readonly string[]): number | undefined {
  const narrowest = spaces.reduce(
    (width, { length }) => (length > 0 && length < width ? length : width),
    Infinity,
  );
  let before = 0;
  for (const whitespace of spaces) {
    const isWhole =
      !whitespace.includes('\t') &&
      whitespace.length % narrowest === 0 &&
      whitespace.length <= before + narrowest;
    if (whitespace !== '' && !isWhole) return undefined;
    before = whitespace.length;
  }
  return INDENT_WIDTHS.has(narrowest) ? narrowest : undefined;
}
