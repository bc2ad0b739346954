import { lookAlikeOf } from './scripts';

/** The letters of a text that look like no Latin ones: where they are, a script is written in earnest. */
export interface DistinctiveLetters {
  /** Whether there is one of the script in the line of a place or in the lines around it. */
  areNear(index: number, script: Script): boolean;
}

type Script = 'cyrillic' | 'greek';

/** How far they are looked for in a long line, in UTF-16 units. */
const NEIGHBOURHOOD = 300;
const LETTERS = { cyrillic: /\p{Script=Cyrillic}/gu, greek: /\p{Script=Greek}/gu } as const;

export function createDistinctiveLetters(text: string): DistinctiveLetters {
  const positions: Partial<Record<Script, readonly number[]>> = {};
  let breaks: readonly number[] | undefined;

  function positionsOf(script: Script): readonly number[] {
    return (positions[script] ??= positionsIn(
      text,
      LETTERS[script],
      (character) => lookAlikeOf(character, script)?.alike !== 'same',
    ));
  }

  return {
    areNear(index, script) {
      breaks ??= positionsIn(text, /\n/g, () => true);
      const line = firstAtOrAfter(breaks, index);
      const from = Math.max(breaks[line - 2] ?? 0, index - NEIGHBOURHOOD);
      const to = Math.min(breaks[line + 1] ?? text.length, index + NEIGHBOURHOOD);
      const letters = positionsOf(script);
      return (letters[firstAtOrAfter(letters, from)] ?? Infinity) < to;
    },
  };
}

function positionsIn(text: string, pattern: RegExp, holds: (match: string) => boolean): readonly number[] {
  const positions: number[] = [];
  for (const { 0: match, index } of text.matchAll(pattern)) if (holds(match)) positions.push(index);
  return positions;
}

/** The index of the first of ascending numbers that is not less. */
function firstAtOrAfter(ascending: readonly number[], least: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
