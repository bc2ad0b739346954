import type { OffsetRange } from '../text/offset-range';

/** Longest tag, in characters. */
const MAX_TAG_LENGTH = 200;

/** The HTML character references of characters in keys and base64, without `&` and `;`. */
const NAMED_REFERENCES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  ast: '*',
  colon: ':',
  comma: ',',
  commat: '@',
  dash: '-',
  dollar: '$',
  equals: '=',
  excl: '!',
  gt: '>',
  hyphen: '-',
  lowbar: '_',
  lt: '<',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quot: '"',
  semi: ';',
  sol: '/',
  tilde: '~',
  underbar: '_',
};

const TAG = `<[a-zA-Z/!?][^<>]{0,${MAX_TAG_LENGTH}}>`;
/**
 * Invisible characters, and others that may be inserted into a key without changing how it reads: combining marks,
 * control characters, and the color codes of a terminal.
 */
const INVISIBLE = [
  '[\\u0000-\\u0008\\u000e-\\u001a\\u007f\\u00ad\\u200b-\\u200f\\u2060-\\u2064\\ufeff]',
  '[\\u0300-\\u036f]',
  '[\\ufe00-\\ufe0f]',
  '\\u001b\\[[0-9;]{0,20}m',
].join('|');
const ESCAPES = [
  '\\\\{1,8}u\\{0{0,6}([0-9a-fA-F]{1,6})\\}',
  '\\\\{1,8}u([0-9a-fA-F]{4})',
  '\\\\{1,8}x([0-9a-fA-F]{2})',
  // As in JSON, Markdown and a shell.
  '\\\\{1,8}([!-/:-@[-`{-~])',
  '%(?:25)*([0-9a-fA-F]{2})',
  '&(?:amp;)*#[xX]0{0,6}([0-9a-fA-F]{1,6});?',
  '&(?:amp;)*#0{0,7}([0-9]{1,7});?',
  `&(?:amp;)*(${Object.keys(NAMED_REFERENCES).join('|')});`,
  '\\\\{1,8}U([0-9a-fA-F]{8})',
  '\\\\{1,8}([0-3][0-7]{2})',
  // Wide, bold and invisible forms of ASCII letters.
  '([\\uff01-\\uff5e]|\\ud835[\\udc00-\\udfff]|\\udb40[\\udc20-\\udc7e])',
];
const UNFINISHED_TAG = `(?<!\\\\)<(?:[a-zA-Z/!?][^<>]{0,${MAX_TAG_LENGTH}})?`;
const UNFINISHED_ESCAPES = [
  '\\\\{1,8}(?:u(?:\\{[0-9a-fA-F]{0,9}|[0-9a-fA-F]{0,3})?|x[0-9a-fA-F]?|U[0-9a-fA-F]{0,7}|[0-3][0-7]?)?',
  '\\ud835|\\udb40|\\u001b(?:\\[[0-9;]{0,20})?',
  // A backslash before one of these escapes it, so it does not begin an escape itself.
  '(?<!\\\\)%(?:25)*[0-9a-fA-F]?',
  '(?<!\\\\)&[a-zA-Z0-9#;]{0,16}',
];
/** Longest unfinished escape or tag at the end of a text, in characters. */
const TAIL_LENGTH = MAX_TAG_LENGTH + 2;

/** Matches the escapes to decode, and an unfinished escape at the end of a text. */
interface EscapePatterns {
  readonly whole: RegExp;
  readonly unfinished: RegExp;
  /** The character that a match stands for; empty if it stands for none. */
  readonly characterOf: (found: string, groups: readonly unknown[]) => string;
}

/**
 * A text is decoded twice, with and without removing tags, because a tag may contain an escaped key, and tags may
 * stand within a key.
 */
const ESCAPES_ONLY: EscapePatterns = {
  whole: new RegExp([INVISIBLE, ...ESCAPES].join('|'), 'g'),
  unfinished: new RegExp(`(?:${UNFINISHED_ESCAPES.join('|')})$`),
  characterOf,
};
const ESCAPES_AND_TAGS: EscapePatterns = {
  // The tag comes last, because it has no group and `characterOf` counts the groups.
  whole: new RegExp([INVISIBLE, ...ESCAPES, TAG].join('|'), 'g'),
  unfinished: new RegExp(`(?:${[UNFINISHED_TAG, ...UNFINISHED_ESCAPES].join('|')})$`),
  characterOf,
};

/** Every escape and tag contains one of these characters. Most texts contain none, and this search is fast. */
const MAY_HAVE_ESCAPE = new RegExp(`[<&%\\\\\\u001b\\ud835\\udb40\\uff01-\\uff5e]|${INVISIBLE}`);

