import type { Random } from './random';

/** A space and two words at most, as a model's tokens come in. */
const mostWords = 2;

/** The beginning of a text; a character of two code units is not cut in half. */
export function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** Cuts a text before white space, into pieces that give the text again when joined. */
export function cutIntoDeltas(text: string, random: Random): string[] {
  const words = text.match(/\s*\S+|\s+$/g) ?? [];
  const deltas: string[] = [];
  for (let at = 0; at < words.length;) {
    const count = 1 + Math.floor(random() * mostWords);
    deltas.push(words.slice(at, at + count).join(''));
    at += count;
  }
  return deltas;
}
