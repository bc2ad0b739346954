import { syntaxOf, type HereDocument, type Syntax, type Token } from './syntaxes';

/** Lines of code that begin within a string, a comment or a document that stands in the code. */
export interface MultiLineTokens {
  /** Their white space is part of the token. */
  readonly within: ReadonlySet<number>;
  /** Those of them whose token ends only where its end is in the first column, such as a here-document of a shell. */
  readonly inFirstColumn: ReadonlySet<number>;
}

/**
 * Finds the lines of code whose white space belongs to a token that began on a line before.
 *
 * @param language VS Code's identifier
 * @returns undefined for a language whose tokens are not known, or whose columns have a meaning
 */
export function multiLineTokens(lines: readonly string[], language: string): MultiLineTokens | undefined {
  const syntax = syntaxOf(language);
  if (!syntax) return undefined;
  const within = new Set<number>();
  const inFirstColumn = new Set<number>();
  const state = begin(syntax, lines);
  lines.forEach((line, number) => {
    const place = readLine(state, line);
    if (place !== 'code') within.add(number);
    if (place === 'first column') inFirstColumn.add(number);
  });
  return { within, inFirstColumn };
}

/** The tokens that are open at a position in the code. */
interface State {
  readonly syntax: Syntax;
  /** A template may have code within, and that another template. */
  readonly open: (Token | 'code in a template')[];
  readonly documents: HereDocument[];
  /** Finds what may begin a token. */
  readonly starts: RegExp;
  /** Whether there is a line that ends the document of this name. */
  readonly hasEnd: (name: string) => boolean;
}

function begin(syntax: Syntax, lines: readonly string[]): State {
  let ends: ReadonlySet<string> | undefined;
  return {
    ...{ syntax, open: [], documents: [], starts: new RegExp(`[${syntax.starts}{}]`, 'g') },
    hasEnd: (name) => (ends ??= new Set(lines.map((line) => line.trim().replace(/\W+$/, '')))).has(name),
  };
}

/** Reads the next line, and says what it begins in. */
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

/** A token of one line that is not ended ends with its line, unless the line break is escaped. */
function endLine({ open }: State, line: string): void {
  const token = open.at(-1);
  const goesOn = !token || token === 'code in a template' || token.spansLines;
  if (!goesOn && !(token.escapes && /(?:^|[^\\])(?:\\\\)*\\$/.test(line))) open.pop();
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
  else if (stop[0] === '<<') return stop.index + Math.max(2, announceAt(state, line, stop.index));
  return stop.index + stop[0].length;
}

function readStart(state: State, line: string, at: number): number {
  const { syntax, open } = state;
  if (open.length > 0 && line[at] === '{') open.push('code in a template');
  if (open.length > 0 && line[at] === '}') open.pop();
  const skipped = (syntax.skip?.(line, at) ?? 0) || announceAt(state, line, at);
  if (skipped > 0) return at + skipped;
  const token = syntax.tokenAt(line, at);
  if (token) open.push(token);
  else if (syntax.isLineComment(line, at)) return line.length;
  return at + (token?.open.length ?? 1);
}

/** Length of what announces a document, which there is only where a line ends it: "<<" shifts numbers, too. */
function announceAt({ syntax, documents, hasEnd }: State, line: string, at: number): number {
  const document = syntax.hereDocumentAt?.(line, at);
  if (!document || !hasEnd(document.name)) return 0;
  documents.push(document);
  return document.length;
}
