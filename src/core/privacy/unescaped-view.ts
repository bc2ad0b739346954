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
/** Also marks that change the letter before them, control characters, and the colours of a terminal. */
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
  // After a backslash these are escaped themselves.
  '(?<!\\\\)%(?:25)*[0-9a-fA-F]?',
  '(?<!\\\\)&[a-zA-Z0-9#;]{0,16}',
];
/** Longest unfinished escape or tag at the end of a text, in characters. */
const TAIL_LENGTH = MAX_TAG_LENGTH + 2;

/** Matches the escapes that a view decodes, and the beginning of one at the end of a text. */
interface EscapePatterns {
  readonly whole: RegExp;
  readonly unfinished: RegExp;
  /** The character that a match stands for; empty if it stands for none. */
  readonly characterOf: (found: string, groups: readonly unknown[]) => string;
}

/** A tag may contain an escaped key, and a key may contain tags, so both readings are searched. */
const ESCAPES_ONLY: EscapePatterns = {
  whole: new RegExp([INVISIBLE, ...ESCAPES].join('|'), 'g'),
  unfinished: new RegExp(`(?:${UNFINISHED_ESCAPES.join('|')})$`),
  characterOf,
};
const ESCAPES_AND_TAGS: EscapePatterns = {
  // After the escapes, as a tag has no group.
  whole: new RegExp([INVISIBLE, ...ESCAPES, TAG].join('|'), 'g'),
  unfinished: new RegExp(`(?:${[UNFINISHED_TAG, ...UNFINISHED_ESCAPES].join('|')})$`),
  characterOf,
};

/** Every escape and tag contains one of these characters. Most texts contain none, and this search is fast. */
const MAY_HAVE_ESCAPE = new RegExp(`[<&%\\\\\\u001b\\ud835\\udb40\\uff01-\\uff5e]|${INVISIBLE}`);

/** A text with its escapes decoded, and without invisible characters and tags, which may hide a key. */
export interface UnescapedView {
  readonly text: string;
  /** The characters of the source that correspond to a span of the view. */
  sourceOf(span: OffsetRange): OffsetRange;
  /** The position in the source at which an unfinished escape begins; its length if there is none. */
  readonly unfinished: number;
}

/** The views of a text; none if it contains no escapes, as a view would equal the text. */
export function unescapedViews(source: string): readonly UnescapedView[] {
  if (!MAY_HAVE_ESCAPE.test(source)) return [];
  const views = [createView(source, ESCAPES_ONLY)];
  if (source.includes('<')) views.push(createView(source, ESCAPES_AND_TAGS));
  // A backslash before a letter, as in LaTeX, is no escape.
  return views.filter(({ text }) => text !== source);
}

const SEPARATORS: EscapePatterns = {
  // An escaped line break, the prefix of a number, and any character that is neither a letter nor a digit; a longer run separates two texts.
  whole:
    /(?<![A-Za-z0-9])0x(?=[0-9a-fA-F]{2})|(?<![^A-Za-z0-9])(?:\\{1,8}[nrt]|[^A-Za-z0-9]){1,16}(?![^A-Za-z0-9])/g,
  unfinished: /\\{1,8}$|(?<![0-9a-zA-Z])0(?:x[0-9a-fA-F]?)?$/,
  characterOf: () => '',
};

/**
 * A quick check whether a text has separators other than those that `lettersAndDigits` leaves out: the prefix of a number,
 * or the beginning of a separator at its end.
 */
export function mayHaveOtherSeparators(source: string): boolean {
  return source.includes('0x') || SEPARATORS.unfinished.test(source.slice(-4));
}

/** A text without the separators that may stand between the characters of a key or of its numbers. */
export function viewWithoutSeparators(source: string): UnescapedView {
  return createView(source, SEPARATORS);
}

function createView(source: string, patterns: EscapePatterns): UnescapedView {
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
    sourceOf: ({ start, end }) => {
      const { starts, ends } = positions(finished, patterns);
      return { start: starts[start] ?? finished.length, end: ends[end - 1] ?? finished.length };
    },
  };
}

/** The start and the end in the source of each character of the view. */
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
