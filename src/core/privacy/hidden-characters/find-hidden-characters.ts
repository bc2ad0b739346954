import type { HiddenCharacter } from './hidden-character-names';
import { findInvisibleCharacters } from './invisible-characters';
import { findLookAlikes } from './look-alikes';

/** Code without any of these characters is clean. Most code has none. */
const BEYOND_ASCII = /[^\t\n\r\x20-\x7e]/;

/** Length of the context that decides whether a character is hidden, in UTF-16 units. */
const CONTEXT_LENGTH = 400;

/**
 * Finds the hidden characters in code, in their order. Characters that real text needs are not among them: joiners of
 * Persian, Indic scripts and emoji, variation selectors after characters with variants, directional marks beside
 * Arabic and Hebrew. The time is linear in the length of the text.
 *
 * @param from where to begin, in UTF-16 units; the text around the part is used as context
 * @param to where to end
 *
 * Sources: UAX #31 (2.3.1), UTS #39 (5.2), UTS #51 (ED-14a, ED-16), UTS #55 and the paper "Trojan Source" (2021).
 */
export function findHiddenCharacters(text: string, from = 0, to = text.length): readonly HiddenCharacter[] {
  const start = Math.max(0, from - CONTEXT_LENGTH);
  const part = text.slice(start, to + CONTEXT_LENGTH);
  if (!BEYOND_ASCII.test(part)) return [];
  return [...findInvisibleCharacters(part), ...findLookAlikes(part)]
    .map((found) => ({ ...found, index: found.index + start }))
    .filter(({ index }) => index >= from && index < to)
    .sort((one, other) => one.index - other.index);
}

/**
 * The text with its hidden characters replaced: invisible ones are removed, and look-alikes become the letters that
 * they imitate. Undefined if one of them has no replacement.
 */
function replaceHiddenCharacters(text: string, found: readonly HiddenCharacter[]): string | undefined {
  const parts: string[] = [];
  let position = 0;
  for (const { index, length, replacement } of found) {
    if (replacement === undefined) return undefined;
    parts.push(text.slice(position, index), replacement);
    position = index + length;
  }
  return parts.join('') + text.slice(position);
}

/** The hidden and look-alike characters in code. */
export interface CodeInspection {
  readonly hidden: readonly HiddenCharacter[];
  /** The code without hidden characters; undefined if they cannot be removed. */
  readonly cleaned: string | undefined;
}

/** Length of a part that is searched without yielding, in UTF-16 units. */
const PART_LENGTH = 32 * 1024;

/**
 * Number of rounds. Removing a character can create another hidden one from its neighbours; more rounds are needed
 * only for hostile code.
 */
const MAX_ROUNDS = 4;

/**
 * Finds hidden characters in code of any length.
 *
 * @param yieldNow awaited between parts, lets other work run
 */
export async function inspectForHiddenCharacters(
  code: string,
  yieldNow: () => Promise<void>,
): Promise<CodeInspection> {
  const hidden = await findInParts(code, yieldNow);
  let [cleaned, remaining]: [string | undefined, readonly HiddenCharacter[]] = [code, hidden];
  for (let round = 0; remaining.length > 0; round++) {
    cleaned = round < MAX_ROUNDS ? replaceHiddenCharacters(cleaned, remaining) : undefined;
    if (cleaned === undefined) break;
    remaining = await findInParts(cleaned, yieldNow);
  }
  return { hidden, cleaned };
}

async function findInParts(text: string, yieldNow: () => Promise<void>): Promise<readonly HiddenCharacter[]> {
  const parts: (readonly HiddenCharacter[])[] = [];
  for (let from = 0; from < text.length; from += PART_LENGTH) {
    if (from > 0) await yieldNow();
    parts.push(findHiddenCharacters(text, from, Math.min(from + PART_LENGTH, text.length)));
  }
  return parts.flat();
}
