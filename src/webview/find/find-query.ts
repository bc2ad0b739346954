import { withLatexAlternatives } from './latex-symbols';

/** A search, with the options of the find widget of VS Code. */
export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regex: boolean;
}

/** The offsets of a match in a text. */
export type Match = readonly [start: number, end: number];

/** Separates the blocks of a text. A match must not extend over two of them. */
export const BLOCK_SEPARATOR = '\u2029';

/** Maximum number of matches in a chat, which is the limit of VS Code for a file. */
export const MAX_MATCHES = 19_999;

/** The regular expression for a query; undefined if the query is empty or invalid. */
export function expressionOf({ text, matchCase, wholeWord, regex }: FindQuery): RegExp | undefined {
  if (text === '') return undefined;
  const source = regex ? text : escaped(text);
  const bounded = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  try {
    return new RegExp(bounded, matchCase ? 'gmu' : 'gimu');
  } catch {
    return undefined;
  }
}

/**
 * The JavaScript engine's message about an invalid regular expression, as VS Code shows it; undefined if the query is
 * valid.
 */
export function errorIn({ text, regex }: FindQuery): string | undefined {
  try {
    if (regex) new RegExp(text, 'u');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Escapes a text for use in a regular expression. Any run of white space in it matches any other. */
function escaped(text: string): string {
  const source = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  // White space at the beginning matches only from the start of a run: trying every position within a long run would
  // take quadratic time.
  return withLatexAlternatives(source.replace(/^\\s\+/, '(?<!\\s)\\s+'));
}

/** The first matches in a text, each within one block. Empty matches are ignored. */
export function matchesIn(text: string, expression: RegExp): readonly Match[] {
  const found: Match[] = [];
  let start = 0;
  for (const block of text.split(BLOCK_SEPARATOR)) {
    for (const { 0: match, index } of block.matchAll(expression)) {
      if (found.length >= MAX_MATCHES) return found;
      if (match !== '') found.push([start + index, start + index + match.length]);
    }
    start += block.length + BLOCK_SEPARATOR.length;
  }
  return found;
}
