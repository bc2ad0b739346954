import { syntaxOf } from './language-syntaxes';
import { createState, readLine } from './token-reader';

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
