/** A string or a comment. */
export interface SyntaxToken {
  readonly open: string;
  readonly close: string;
  readonly spansLines: boolean;
  /** The character that escapes the next one; empty if none does. */
  readonly escape: '' | '\\' | '`';
  /** Whether its end must be in the first column. */
  readonly inFirstColumn: boolean;
  readonly isComment: boolean;
  /** Matches its end, and text that must not be mistaken for it. */
  readonly stops: RegExp;
}

/** A here-document, which begins on the line after its marker. */
export interface HereDocument {
  readonly name: string;
  /** Matches the line that ends it. */
  readonly end: RegExp;
  /** Length of the marker, in UTF-16 units. */
  readonly length: number;
  readonly inFirstColumn: boolean;
  /** Whether the indentation of its end is removed from its lines. */
  readonly removesIndentation?: boolean;
}

/** How tokens that may span several lines begin in a language. */
export interface Syntax {
  /** The characters that can begin a token or a comment, escaped for a character class. */
  readonly starts: string;
  isLineComment(line: string, at: number): boolean;
  tokenAt(line: string, at: number): SyntaxToken | undefined;
  hereDocumentAt?(line: string, at: number): HereDocument | undefined;
  /** A part of a file that begins with a whole line in the first column, such as documentation in Perl. */
  blockAt?(line: string): HereDocument | undefined;
  /** Length of text that only looks like a token. */
  skip?(line: string, at: number): number;
  /** Matches a line that is certain to be a comment, whatever the lines above. */
  readonly commentLine?: RegExp;
}

type SyntaxTokenOptions = Partial<Pick<SyntaxToken, 'spansLines' | 'inFirstColumn' | 'isComment'>> & {
  /** Whether a backslash, or else which character, escapes the next one. */
  readonly escapes?: boolean | '`';
  /** Whether its end is escaped by writing it twice. */
  readonly doubles?: boolean;
  readonly holdsCode?: boolean;
  readonly holdsDocuments?: boolean;
};

export const ESCAPED: SyntaxTokenOptions = { escapes: true };
export const DOUBLED: SyntaxTokenOptions = { doubles: true };
export const LINES: SyntaxTokenOptions = { spansLines: true };
export const ESCAPED_LINES: SyntaxTokenOptions = { ...LINES, ...ESCAPED };
export const DOUBLED_LINES: SyntaxTokenOptions = { ...LINES, ...DOUBLED };
export const COMMENT_LINES: SyntaxTokenOptions = { ...LINES, isComment: true };

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

export function createSyntaxToken(open: string, close = open, options: SyntaxTokenOptions = {}): SyntaxToken {
  const { spansLines = false, escapes = false, inFirstColumn = false, isComment = false } = options;
  const escape = escapes === true ? '\\' : escapes || '';
  const { doubles, holdsCode, holdsDocuments } = options;
  const passed = [
    escape === '' ? '' : `${escaped(escape)}[^]`,
    doubles ? escaped(close + close) : '',
    holdsCode ? '\\$\\{' : '',
    holdsDocuments ? '<<' : '',
    inFirstColumn ? `^${escaped(close)}` : escaped(close),
  ].filter((part) => part !== '');
  const stops = new RegExp(passed.join('|'), 'g');
  return { open, close, spansLines, escape, inFirstColumn, isComment, stops };
}

export interface SyntaxOptions extends Partial<
  Pick<Syntax, 'hereDocumentAt' | 'blockAt' | 'skip' | 'commentLine'>
> {
  readonly comments?: readonly string[];
  /** Whether a comment must follow white space. */
  readonly atWord?: boolean;
  /** Longer ones first. */
  readonly tokens: readonly SyntaxToken[];
  /** Tokens whose end depends on their beginning. */
  readonly dynamic?: (rest: string) => SyntaxToken | undefined;
  readonly alsoStarts?: string;
  /** Matches the text before a `'` that begins a string, in languages in which it may also be an apostrophe. */
  readonly beforeApostrophe?: RegExp;
  /** The same for a `"`. */
  readonly beforeDoubleQuote?: RegExp;
}

/** Longest text before a quotation mark that says whether it begins a string, in UTF-16 units. */
const BEFORE_QUOTE_LENGTH = 12;

