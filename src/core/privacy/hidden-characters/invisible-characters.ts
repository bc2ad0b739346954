import type { HiddenCharacter, HiddenKind } from './hidden-character-names';

/**
 * Every character that may hide something, depending on its context. The white space of code (tab, line feed,
 * carriage return and space) is not included. U+2800 and the last four are blank, although Unicode classifies them as
 * symbols and letters.
 */
const SUSPICIOUS_CHARACTER =
  /(?![\t\n\r])[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cc}\p{Noncharacter_Code_Point}\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\ufff9-\ufffc\u2800]|[\u{13430}-\u{1343f}\u{13441}\u{13442}]|\u{16fe4}|\u{1d159}/gu;

/**
 * Finds characters that have no width, are blank, or change the direction of others, outside of the contexts that
 * need them.
 */
export function findInvisibleCharacters(text: string): readonly HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  const flags = flagSequences(text);
  for (const { 0: character, index } of text.matchAll(SUSPICIOUS_CHARACTER)) {
    const codePoint = character.codePointAt(0) ?? 0;
    const kind = kindOf(codePoint);
    const occurrence = { text, index, end: index + character.length };
    if (flags.has(index) || isLegitimate(codePoint, occurrence)) continue;
    found.push({ index, length: character.length, codePoint, kind, replacement: replacementOf(kind) });
  }
  return found;
}

function kindOf(codePoint: number): HiddenKind {
  const character = String.fromCodePoint(codePoint);
  if (/\p{Bidi_Control}/u.test(character)) return 'bidirectional';
  if (/[\p{Zs}\p{Zl}\p{Zp}\u2800]/u.test(character)) return 'space';
  if (/\p{Cc}/u.test(character)) return 'control';
  if (/\p{Co}/u.test(character)) return 'private-use';
  return /\p{Cs}/u.test(character) ? 'surrogate' : 'invisible';
}

function replacementOf(kind: HiddenKind): string {
  return kind === 'space' ? ' ' : '';
}

interface Occurrence {
  readonly text: string;
  readonly index: number;
  readonly end: number;
}

/** Whether the context needs the character. Characters without a rule here are always reported. */
function isLegitimate(codePoint: number, occurrence: Occurrence): boolean {
  const [before, after] = [characterBefore(occurrence), characterAfter(occurrence)];
  switch (codePoint) {
    case 0x0c:
      // A page break, as in the sources of GNU and Python.
      return before === '' || before === '\n';
    case 0xfeff:
      return occurrence.index === 0;
    case 0x061c:
    case 0x200e:
    case 0x200f:
      return isBesideRightToLeft(occurrence);
    case 0x200b:
      return SOUTH_EAST_ASIAN.test(before) && SOUTH_EAST_ASIAN.test(after);
    case 0x200c:
      return isBetweenJoiningLetters(before, after) || isVirama(before);
    case 0x200d:
      return joinsLetters(before, after) || joinsEmoji(occurrence, after);
    case 0x034f:
      return /\p{M}/u.test(before) && /\p{M}/u.test(after);
    case 0x3000:
      return isBesideIdeograph(occurrence);
    case 0x2800:
      return isBesideBraille(occurrence);
    case 0x1680:
      return /\p{Script=Ogham}/u.test(before);
    case 0x180b:
    case 0x180c:
    case 0x180d:
    case 0x180e:
    case 0x180f:
      return /\p{Script=Mongolian}/u.test(before);
    default:
      if (isVariationSelector(codePoint)) return hasVariants(codePoint, before, after);
      if (codePoint >= 0x13430 && codePoint <= 0x1343f)
        return /\p{Script=Egyptian_Hieroglyphs}/u.test(before);
      return TYPOGRAPHIC_SPACES.has(codePoint) && isTypographic(occurrence, before, after);
  }
}

function characterBefore({ text, index }: Pick<Occurrence, 'text' | 'index'>): string {
  const last = text.charCodeAt(index - 1);
  const isPair = last >= 0xdc00 && last <= 0xdfff && index > 1;
  const pair = isPair ? text.slice(index - 2, index) : '';
  return pair.isWellFormed() && pair !== '' ? pair : text.slice(Math.max(0, index - 1), index);
}

function characterAfter({ text, end }: Pick<Occurrence, 'text' | 'end'>): string {
  const codePoint = text.codePointAt(end);
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

/** Largest distance of a context, in characters, so that the time is linear. */
const MAX_CONTEXT_DISTANCE = 32;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A directional mark beside right-to-left letters does not change more than these letters do. */
function isBesideRightToLeft(occurrence: Occurrence): boolean {
  return [nearestLetter(occurrence, characterBefore), nearestLetter(occurrence, characterAfter)].some(
    (letter) => RIGHT_TO_LEFT.test(letter),
  );
}

/** The nearest letter in the line, as only letters have a strong direction. */
function nearestLetter(occurrence: Occurrence, next: (occurrence: Occurrence) => string): string {
  return firstNotSkipped(occurrence, next, /[^\p{L}\n]/u);
}

/** The nearest character in one direction that does not match `skip`; empty if there is none within `reach`. */
function firstNotSkipped(
  { text, index, end }: Occurrence,
  next: (occurrence: Occurrence) => string,
  skip: RegExp,
  reach = MAX_CONTEXT_DISTANCE,
): string {
  let [from, to] = [index, end];
  for (let step = 0; step < reach; step++) {
    const character = next({ text, index: from, end: to });
    if (!skip.test(character)) return character;
    [from, to] = [from - character.length, to + character.length];
  }
  return '';
}

const SOUTH_EAST_ASIAN =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Tham}]/u;
/** Scripts with joining letters, whose shape ZWNJ and ZWJ change. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Phags_Pa}\u0640]/u;
const INDIC =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Balinese}\p{Script=Javanese}\p{Script=Newa}\p{Script=Grantha}]/u;
/** Signs that remove the vowel of a consonant (Indic_Syllabic_Category=Virama and similar). */
const VIRAMA =
  /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u1039\u103a\u17d2\u1b44\ua9c0\u{1134d}\u{11442}]/u;

