import type { HiddenCharacter } from './hidden-character';
import { findInvisibleCharacters } from './invisible-characters';
import { findLookAlikes } from './look-alikes';

/** Code without any of these is cleaned, and most code has none. */
const BEYOND_ASCII = /[^\t\n\r\x20-\x7e]/;

/** Context of a character that decides whether it hides something, in UTF-16 units. */
const CONTEXT_LENGTH = 400;

/**
 * Finds the characters of code that hide something, in their order. What real text needs is not among them: joiners
 * of Persian, Indic scripts and emoji, variation selectors behind what has variants, directional marks beside Arabic
 * and Hebrew. The time is linear in the length of the text.
 *
 * @param from where to begin, in UTF-16 units; what is around the part is seen as its context
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
 * The text with what fits in place of its hidden characters: nothing for invisible ones, and the letter that a letter
 * looks like. Undefined where nothing fits.
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
  /** The code without it, which hides nothing; undefined where that cannot be had. */
  readonly cleaned: string | undefined;
}

/** UTF-16 units that are looked at in one go, so that nothing waits for long. */
const PART_LENGTH = 32 * 1024;

/** Removing a character can bring two others together that hide something only then; more rounds are hostile. */
const MAX_ROUNDS = 4;

/**
 * Looks for hidden characters in code of any length.
 *
 * @param pause is awaited between parts, so that other work goes on
 */
export async function inspectForHiddenCharacters(
  code: string,
  pause: () => Promise<void>,
): Promise<CodeInspection> {
  const hidden = await findInParts(code, pause);
  let [cleaned, left]: [string | undefined, readonly HiddenCharacter[]] = [code, hidden];
  for (let round = 0; left.length > 0; round++) {
    cleaned = round < MAX_ROUNDS ? replaceHiddenCharacters(cleaned, left) : undefined;
    if (cleaned === undefined) break;
    left = await findInParts(cleaned, pause);
  }
  return { hidden, cleaned };
}

async function findInParts(text: string, pause: () => Promise<void>): Promise<readonly HiddenCharacter[]> {
  const parts: (readonly HiddenCharacter[])[] = [];
  for (let from = 0; from < text.length; from += PART_LENGTH) {
    if (from > 0) await pause();
    parts.push(findHiddenCharacters(text, from, Math.min(from + PART_LENGTH, text.length)));
  }
  return parts.flat();
}