export function createSyntax({
  comments = [],
  atWord = false,
  tokens,
  dynamic,
  alsoStarts = '',
  beforeApostrophe,
  beforeDoubleQuote,
  ...others
}: SyntaxOptions): Syntax {
  const first = [...comments, ...tokens.map(({ open }) => open)].map((text) => text.charAt(0)).join('');
  const isInWord = (line: string, at: number): boolean => {
    const pattern = { "'": beforeApostrophe, '"': beforeDoubleQuote }[line.charAt(at)];
    return pattern !== undefined && !pattern.test(line.slice(Math.max(0, at - BEFORE_QUOTE_LENGTH), at));
  };
  return {
    ...others,
    starts: (first + alsoStarts).replace(/[\\^\]-]/g, '\\$&'),
    isLineComment: (line, at) =>
      comments.some((comment) => line.startsWith(comment, at)) &&
      (!atWord || at === 0 || /[\s;&|(]/.test(line.charAt(at - 1))),
    tokenAt: (line, at) =>
      isInWord(line, at)
        ? undefined
        : (dynamic?.(line.slice(at, at + 80)) ?? tokens.find(({ open }) => line.startsWith(open, at))),
  };
}

/**
 * A token whose end depends on its beginning.
 *
 * @param start matches its beginning at the start of a text
 * @param close its end for the groups of that match
 */
export function matchToken(
  start: RegExp,
  close: (groups: readonly string[], open: string) => string,
  options = LINES,
): (rest: string) => SyntaxToken | undefined {
  return (rest) => {
    const [open, ...groups] = start.exec(rest) ?? [];
    return open === undefined ? undefined : createSyntaxToken(open, close(groups, open), options);
  };
}

/**
 * The length of a regular expression of JavaScript, which may contain quotes; 0 for a division, which follows a
 * value.
 */
export function regularExpressionLength(line: string, at: number): number {
  if (
    line[at] !== '/' ||
    /[\w)\]}"'`]\s*$/.test(line.slice(Math.max(0, at - 40), at).replace(/\breturn\s*$/, ''))
  )
    return 0;
  return /^\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\//.exec(line.slice(at, at + 400))?.[0].length ?? 0;
}

/** The length of a character literal, or of a lifetime in Rust. */
export function characterLiteralLength(line: string, at: number): number {
  if (line[at] !== "'") return 0;
  return /^'(?:\\.[^']{0,8}|[^\\'])'|^'\w*/u.exec(line.slice(at, at + 16))?.[0].length ?? 1;
}

/** The length of a quotation mark as a character in Ruby or Elixir, such as `?"`; 0 for a condition, as in `a ?"b":c`. */
export function quoteCharacterLength(line: string, at: number): number {
  return /^\?["'`](?!\w)/.test(line.slice(at, at + 3)) ? 2 : 0;
}

/** A here-document of a shell, Ruby or Perl. With a tilde, its end may be indented. */
export function hereDocumentAt(line: string, at: number): HereDocument | undefined {
  return toHereDocument(/^<<([-~]?)(?:(["'])([^"']+)\2|([A-Za-z_]\w*))/.exec(line.slice(at, at + 120)));
}

export function shellDocumentAt(line: string, at: number): HereDocument | undefined {
  return toHereDocument(/^<<(-?)\s*(?:(["'])([^"']+)\2|\\?([A-Za-z_]\w*))/.exec(line.slice(at, at + 120)));
}

function toHereDocument(announced: RegExpExecArray | null): HereDocument | undefined {
  if (!announced) return undefined;
  const [all, mark = '', , quotedName, name = ''] = announced;
  const end = escaped(quotedName ?? name);
  return {
    name: quotedName ?? name,
    end: new RegExp(mark === '' ? `^${end};?$` : `^\\s*${end}$`),
    length: all.length,
    // A shell removes only tabs, so an end that is indented by spaces would not count.
    inFirstColumn: mark !== '~',
  };
}

export function blockMatcher(start: RegExp, end: RegExp): (line: string) => HereDocument | undefined {
  return (line) => (start.test(line) ? { name: '', end, length: 0, inFirstColumn: true } : undefined);
}
