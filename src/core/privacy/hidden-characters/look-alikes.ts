import type { HiddenCharacter } from './hidden-character-names';
import { lookAlikeOf, scriptOf, type LookAlike, type WordScript } from './unicode-scripts';

/** An identifier, or a word of prose. */
const IDENTIFIER = /[\p{L}\p{M}\p{N}_$]+/gu;

/** Matches the letters that {@link scriptOf} distinguishes from Latin. Without one, a text need not be searched. */
const NON_LATIN =
  /[\u01c0-\u01c3\u0370-\u03ff\u0400-\u058f\u05d5-\u05e1\u0627\u0647\u0660-\u1fff\u212a\u216c-\u217f\u2c00-\u2dff\u3007\u3147\u3163\u4e28\ua4d0-\ua6ff\uab70-\uabbf\uff21-\uff5a\u{10280}-\u{1057f}\u{118a0}-\u{118ff}\u{1d400}-\u{1d7ff}]/u;

/** Adjacent letters of one script. */
interface Run {
  readonly script: WordScript;
  readonly letters: Letter[];
  /** Whether Latin letters are directly before and after it. */
  readonly latin: { before: boolean; after: boolean };
}

interface Letter {
  readonly index: number;
  readonly character: string;
  readonly lookAlike: LookAlike | undefined;
}

/**
 * Finds letters that look like those of another script in the same identifier, such as a Cyrillic "а" in a Latin
 * name, and whole identifiers that look Latin but are of another script that does not occur near them.
 */
export function findLookAlikes(text: string): readonly HiddenCharacter[] {
  if (!NON_LATIN.test(text)) return [];
  const found: HiddenCharacter[] = [];
  const distinctive = createDistinctiveLetters(text);
  for (const { 0: identifier, index } of text.matchAll(IDENTIFIER)) {
    if (!NON_LATIN.test(identifier)) continue;
    const runs = runsOf(identifier, index);
    const suspects = suspectsOf(runs, distinctive);
    for (const letter of suspects) found.push(foundLetter(letter));
  }
  for (const { index } of text.matchAll(/\u037e/g)) {
    if (isGreekQuestion(text, index)) continue;
    found.push(
      foundLetter({ index, character: '\u037e', lookAlike: { letter: ';', likeness: 'identical' } }),
    );
  }
  return found;
}

function foundLetter({ index, character, lookAlike }: Letter): HiddenCharacter {
  return {
    index,
    length: character.length,
    codePoint: character.codePointAt(0) ?? 0,
    kind: 'look-alike',
    replacement: lookAlike?.letter,
  };
}

/** The Greek question mark looks like a semicolon, and is legitimate only after Greek words. */
function isGreekQuestion(text: string, index: number): boolean {
  return /\p{Script=Greek}$/u.test(text.slice(Math.max(0, index - 1), index));
}

function runsOf(identifier: string, start: number): readonly Run[] {
  const runs: Run[] = [];
  let index = start;
  let joined = false;
  for (const character of identifier) {
    const script = scriptOf(character);
    const last = runs.at(-1);
    if (script !== 'none') {
      const letter = { index, character, lookAlike: lookAlikeOf(character, script) };
      if (joined && last?.script === script) last.letters.push(letter);
      else {
        const before = joined && last?.script === 'latin';
        if (joined && last && script === 'latin') last.latin.after = true;
        runs.push({ script, letters: [letter], latin: { before, after: false } });
      }
      joined = true;
    } else if (!/\p{M}/u.test(character)) joined = false;
    index += character.length;
  }
  return runs;
}

function suspectsOf(runs: readonly Run[], distinctive: DistinctiveLetters): readonly Letter[] {
  const latin = runs.filter(({ script }) => script === 'latin').flatMap(({ letters }) => letters);
  const clicks = runs.flatMap((run, at) => (run.script === 'click' ? clicksOf(run, runs[at + 1]) : []));
  if (latin.length === 0)
    return [...clicks, ...runs.flatMap((run) => (looksLatin(run, distinctive) ? run.letters : []))];
  const foreign = runs.filter((run) => isSuspect(run, latin.length)).flatMap(({ letters }) => letters);
  const reverse = runs.flatMap((run, at) => latinInCyrillic(run, runs[at - 1], runs[at + 1]));
  return [...clicks, ...foreign, ...reverse];
}

/** The letters of four click sounds look like "!" and "|". In languages that use them, a letter follows. */
function clicksOf(run: Run, next: Run | undefined): readonly Letter[] {
  const last = run.letters.at(-1);
  const isFollowed = last !== undefined && next?.letters[0]?.index === last.index + 1;
  return isFollowed ? [] : run.letters;
}

