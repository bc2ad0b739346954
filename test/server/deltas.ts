import type { Random } from './random';

/** Like tokens of a model, a delta has at most two words. */
const MAX_WORDS = 2;

/** The beginning of a text, without half a surrogate pair at its end. */
export function truncated(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** Splits a text before white space, into deltas that can be joined to the same text. */
export function splitIntoDeltas(text: string, random: Random): string[] {
  const words = text.match(/\s*\S+|\s+$/g) ?? [];
  const deltas: string[] = [];
  for (let index = 0; index < words.length;) {
    const count = 1 + Math.floor(random() * MAX_WORDS);
    deltas.push(words.slice(index, index + count).join(''));
    index += count;
  }
  return deltas;
}
