import type { HiddenCharacter } from './hidden-character';
import { findHiddenCharacters, replaceHiddenCharacters } from './hidden-characters';

/** The hidden and look-alike characters in code. */
export interface CodeInspection {
  readonly hidden: readonly HiddenCharacter[];
  /** The code without it, which hides nothing; undefined where that cannot be had. */
  readonly clean: string | undefined;
}

/** UTF-16 units that are looked at in one go, so that nothing waits for long. */
const PART = 32 * 1024;
/** Removing a character can bring two others together that hide something only then; more rounds are hostile. */
const MAX_ROUNDS = 4;

/**
 * Looks for hidden characters in code of any length.
 *
 * @param pause is awaited between parts, so that other work goes on
 */
export async function inspectCode(code: string, pause: () => Promise<void>): Promise<CodeInspection> {
  const hidden = await findInParts(code, pause);
  let [clean, left]: [string | undefined, readonly HiddenCharacter[]] = [code, hidden];
  for (let round = 0; left.length > 0; round++) {
    clean = round < MAX_ROUNDS ? replaceHiddenCharacters(clean, left) : undefined;
    if (clean === undefined) break;
    left = await findInParts(clean, pause);
  }
  return { hidden, clean };
}

async function findInParts(text: string, pause: () => Promise<void>): Promise<readonly HiddenCharacter[]> {
  const parts: (readonly HiddenCharacter[])[] = [];
  for (let from = 0; from < text.length; from += PART) {
    if (from > 0) await pause();
    parts.push(findHiddenCharacters(text, from, Math.min(from + PART, text.length)));
  }
  return parts.flat();
}
