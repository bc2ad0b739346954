import { syntaxOf } from './language-syntaxes';
import type { HereDocument, Syntax, Token } from './strings-and-comments';

/** The indexes of lines that begin within a string, a comment or a here-document. */
export interface MultiLineTokens {
  /** Lines whose white space is part of a token. */
  readonly within: ReadonlySet<number>;
  /** Those of them whose token must end in the first column, such as a here-document of a shell. */
  readonly inFirstColumn: ReadonlySet<number>;
  /** Whether all tokens end. Otherwise the code is incomplete or was misread, and nothing in it is certain. */
  readonly isClosed: boolean;
}

/**
 * Finds the lines whose white space belongs to a token that began on an earlier line.
 *
 * @param language VS Code's language identifier
 * @returns undefined if the tokens of the language are not known, or if its columns have a meaning
 */
export function multiLineTokens(lines: readonly string[], language: string): MultiLineTokens | undefined {
  const syntax = syntaxOf(language);
  if (!syntax) return undefined;
  const within = new Set<number>();
  const inFirstColumn = new Set<number>();
  const state = createState(syntax, lines);
  lines.forEach((line, number) => {
    const beginning = readLine(state, line);
    if (beginning !== 'code') within.add(number);
    if (beginning === 'first column') inFirstColumn.add(number);
  });
  return { within, inFirstColumn, isClosed: state.open.length === 0 && state.documents.length === 0 };
}

/** A line with a comment in a language whose syntax is not known here. */
const COMMENT_LINE = /^\s*(?:#|\/\/|--|;|%|!|'|\(\*|\*\s|<!--|::|rem\b)|\s#\s/i;

/** Whether a line ends in a comment, judged without the lines before it. */
export function endsInComment(line: string, language: string): boolean {
  const syntax = syntaxOf(language);
  if (!syntax) return COMMENT_LINE.test(line);
  // A line in a comment of several lines.
  if (/^\s*\*\s+[A-Za-z@]/.test(line)) return true;
  const state = createState(syntax, []);
  for (let at = 0; at < line.length;) at = readFrom(state, line, at);
  const last = state.open.at(-1);
  return state.hasLineComment || (typeof last === 'object' && /^(?:\/\*|<!--|<#|#=|--)/.test(last.open));
}

/** The tokens that are open at a position in the code. */
interface State {
  readonly syntax: Syntax;
  /** A template may contain code, which may contain another template. */
  readonly open: (Token | 'code in a template')[];
  readonly documents: HereDocument[];
  /** Whether a comment has begun that ends with its line. */
  hasLineComment: boolean;
  /** Matches characters that may begin a token. */
  readonly starts: RegExp;
  /** Whether a line ends the here-document with this name. */
  readonly hasEnd: (name: string) => boolean;
}

function createState(syntax: Syntax, lines: readonly string[]): State {
  let ends: ReadonlySet<string> | undefined;
  return {
    syntax,
    open: [],
    documents: [],
    hasLineComment: false,
    starts: new RegExp(`[${syntax.starts}{}]`, 'g'),
    hasEnd: (name) =>
      (ends ??= new Set(
        lines.map((line) => line.trim()).flatMap((line) => [line, line.replace(/\W+$/, '')]),
      )).has(name),
  };
}

/** Reads the next line. Returns whether it begins in code or within a token. */
function readLine(state: State, line: string): 'code' | 'token' | 'first column' {
  const { syntax, open, documents } = state;
  const [document] = documents;
  if (document) {
    if (document.end.test(line)) documents.shift();
    return document.inFirstColumn ? 'first column' : 'token';
  }
  const token = open.at(-1);
  const block = token === undefined ? syntax.blockAt?.(line) : undefined;
  if (block) {
    documents.push(block);
    return 'first column';
  }
  for (let at = 0; at < line.length;) at = readFrom(state, line, at);
  endLine(state, line);
  if (!token || token === 'code in a template') return 'code';
  return token.inFirstColumn ? 'first column' : 'token';
}

/** A single-line token ends with its line, unless the line break is escaped. */
function endLine({ open }: State, line: string): void {
  const token = open.at(-1);
  const goesOn = !token || token === 'code in a template' || token.spansLines;
  if (!goesOn && !(token.escape === '\\' && /(?:^|[^\\])(?:\\\\)*\\$/.test(line))) open.pop();
}

function readFrom(state: State, line: string, at: number): number {
  const inside = state.open.at(-1);
  if (inside && inside !== 'code in a template') return readInside(state, inside, line, at);
  state.starts.lastIndex = at;
  const next = state.starts.exec(line)?.index;
  return next === undefined ? line.length : readStart(state, line, next);
}

function readInside(state: State, token: Token, line: string, at: number): number {
  token.stops.lastIndex = at;
  const stop = token.stops.exec(line);
  if (!stop) return line.length;
  if (stop[0] === token.close) state.open.pop();
  else if (stop[0] === '${') state.open.push('code in a template');
  else if (stop[0] === '<<') return stop.index + Math.max(2, readHereDocumentMarker(state, line, stop.index));
  return stop.index + stop[0].length;
}

function readStart(state: State, line: string, at: number): number {
  const { syntax, open } = state;
  if (open.length > 0 && line[at] === '{') open.push('code in a template');
  if (open.length > 0 && line[at] === '}') open.pop();
  const skipped = (syntax.skip?.(line, at) ?? 0) || readHereDocumentMarker(state, line, at);
  if (skipped > 0) return at + skipped;
  const token = syntax.tokenAt(line, at);
  if (token) open.push(token);
  else if (syntax.isLineComment(line, at)) {
    state.hasLineComment = true;
    return line.length;
  }
  return at + (token?.open.length ?? 1);
}

/** The length of a here-document marker; 0 if no line ends the document, as "<<" also shifts numbers. */
function readHereDocumentMarker({ syntax, documents, hasEnd }: State, line: string, at: number): number {
  const document = syntax.hereDocumentAt?.(line, at);
  if (!document || !hasEnd(document.name)) return 0;
  documents.push(document);
  return document.length;
}