/** A text with its escapes decoded, and without invisible characters and tags, which may hide a key. */
export interface DecodedText {
  readonly text: string;
  /** The characters of the source that correspond to a span of the decoded text. */
  sourceRangeOf(span: OffsetRange): OffsetRange;
  /**
   * The position in the source at which an unfinished escape at its end begins; the length of the source if there is
   * none.
   */
  readonly unfinished: number;
}

/**
 * The text as decoded with and without removing tags; empty if it contains no escapes, because the decoded text would
 * equal the source.
 */
export function decodedTexts(source: string): readonly DecodedText[] {
  if (!MAY_HAVE_ESCAPE.test(source)) return [];
  const decodings = [decode(source, ESCAPES_ONLY)];
  if (source.includes('<')) decodings.push(decode(source, ESCAPES_AND_TAGS));
  // The text may be unchanged, because a backslash before a letter, as in LaTeX, is not an escape.
  return decodings.filter(({ text }) => text !== source);
}

const SEPARATORS: EscapePatterns = {
  // An escaped line break, the prefix of a number, or up to 16 characters that are neither letters nor digits. A
  // longer run is a gap between two texts and not a separator within one.
  whole:
    /(?<![A-Za-z0-9])0x(?=[0-9a-fA-F]{2})|(?<![^A-Za-z0-9])(?:\\{1,8}[nrt]|[^A-Za-z0-9]){1,16}(?![^A-Za-z0-9])/g,
  unfinished: /\\{1,8}$|(?<![0-9a-zA-Z])0(?:x[0-9a-fA-F]?)?$/,
  characterOf: () => '',
};

/**
 * A quick check whether a text may contain separators that `lettersAndDigits` does not remove: the prefix of a
 * number, or an unfinished separator at the end of the text.
 */
export function mayHaveOtherSeparators(source: string): boolean {
  return source.includes('0x') || SEPARATORS.unfinished.test(source.slice(-4));
}

/** A text without the separators that may stand between the characters of a key or of its numbers. */
export function textWithoutSeparators(source: string): DecodedText {
  return decode(source, SEPARATORS);
}

function decode(source: string, patterns: EscapePatterns): DecodedText {
  const { whole, unfinished } = patterns;
  const tailStart = Math.max(0, source.length - TAIL_LENGTH);
  const tail = unfinished.exec(source.slice(tailStart));
  const pending = tail ? tailStart + tail.index : source.length;
  const finished = source.slice(0, pending);
  const text = finished.replace(whole, (found: string, ...groups: unknown[]) =>
    patterns.characterOf(found, groups),
  );
  return {
    text,
    unfinished: pending,
    sourceRangeOf: ({ start, end }) => {
      const { starts, ends } = positions(finished, patterns);
      return { start: starts[start] ?? finished.length, end: ends[end - 1] ?? finished.length };
    },
  };
}

/** The start and the end in the source of each character of the decoded text. */
function positions(
  source: string,
  { whole, characterOf }: EscapePatterns,
): { readonly starts: readonly number[]; readonly ends: readonly number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    for (; at < end; at++) {
      starts.push(at);
      ends.push(at + 1);
    }
  };
  for (const found of source.matchAll(whole)) {
    upTo(found.index);
    const character = characterOf(found[0], found.slice(1));
    at = found.index + found[0].length;
    for (let unit = 0; unit < character.length; unit++) {
      starts.push(found.index);
      ends.push(at);
    }
  }
  upTo(source.length);
  return { starts, ends };
}

/** The character that an escape stands for; empty for tags and invisible characters. */
function characterOf(found: string, groups: readonly unknown[]): string {
  const group = (index: number): string | undefined => {
    const value = groups[index];
    return typeof value === 'string' ? value : undefined;
  };
  const hex = group(0) ?? group(1) ?? group(2) ?? group(4) ?? group(5);
  if (hex !== undefined) return codePoint(parseInt(hex, 16));
  const decimal = group(6);
  if (decimal !== undefined) return codePoint(Number(decimal));
  const [longHex, octal, letter] = [group(8), group(9), group(10)];
  if (longHex !== undefined) return codePoint(parseInt(longHex, 16));
  if (octal !== undefined) return codePoint(parseInt(octal, 8));
  if (letter !== undefined) return asciiLetter(letter);
  const name = group(7);
  return name === undefined ? (group(3) ?? '') : (NAMED_REFERENCES[name] ?? found);
}

const FIRST_TAG = 0xe0000;

function asciiLetter(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  return code > FIRST_TAG ? codePoint(code - FIRST_TAG) : letter.normalize('NFKC');
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
