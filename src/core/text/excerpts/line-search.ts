/** Finds runs of lines in a text. */
export interface LineSearch {
  /** The indexes at which these lines begin in the text. */
  placesOf(searched: readonly string[]): readonly number[];
}

/** No line of the text. */
const UNKNOWN = -1;

/** @param keyOf the part of a line that is compared */
export function createLineSearch(lines: readonly string[], keyOf: (line: string) => string): LineSearch {
  const numbers = new Map<string, number>();
  /** The places of the lines with each number. */
  const places: number[][] = [];
  // Numbers are compared faster than texts, as many lines of a text may be equal.
  const text = lines.map((line, at) => {
    const key = keyOf(line);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    (places[number] ??= []).push(at);
    return number;
  });

  return {
    placesOf(searched) {
      const run = searched.map((line) => numbers.get(keyOf(line)) ?? UNKNOWN);
      const countOf = (number: number): number => places[number]?.length ?? 0;
      const rarest = run.reduce(
        (best, number, index) => (countOf(number) < countOf(run[best] ?? UNKNOWN) ? index : best),
        0,
      );
      return (places[run[rarest] ?? UNKNOWN] ?? [])
        .map((place) => place - rarest)
        .filter((start) => run.every((number, index) => text[start + index] === number));
    },
  };
}
