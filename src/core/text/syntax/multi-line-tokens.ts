import { syntaxOf } from './language-syntaxes';
import { createLexerState, readLine } from './lexer';

/** The indexes of lines that begin within a string, a comment or a here-document. */
export interface MultiLineTokens {
  /** Lines whose white space is part of a token. */
  readonly within: ReadonlySet<number>;
  /** The lines among them whose token must end in the first column, such as a here-document of a shell. */
  readonly inFirstColumn: ReadonlySet<number>;
  /** The white space at the beginning of such a line that is not part of its token. */
  readonly removed: ReadonlyMap<number, string>;
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
  const removed = new Map<number, string>();
  const state = createLexerState(syntax, lines);
  let inDocument: number[] = [];
  lines.forEach((line, number) => {
    const [document] = state.documents;
    const beginning = readLine(state, line);
    if (document?.removesIndentation) inDocument.push(number);
    if (document?.removesIndentation && state.documents[0] !== document) {
      const [indentation = ''] = /^[ \t]*/.exec(line) ?? [];
      for (const each of inDocument) removed.set(each, indentation);
      inDocument = [];
    }
    if (beginning !== 'code') within.add(number);
    if (beginning === 'first column') inFirstColumn.add(number);
  });
  return {
    within,
    inFirstColumn,
    removed,
    isClosed: state.open.length === 0 && state.documents.length === 0,
  };
}
