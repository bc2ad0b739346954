/**
 * A score of how well a path or a name matches the typed text, higher is better; undefined if it does not contain all
 * typed characters in order. Users usually type the beginning of a file name.
 */
export function fuzzyScore(typed: string, text: string): number | undefined {
  const query = typed.toLowerCase();
  const lower = text.toLowerCase();
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  const short = -text.length / 1000;
  if (query === '') return short;
  if (name.startsWith(query)) return 5 + short;
  const inName = name.indexOf(query);
  if (inName > 0) return (isWordStart(text, lower.length - name.length + inName) ? 4 : 3) + short;
  if (lower.includes(query)) return 2 + short;
  const runs = runsOf(query, lower);
  return runs === undefined ? undefined : 1 / runs + short;
}

/** The best matches, best first. Items with equal scores keep their order. */
export function bestMatches<T>(
  typed: string,
  items: readonly T[],
  textOf: (item: T) => string,
  limit: number,
): readonly T[] {
  return items
    .flatMap((item) => {
      const score = fuzzyScore(typed, textOf(item));
      return score === undefined ? [] : [{ item, score: typed === '' ? 0 : score }];
    })
    .sort((one, other) => other.score - one.score)
    .slice(0, limit)
    .map(({ item }) => item);
}

function isWordStart(text: string, at: number): boolean {
  const [before = '', first = ''] = text.slice(at - 1, at + 1);
  return !/[a-z0-9]/i.test(before) || (/[a-z0-9]/.test(before) && /[A-Z]/.test(first));
}

/** The number of runs in which the query is found from the end of the text; undefined if it is not. */
function runsOf(query: string, text: string): number | undefined {
  let runs = 0;
  let next = text.length;
  let last = -1;
  for (const letter of Array.from(query).toReversed()) {
    next = next === 0 ? -1 : text.lastIndexOf(letter, next - 1);
    if (next < 0) return undefined;
    if (next !== last - 1) runs++;
    last = next;
  }
  return runs;
}