/**
 * Minimum number of Latin letters around a letter that is only similar: with fewer, it is a formula rather than a
 * name.
 */
const MIN_LATIN_LETTERS = 4;

/** Whether letters of another script imitate letters of a Latin name. */
function isSuspect({ script, letters, latin }: Run, latinLetters: number): boolean {
  switch (script) {
    case 'latin':
    case 'click':
      return false;
    case 'unusual':
      return true;
    case 'styled':
      return latinLetters > 1;
    default:
      if (letters.every(({ lookAlike }) => lookAlike?.likeness === 'identical')) return true;
      return (
        latin.before &&
        latin.after &&
        latinLetters >= MIN_LATIN_LETTERS &&
        letters.every(({ lookAlike }) => lookAlike !== undefined)
      );
  }
}

/**
 * Latin letters in a Cyrillic word that look like Cyrillic ones. Abbreviations such as "PHP" may have Cyrillic
 * endings.
 */
function latinInCyrillic(run: Run, before: Run | undefined, after: Run | undefined): readonly Letter[] {
  if (run.script !== 'latin') return [];
  const text = run.letters.map(({ character }) => character).join('');
  if (!/^[aceiopxyABCEHIKMOPTX]+$/.test(text) || /^[A-Z]{2,}$/.test(text)) return [];
  const beside = [before, after].filter((other) => other?.script === 'cyrillic' && isBeside(other, run));
  const isCyrillic = beside.some((other) => other?.letters.some(({ lookAlike }) => lookAlike === undefined));
  return isCyrillic
    ? run.letters.map((letter) => ({
        ...letter,
        lookAlike: {
          letter: CONFUSABLE_CYRILLIC.charAt(CONFUSABLE_LATIN.indexOf(letter.character)),
          likeness: 'identical',
        },
      }))
    : [];
}

/** Latin letters with a Cyrillic look-alike, and these look-alikes in the same order. */
const CONFUSABLE_LATIN = 'aceiopxyABCEHIKMOPTX';
const CONFUSABLE_CYRILLIC = 'асеіорхуАВСЕНІКМОРТХ';

function isBeside(one: Run, other: Run): boolean {
  const [first, second] = [one, other].sort(
    (a, b) => (a.letters[0]?.index ?? 0) - (b.letters[0]?.index ?? 0),
  );
  const gap = (second?.letters[0]?.index ?? 0) - (first?.letters.at(-1)?.index ?? 0);
  // A combining mark may be between them.
  return gap <= 2;
}

/**
 * Whether a word of another script looks Latin: all of its letters do, and no distinctive letter of its script is
 * near it.
 */
function looksLatin({ script, letters }: Run, distinctive: DistinctiveLetters): boolean {
  if (script !== 'cyrillic' && script !== 'greek') return false;
  if (!letters.every(({ lookAlike }) => lookAlike?.likeness === 'identical')) return false;
  return !distinctive.occurNear(letters[0]?.index ?? 0, script);
}

/** The letters of a text that do not look Latin. Near them, their script is used legitimately. */
interface DistinctiveLetters {
  /** Whether a letter of the script occurs in the line of a position or in the lines around it. */
  occurNear(index: number, script: Script): boolean;
}

type Script = 'cyrillic' | 'greek';

/** Largest distance within a long line, in UTF-16 units. */
const MAX_DISTANCE = 300;

const LETTERS = { cyrillic: /\p{Script=Cyrillic}/gu, greek: /\p{Script=Greek}/gu } as const;

function createDistinctiveLetters(text: string): DistinctiveLetters {
  const positions: Partial<Record<Script, readonly number[]>> = {};
  let breaks: readonly number[] | undefined;

  function positionsOf(script: Script): readonly number[] {
    return (positions[script] ??= positionsIn(
      text,
      LETTERS[script],
      (character) => lookAlikeOf(character, script)?.likeness !== 'identical',
    ));
  }

  return {
    occurNear(index, script) {
      breaks ??= positionsIn(text, /\n/g, () => true);
      const line = firstAtOrAfter(breaks, index);
      const from = Math.max(breaks[line - 2] ?? 0, index - MAX_DISTANCE);
      const to = Math.min(breaks[line + 1] ?? text.length, index + MAX_DISTANCE);
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

/** The index of the first of ascending numbers that is at least `least`. */
function firstAtOrAfter(ascending: readonly number[], least: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
