/** The position of the bracket that closes the one at a position; undefined if there is none. Percent signs are not read as comments. */
export function closingBracket(source: string, open: number, [opening, closing]: string): number | undefined {
  let depth = 0;
  for (let at = open; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === opening) depth++;
    else if (source[at] === closing && --depth === 0) return at;
  }
  return undefined;
}
