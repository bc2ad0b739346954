/** A search, with the options of the find widget of VS Code. */
export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regex: boolean;
}

/** The offsets of a match in a text. */
export type Match = readonly [start: number, end: number];

/** Maximum number of matches in a chat, which is the limit of VS Code for a file. */
export const MAX_MATCHES = 19_999;

/** The regular expression for a query; undefined if the query is empty or invalid. */
export function expressionOf({ text, matchCase, wholeWord, regex }: FindQuery): RegExp | undefined {
  if (text === '') return undefined;
  // White space of a query is any white space within a block.
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '[^\\S\\u2029]+');
  const bounded = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  try {
    return new RegExp(bounded, matchCase ? 'gmu' : 'gimu');
  } catch {
    return undefined;
  }
}

/** The first matches in a text. Empty matches are ignored. */
export function matchesIn(text: string, expression: RegExp, limit: number): readonly Match[] {
  const found: Match[] = [];
  expression.lastIndex = 0;
  while (found.length < limit) {
    const match = expression.exec(text);
    if (!match) break;
    if (match[0] === '') expression.lastIndex++;
    else found.push([match.index, match.index + match[0].length]);
  }
  return found;
}
