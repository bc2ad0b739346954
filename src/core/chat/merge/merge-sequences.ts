interface SequenceRules<T> {
  /** Identifies an item in both sequences. */
  readonly key: (item: T, index: number) => string;
  readonly time: (item: T) => number;
  /** Merges two items with the same key. */
  readonly merge: (ours: T, theirs: T) => T;
}

/**
 * All items of both sequences, keeping the order of each. Items that only one contains are ordered by their times.
 */
export function mergeSequences<T>(ours: readonly T[], theirs: readonly T[], rules: SequenceRules<T>): T[] {
  const { key, time, merge } = rules;
  const theirItems = new Map(theirs.map((item, index) => [key(item, index), item]));
  const ourKeys = new Set(ours.map(key));
  const merged: T[] = [];
  const done = new Set<string>();
  let their = 0;

  const takeTheirs = (until: (item: T, itemKey: string) => boolean): void => {
    for (let item = theirs[their]; item !== undefined; item = theirs[++their]) {
      const itemKey = key(item, their);
      if (done.has(itemKey)) continue;
      if (until(item, itemKey)) return;
      done.add(itemKey);
      merged.push(item);
    }
  };

  for (const [index, item] of ours.entries()) {
    const itemKey = key(item, index);
    if (done.has(itemKey)) continue;
    const theirItem = theirItems.get(itemKey);
    // Their items before a common item come before it; others are placed by their time.
    if (theirItem !== undefined) takeTheirs((_, other) => ourKeys.has(other));
    else takeTheirs((other, otherKey) => ourKeys.has(otherKey) || !isBefore(other, otherKey, item, itemKey));
    done.add(itemKey);
    merged.push(theirItem === undefined ? item : merge(item, theirItem));
  }
  takeTheirs(() => false);
  return merged;

  function isBefore(a: T, aKey: string, b: T, bKey: string): boolean {
    const difference = time(a) - time(b);
    return difference < 0 || (difference === 0 && aKey < bKey);
  }
}
