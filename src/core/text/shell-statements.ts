/** Words that begin a statement of several lines, and those that end one, where a command may begin. */
const BEGIN = /(?:^|[;&|(]|\b(?:do|then|else)\b)\s*(?:for|while|until|if|select|case)\b/g;
const END = /(?:^|[;&|(])\s*(?:done|fi|esac)\b/g;
/** Ends of lines after which a semicolon would be an error. */
const OPEN_END = /(?:(?:^|[\s;])(?:do|then|else|in)|[{(;&|]|(?:\bcase\b|;;)[^;]*\))\s*$/;
/** The end of a line whose command continues on the next line. */
const OPERATOR_END = /(?:\||&&)\s*$/;
/** An escaped character, a string, or a comment. */
const TOKEN = /\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|(?<=^|\s)#[^\n]*/gm;
/** Longest statement that is recognized, in lines. */
const MAX_LINES = 100;
const HERE_DOCUMENT = /<<-?\s*(["']?)(\w+)\1/;

/**
 * The commands in lines of a shell, each as one line: lines that end with an operator and the lines of a loop or a condition
 * are joined. A here-document and a string of several lines are left out, as they cannot be one line.
 *
 * @param lines without comments
 */
export function shellStatements(lines: readonly string[]): readonly string[] {
  const statements: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const end = endOfStatement(lines, at);
    const parts = lines.slice(at, end).filter((line) => line.trim() !== '');
    const isText = parts.length > 1 && (hereDocumentIn(parts[0] ?? '') !== undefined || hasOpenQuote(parts));
    if (!isText)
      statements.push(parts.length > 1 ? parts.map(withoutComment).reduce(joined) : (parts[0] ?? ''));
    at = end;
  }
  return statements;
}

/** The line after a statement; the next line if the statement has no end. */
function endOfStatement(lines: readonly string[], start: number): number {
  const delimiter = hereDocumentIn(lines[start] ?? '');
  if (delimiter !== undefined) {
    const last = lines.findIndex((line, index) => index > start && line.trim() === delimiter);
    return last < 0 ? start + 1 : last + 1;
  }
  let depth = 0;
  const last = Math.min(lines.length, start + MAX_LINES);
  for (let end = start; end < last; end++) {
    const line = withoutStrings(lines[end] ?? '');
    depth += count(line, BEGIN) - count(line, END);
    const isOpen = depth > 0 || OPERATOR_END.test(line) || isQuoteOpen(lines.slice(start, end + 1));
    if (!isOpen) return end + 1;
  }
  return start + 1;
}

function hereDocumentIn(line: string): string | undefined {
  return HERE_DOCUMENT.exec(line)?.[2];
}

function count(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0;
}

/** Whether a string is open at the end of one of the lines but the last. */
function hasOpenQuote(lines: readonly string[]): boolean {
  return lines.some((_, index) => index > 0 && isQuoteOpen(lines.slice(0, index)));
}

/** Whether a string is open behind the lines. */
function isQuoteOpen(lines: readonly string[]): boolean {
  return /["']/.test(lines.join('\n').replace(TOKEN, ''));
}

function withoutComment(line: string): string {
  return line.replace(TOKEN, (token) => (token.startsWith('#') ? '' : token));
}

/** The line without comments, and without words in strings that look like those of statements. */
function withoutStrings(line: string): string {
  return line.replace(TOKEN, '');
}

function joined(statement: string, line: string): string {
  if (line.trim() === '') return statement;
  return statement.trimEnd() + (OPEN_END.test(statement) ? ' ' : '; ') + line.trim();
}
