import { lineSyntaxOf } from '../syntax/line-syntaxes';
import type { Syntax } from '../syntax/strings-and-comments';
import { createLexerState, readFrom, readLine, startLine, type LexerState } from '../syntax/lexer';

/** The lines of a document around a cursor. */
export interface LineContext {
  /** The lines before that of the cursor, or as many of them as are read. */
  readonly above: readonly string[];
  /** The text of the line before and after the cursor. */
  readonly before: string;
  readonly after: string;
  /** The next line with text; empty if there is none. */
  readonly below: string;
}

/** The text of a line before a cursor, as its language reads it. */
export interface TextBeforeCursor {
  /** The text without a comment at its end. */
  readonly code: string;
  /** Whether the text ends in a comment, or in a comment that has ended. */
  readonly hasComment: boolean;
  /** Whether a string has begun on the line and is still open. */
  readonly isInString: boolean;
}

/** A line in a comment of several lines, such as that of JSDoc. */
const COMMENT_LINE = /^\s*\*\s+[A-Za-z@]/;

/** Reads the text before a cursor. Where the lines above may have been misread, it is not taken for a string. */
export function readTextBefore(
  { above, before }: Pick<LineContext, 'above' | 'before'>,
  language: string,
): TextBeforeCursor {
  const syntax = lineSyntaxOf(language);
  if (COMMENT_LINE.test(before) || syntax.commentLine?.test(before))
    return { code: '', hasComment: true, isInString: false };
  const state = stateAt(above, before, syntax);
  const { comment } = state;
  const hasComment = comment !== undefined && before.slice(comment.end).trim() === '';
  return {
    code: hasComment ? before.slice(0, comment.start) : before,
    hasComment,
    isInString: isInString(state) && isInString(stateAt([], before, syntax)),
  };
}

/** Whether a text, such as that after a cursor, is a comment to the end of its line. */
export function isLineComment(text: string, language: string): boolean {
  const { comment } = stateAt([], text, lineSyntaxOf(language));
  return (
    comment !== undefined && text.slice(0, comment.start).trim() === '' && text.slice(comment.end) === ''
  );
}

function isInString({ open, openBefore }: LexerState): boolean {
  const last = open.at(-1);
  const isInComment = typeof last === 'object' && last.isComment;
  return !isInComment && open.slice(openBefore).some((token) => typeof token === 'object');
}

function stateAt(above: readonly string[], before: string, syntax: Syntax): LexerState {
  const read = createLexerState(syntax, above);
  // A here-document may end below the cursor.
  const hasEnd = (name: string): boolean => /^[A-Z_]+$/.test(name) || read.hasEnd(name);
  const state = { ...read, hasEnd };
  for (const line of above) readLine(state, line);
  startLine(state);
  if (state.documents.length === 0) for (let at = 0; at < before.length;) at = readFrom(state, before, at);
  return state;
}
