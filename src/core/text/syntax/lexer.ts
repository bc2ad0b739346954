import type { HereDocument, Syntax, SyntaxToken } from './strings-and-comments';

/** The tokens that are open at a position in the code. */
export interface LexerState {
  readonly syntax: Syntax;
  /** A template may contain code, which may contain another template. */
  readonly open: (SyntaxToken | 'code in a template')[];
  readonly documents: HereDocument[];
  /** The last comment of the line. Its end is Infinity while it is open, or if it ends with its line. */
  comment: { readonly start: number; readonly end: number } | undefined;
  /** The number of open tokens that began on an earlier line. */
  openBefore: number;
  /** Matches characters that may begin a token. */
  readonly starts: RegExp;
  /** Whether a line ends the here-document with this name. */
  readonly hasEnd: (name: string) => boolean;
}

export function createLexerState(syntax: Syntax, lines: readonly string[]): LexerState {
  let ends: ReadonlySet<string> | undefined;
  return {
    syntax,
    open: [],
    documents: [],
    comment: undefined,
    openBefore: 0,
    starts: new RegExp(`[${syntax.starts}{}]`, 'g'),
    hasEnd: (name) =>
      (ends ??= new Set(
        lines.map((line) => line.trim()).flatMap((line) => [line, line.replace(/\W+$/, '')]),
      )).has(name),
  };
}

/** Reads the next line. Returns whether it begins in code or within a token. */
export function readLine(state: LexerState, line: string): 'code' | 'token' | 'first column' {
  const { syntax, open, documents } = state;
  const [document] = documents;
  if (document) {
    if (document.end.test(line)) documents.shift();
    return document.inFirstColumn ? 'first column' : 'token';
  }
  startLine(state);
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

/** Forgets what was found on the line before. */
export function startLine(state: LexerState): void {
  const token = state.open.at(-1);
  const isInComment = typeof token === 'object' && token.isComment;
  state.comment = isInComment ? { start: 0, end: Infinity } : undefined;
  state.openBefore = state.open.length;
}

/** A single-line token ends with its line, unless the line break is escaped. */
function endLine({ open }: LexerState, line: string): void {
  const token = open.at(-1);
  const goesOn = !token || token === 'code in a template' || token.spansLines;
  if (!goesOn && !(token.escape === '\\' && /(?:^|[^\\])(?:\\\\)*\\$/.test(line))) open.pop();
}

export function readFrom(state: LexerState, line: string, at: number): number {
  const inside = state.open.at(-1);
  if (inside && inside !== 'code in a template') return readInside(state, inside, line, at);
  state.starts.lastIndex = at;
  const next = state.starts.exec(line)?.index;
  return next === undefined ? line.length : readStart(state, line, next);
}

function readInside(state: LexerState, token: SyntaxToken, line: string, at: number): number {
  token.stops.lastIndex = at;
  const stop = token.stops.exec(line);
  if (!stop) return line.length;
  if (stop[0] === token.close) closeToken(state, token, stop.index + stop[0].length);
  else if (stop[0] === '${') state.open.push('code in a template');
  else if (stop[0] === '<<') return stop.index + Math.max(2, readHereDocumentMarker(state, line, stop.index));
  return stop.index + stop[0].length;
}

function closeToken(state: LexerState, token: SyntaxToken, end: number): void {
  closeLast(state);
  if (token.isComment) state.comment = { start: state.comment?.start ?? 0, end };
}

function closeLast(state: LexerState): void {
  state.open.pop();
  state.openBefore = Math.min(state.openBefore, state.open.length);
}

function readStart(state: LexerState, line: string, at: number): number {
  const { syntax, open } = state;
  if (open.length > 0 && line[at] === '{') open.push('code in a template');
  if (open.length > 0 && line[at] === '}') closeLast(state);
  const skipped = (syntax.skip?.(line, at) ?? 0) || readHereDocumentMarker(state, line, at);
  if (skipped > 0) return at + skipped;
  const token = syntax.tokenAt(line, at);
  if (token) open.push(token);
  const isLineComment = !token && syntax.isLineComment(line, at);
  if (isLineComment || token?.isComment) state.comment = { start: at, end: Infinity };
  return isLineComment ? line.length : at + (token?.open.length ?? 1);
}

/** The length of a here-document marker; 0 if no line ends the document, as "<<" also shifts numbers. */
function readHereDocumentMarker({ syntax, documents, hasEnd }: LexerState, line: string, at: number): number {
  const document = syntax.hereDocumentAt?.(line, at);
  if (!document || !hasEnd(document.name)) return 0;
  documents.push(document);
  return document.length;
}