function isVirama(character: string): boolean {
  return VIRAMA.test(character);
}

/** UAX #31, context A1. Persian also uses it after foreign words and closing quotation marks: "PDF‌ها". */
function isBetweenJoiningLetters(before: string, after: string): boolean {
  const other = /[\p{L}\p{M}\p{N}\p{Pe}\p{Pf}]/u;
  return (JOINING.test(before) && other.test(after)) || (other.test(before) && JOINING.test(after));
}

/** UAX #31, context B. After an Arabic letter it keeps the joining shape ("ه‍" for the Hijri year). */
function joinsLetters(before: string, after: string): boolean {
  if (JOINING.test(before) || JOINING.test(after) || isVirama(before)) return true;
  return INDIC.test(before) && isVirama(after);
}

/**
 * UTS #51, ED-16: between pictographs, the first of which may be followed by a variation selector, a skin tone or a
 * tag sequence.
 */
function joinsEmoji(occurrence: Occurrence, after: string): boolean {
  const before = firstNotSkipped(occurrence, characterBefore, /\ufe0f|[\u{1f3fb}-\u{1f3ff}]/u, 3);
  return /\p{Extended_Pictographic}/u.test(before) && /\p{Extended_Pictographic}/u.test(after);
}

function isVariationSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}

/**
 * One selector after a character with variants. A second selector, or one after any other character, can carry a
 * payload.
 */
function hasVariants(selector: number, before: string, after: string): boolean {
  const isIdeograph = /\p{Script=Han}/u.test(before);
  if (selector >= 0xe0100) return isIdeograph;
  if (selector >= 0xfe0e) return /[0-9#*]/.test(before) ? after === '\u20e3' : /\p{Emoji}/u.test(before);
  if (isIdeograph) return selector <= 0xfe02;
  if (/\p{Script=Egyptian_Hieroglyphs}/u.test(before)) return selector <= 0xfe06;
  // Mathematical operators, East Asian punctuation and three scripts (StandardizedVariants.txt).
  return (
    selector <= 0xfe01 &&
    before > '\x7f' &&
    /[\p{Sm}\u2018\u2019\u201c\u201d\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Script=Manichaean}]/u.test(
      before,
    )
  );
}

/**
 * The positions of the tags in flags of regions: a black flag, the letters of the region, and the cancel tag (UTS
 * #51, ED-14a).
 */
function flagSequences(text: string): ReadonlySet<number> {
  const tags = new Set<number>();
  for (const { 0: sequence, index } of text.matchAll(FLAG_OF_REGION)) {
    // The flag and each tag have two UTF-16 units.
    for (let at = 2; at < sequence.length; at += 2) tags.add(index + at);
  }
  return tags;
}

const FLAG_OF_REGION =
  /\u{1f3f4}[\u{e0061}-\u{e007a}]{2}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,3}\u{e007f}/gu;

function isBesideIdeograph(occurrence: Occurrence): boolean {
  const cjk =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3001-\u303f\uff01-\uffee]/u;
  return aroundRun(occurrence).some((character) => cjk.test(character));
}

function isBesideBraille(occurrence: Occurrence): boolean {
  return aroundRun(occurrence).some((character) => /[\u2801-\u28ff]/.test(character));
}

/** The characters before and after a run of the same character, within a limited distance. */
function aroundRun({ text, index, end }: Occurrence): readonly [string, string] {
  const unit = text.charCodeAt(index);
  let [from, to] = [index, end];
  while (from > index - MAX_CONTEXT_DISTANCE && text.charCodeAt(from - 1) === unit) from--;
  while (to < end + MAX_CONTEXT_DISTANCE && text.charCodeAt(to) === unit) to++;
  return [characterBefore({ text, index: from }), characterAfter({ text, end: to })];
}

/** No-break, figure, punctuation, thin, hair and narrow no-break space. */
const TYPOGRAPHIC_SPACES: ReadonlySet<number> = new Set([0xa0, 0x2007, 0x2008, 0x2009, 0x200a, 0x202f]);
/** The beginnings of comments and strings in common languages. */
const PROSE = /["'`«“#%;]|\/\/|\/\*|--|<!--|^\s*\*/;

/** In a comment or a string, where French, Russian and numbers use such spaces: "Prêt ?", "10 000", "« oui »". */
function isTypographic(occurrence: Occurrence, before: string, after: string): boolean {
  const wanted =
    (/\p{N}/u.test(before) && /[\p{L}\p{N}\p{Sc}%‰°]/u.test(after)) ||
    (/[\p{L}\p{N}\p{Pe}\p{Pf}.…]/u.test(before) && /[:;!?»›–—]/.test(after)) ||
    /[«‹–—№§]/.test(before);
  if (!wanted) return /\p{Script=Mongolian}/u.test(before);
  const line = occurrence.text.slice(
    Math.max(0, occurrence.index - 4 * MAX_CONTEXT_DISTANCE),
    occurrence.index,
  );
  return PROSE.test(line.slice(line.lastIndexOf('\n') + 1));
}
