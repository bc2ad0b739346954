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
  // White space of a query is any white space.
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  const bounded = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  try {
    return new RegExp(bounded, matchCase ? 'gmu' : 'gimu');
  } catch {
    return undefined;
  }
}

/** The first matches in a text, each within one block. Empty matches are ignored. */
export function matchesIn(text: string, expression: RegExp, limit: number): readonly Match[] {
  const found: Match[] = [];
  let start = 0;
  for (const block of text.split(BLOCK_SEPARATOR)) {
    for (const { 0: match, index } of block.matchAll(expression)) {
      if (found.length >= limit) return found;
      if (match !== '') found.push([start + index, start + index + match.length]);
    }
    start += block.length + BLOCK_SEPARATOR.length;
  }
  return found;
}
