/** What is looked for, as in VS Code's own find widget. */
export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regex: boolean;
}

/** Where a match is in a text. */
export type Match = readonly [start: number, end: number];

/** Matches that are counted in a chat; VS Code counts no more in a file. */
export const MAX_MATCHES = 19_999;

/** The expression that finds a query; undefined where there is nothing to find, or the expression is wrong. */
export function expressionOf({ text, matchCase, wholeWord, regex }: FindQuery): RegExp | undefined {
  if (text === '') return undefined;
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  const bounded = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  try {
    return new RegExp(bounded, matchCase ? 'gmu' : 'gimu');
  } catch {
    return undefined;
  }
}

/** The matches in a text, up to a number of them. An expression that finds nothing of length finds nothing. */
export function matchesIn(text: string, expression: RegExp, most: number): readonly Match[] {
  const found: Match[] = [];
  expression.lastIndex = 0;
  while (found.length < most) {
    const match = expression.exec(text);
    if (!match) break;
    if (match[0] === '') expression.lastIndex++;
    else found.push([match.index, match.index + match[0].length]);
  }
  return found;
}
