import { scriptOf } from './unicode-scripts';
/** The way in which a character of code deceives its reader. */
export type HiddenKind =
  /** Changes the direction of the text, or prevents a change of it. */
  | 'bidirectional'
  /** Has no width: zero-width characters, joiners and variation selectors out of context, tags, fillers. */
  | 'invisible'
  /** Looks like a space but is a different character. */
  | 'space'
  | 'control'
  | 'private-use'
  /** Half of a surrogate pair. */
  | 'surrogate'
  /** A letter of another script that looks like a letter of the identifier that contains it. */
  | 'look-alike';

/** A character of code that a reader cannot see or cannot distinguish from another. */
export interface HiddenCharacter {
  /** The position in the text, in UTF-16 units. */
  readonly index: number;
  /** In UTF-16 units: 1 or 2. */
  readonly length: number;
  readonly codePoint: number;
  readonly kind: HiddenKind;
  /** The replacement: an empty text, a space, or the imitated letter. Undefined if there is no suitable one. */
  readonly replacement: string | undefined;
}

/** Formats a code point, such as "U+202E". */
export function codePointLabel(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The English name of a hidden character: its Unicode name if known, or else a description of its kind. */
export function characterName({ codePoint, kind }: HiddenCharacter): string {
  const name = NAMES.get(codePoint) ?? nameInRange(codePoint);
  if (name !== undefined) return name;
  switch (kind) {
    case 'look-alike':
      return `${SCRIPT_NAMES.find(([script]) => script.test(String.fromCodePoint(codePoint)))?.[1] ?? 'Foreign'} Letter`;
    case 'private-use':
      return 'Private Use Character';
    case 'surrogate':
      return 'Lone Surrogate';
    case 'control':
      return 'Control Character';
    case 'space':
      return 'Special Space';
    default:
      return 'Invisible Character';
  }
}

function nameInRange(codePoint: number): string | undefined {
  if (codePoint >= 0xfe00 && codePoint <= 0xfe0f) return `Variation Selector-${codePoint - 0xfdff}`;
  if (codePoint >= 0xe0100 && codePoint <= 0xe01ef) return `Variation Selector-${codePoint - 0xe00ef}`;
  if (codePoint > 0xe0020 && codePoint < 0xe007f) return `Tag "${String.fromCodePoint(codePoint - 0xe0000)}"`;
  if (/\p{Noncharacter_Code_Point}/u.test(String.fromCodePoint(codePoint))) return 'Noncharacter';
  return scriptOf(String.fromCodePoint(codePoint)) === 'styled' ? 'Styled Letter' : undefined;
}

const SCRIPT_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Cyrillic}/u, 'Cyrillic'],
  [/\p{Script=Greek}/u, 'Greek'],
  [/\p{Script=Armenian}/u, 'Armenian'],
  [/\p{Script=Cherokee}/u, 'Cherokee'],
  [/\p{Script=Lisu}/u, 'Lisu'],
  [/\p{Script=Coptic}/u, 'Coptic'],
  [/\p{Script=Latin}/u, 'Latin'],
];

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x0, 'Null'],
  [0x7, 'Bell'],
  [0x8, 'Backspace'],
  [0xb, 'Line Tabulation'],
  [0xc, 'Form Feed'],
  [0x1b, 'Escape'],
  [0x7f, 'Delete'],
  [0x85, 'Next Line'],
  [0xa0, 'No-Break Space'],
  [0xad, 'Soft Hyphen'],
  [0x1c0, 'Latin Letter Dental Click'],
  [0x1c1, 'Latin Letter Lateral Click'],
  [0x1c2, 'Latin Letter Alveolar Click'],
  [0x1c3, 'Latin Letter Retroflex Click'],
  [0x34f, 'Combining Grapheme Joiner'],
  [0x37e, 'Greek Question Mark'],
  [0x61c, 'Arabic Letter Mark'],
  [0x115f, 'Hangul Choseong Filler'],
  [0x1160, 'Hangul Jungseong Filler'],
  [0x1680, 'Ogham Space Mark'],
  [0x17b4, 'Khmer Vowel Inherent Aq'],
  [0x17b5, 'Khmer Vowel Inherent Aa'],
  [0x180e, 'Mongolian Vowel Separator'],
  [0x2000, 'En Quad'],
  [0x2001, 'Em Quad'],
  [0x2002, 'En Space'],
  [0x2003, 'Em Space'],
  [0x2004, 'Three-Per-Em Space'],
  [0x2005, 'Four-Per-Em Space'],
  [0x2006, 'Six-Per-Em Space'],
  [0x2007, 'Figure Space'],
  [0x2008, 'Punctuation Space'],
  [0x2009, 'Thin Space'],
  [0x200a, 'Hair Space'],
  [0x200b, 'Zero Width Space'],
  [0x200c, 'Zero Width Non-Joiner'],
  [0x200d, 'Zero Width Joiner'],
  [0x200e, 'Left-to-Right Mark'],
  [0x200f, 'Right-to-Left Mark'],
  [0x2028, 'Line Separator'],
  [0x2029, 'Paragraph Separator'],
  [0x202a, 'Left-to-Right Embedding'],
  [0x202b, 'Right-to-Left Embedding'],
  [0x202c, 'Pop Directional Formatting'],
  [0x202d, 'Left-to-Right Override'],
  [0x202e, 'Right-to-Left Override'],
  [0x202f, 'Narrow No-Break Space'],
  [0x205f, 'Medium Mathematical Space'],
  [0x2060, 'Word Joiner'],
  [0x2061, 'Function Application'],
  [0x2062, 'Invisible Times'],
  [0x2063, 'Invisible Separator'],
  [0x2064, 'Invisible Plus'],
  [0x2066, 'Left-to-Right Isolate'],
  [0x2067, 'Right-to-Left Isolate'],
  [0x2068, 'First Strong Isolate'],
  [0x2069, 'Pop Directional Isolate'],
  [0x212a, 'Kelvin Sign'],
  [0x2800, 'Braille Pattern Blank'],
  [0x3000, 'Ideographic Space'],
  [0x3164, 'Hangul Filler'],
  [0xfeff, 'Zero Width No-Break Space'],
  [0xffa0, 'Halfwidth Hangul Filler'],
  [0xfff9, 'Interlinear Annotation Anchor'],
  [0xfffa, 'Interlinear Annotation Separator'],
  [0xfffb, 'Interlinear Annotation Terminator'],
  [0xfffc, 'Object Replacement Character'],
  [0xe0001, 'Language Tag'],
  [0xe0020, 'Tag Space'],
  [0xe007f, 'Cancel Tag'],
]);
