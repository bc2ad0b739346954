import type { OffsetRange } from '../text/offset-range';

/** Number of characters that are looked up together. */
const NGRAM_LENGTH = 4;

/** A power of two, by which it is fast to divide. */
const FILTER_SIZE = 2 ** 14;

/** The longest part of a key that is not redacted, in characters. */
const MAX_UNREDACTED_LENGTH = 15;

/** Minimum length of a span at the end of a text that is treated as the beginning of a key, in characters. */
const MIN_LIKELY_LENGTH = 6;

/** Number of positions that are stored for one n-gram, so that a key of equal characters is not slower than others. */
const MAX_POSITIONS_PER_NGRAM = 8;

/**
 * Number of characters that are not redacted at the beginning of a match that starts in the middle of an encoding: they
 * may have been shown before the match was long enough to be recognized.
 */
export const UNREDACTED_PREFIX_LENGTH = NGRAM_LENGTH - 1;

export interface SearchResult {
  /** The spans to redact, in order and without overlaps. */
  readonly spans: readonly OffsetRange[];
  /** Where a match begins that reaches the end of the text and may continue after it; else the length of the text. */
  readonly partialMatchStart: number;
  /** Whether that match is longer than a few characters. */
  readonly partialMatchIsLikely: boolean;
}

/** Finds the encodings of a key, and long parts of them, in texts. */
export interface KeyIndex {
  /** A quick check whether a span may be in a text, or begin at its end with at least four characters. */
  mayContainSpan(text: string): boolean;
  find(text: string): SearchResult;
}

/** The encodings of a key, and the positions of each n-gram in them. */
interface IndexedEncodings {
  /** All encodings, separated by a character that no text contains. */
  readonly all: string;
  readonly positions: ReadonlyMap<number, readonly number[]>;
  /** 1 at the hash of each n-gram. It rejects most others faster than the map, as it stays in the cache of the processor. */
  readonly filter: Uint8Array;
  /** Positions at which an encoding begins. */
  readonly beginnings: ReadonlySet<number>;
  /** The prefixes of encodings that are shorter than an n-gram. */
  readonly prefixes: ReadonlySet<string>;
  /** The codes of the last characters of the prefixes. */
  readonly prefixEnds: ReadonlySet<number>;
  /** Length of the shortest span that is redacted, in characters. */
  readonly minSpan: number;
  /** Whether the encodings are without their separators; see `createKeyIndex`. */
  readonly isSeparated: boolean;
}

/** `match` stops at it. */
const SEPARATOR = '\uffff';

/**
 * @param encodings texts of at least 8 characters
 * @param isSeparated true if `encodings` are without their separators. Almost every word then ends with characters that
 *   begin one of them, so a match is held back only when it has four characters
 */
export function createKeyIndex(encodings: readonly string[], isSeparated = false): KeyIndex {
  const index = indexEncodings(encodings, isSeparated);
  return { mayContainSpan: (text) => mayContainSpan(text, index), find: (text) => find(text, index) };
}

function indexEncodings(encodings: readonly string[], isSeparated: boolean): IndexedEncodings {
  const all = encodings.map((encoding) => encoding + SEPARATOR).join('');
  const beginnings = new Set<number>();
  const prefixes = new Set<string>();
  const positions = new Map<number, number[]>();
  const addPosition = (at: number): void => {
    const ngram = ngramAt(all, at);
    if (ngram === undefined) return;
    const known = positions.get(ngram);
    if (!known) positions.set(ngram, [at]);
    else if (known.length < MAX_POSITIONS_PER_NGRAM && !known.includes(at)) known.push(at);
  };
  let start = 0;
  for (const encoding of encodings) {
    beginnings.add(start);
    // Added before the others, as the number of positions is limited.
    addPosition(start);
    for (let length = 1; length < NGRAM_LENGTH; length++) prefixes.add(encoding.slice(0, length));
    start += encoding.length + 1;
  }
  for (let at = 0; at + NGRAM_LENGTH <= all.length; at++) addPosition(at);
  const filter = new Uint8Array(FILTER_SIZE);
  for (const ngram of positions.keys()) filter[ngram % FILTER_SIZE] = 1;
  const prefixEnds = new Set([...prefixes].map((prefix) => prefix.charCodeAt(prefix.length - 1)));
  const minSpan = Math.min(MAX_UNREDACTED_LENGTH + 1, ...encodings.map(({ length }) => length));
  return { all, beginnings, prefixes, prefixEnds, positions, filter, minSpan, isSeparated };
}

function mayContainSpan(text: string, encodings: IndexedEncodings): boolean {
  if (text.length < NGRAM_LENGTH) return false;
  if (positionsOf(text, text.length - NGRAM_LENGTH, encodings)) return true;
  // Each span that is long enough contains an n-gram at one of these positions.
  const stride = encodings.minSpan - UNREDACTED_PREFIX_LENGTH;
  for (let at = stride - 1; at + NGRAM_LENGTH <= text.length; at += stride) {
    if (positionsOf(text, at, encodings)) return true;
  }
  return false;
}

function find(text: string, encodings: IndexedEncodings): SearchResult {
  // Many texts end with the first letter of an encoding, but do not contain more of it.
  if (!mayContainSpan(text, encodings)) return withoutSpans(text, encodings);
  const spans: OffsetRange[] = [];
  let at = 0;
  while (at + NGRAM_LENGTH <= text.length) {
    const { length, fromBeginning } = longestAt(text, at, encodings);
    const start = fromBeginning && !encodings.isSeparated ? at : at + UNREDACTED_PREFIX_LENGTH;
    const end = at + length;
    // A match at the end of the text may continue, even if it is already long enough.
    if (length > 0 && end === text.length)
      return { spans, partialMatchStart: start, partialMatchIsLikely: length >= MIN_LIKELY_LENGTH };
    if (length < encodings.minSpan) {
      at++;
      continue;
    }
    spans.push({ start, end });
    at = end;
  }
  return { ...withoutSpans(text, encodings), spans };
}

function withoutSpans(text: string, encodings: IndexedEncodings): SearchResult {
  return {
    spans: [],
    partialMatchStart: text.length - partialPrefixLength(text, encodings),
    partialMatchIsLikely: false,
  };
}

/** The length of the longest prefix of an encoding at the end of the text, up to three characters. */
function partialPrefixLength(text: string, { prefixes, prefixEnds, isSeparated }: IndexedEncodings): number {
  if (isSeparated || !prefixEnds.has(text.charCodeAt(text.length - 1))) return 0;
  for (let length = NGRAM_LENGTH - 1; length > 0; length--) {
    if (text.length >= length && prefixes.has(text.slice(-length))) return length;
  }
  return 0;
}

/** The longest part of an encoding that matches the text at a position. */
function longestAt(
  text: string,
  at: number,
  encodings: IndexedEncodings,
): { readonly length: number; readonly fromBeginning: boolean } {
  let length = 0;
  let fromBeginning = false;
  for (const position of positionsOf(text, at, encodings) ?? []) {
    const found = match(text, at, encodings.all, position);
    const begins = encodings.beginnings.has(position);
    if (found < length || (found === length && !begins)) continue;
    length = found;
    fromBeginning = begins;
  }
  return { length, fromBeginning };
}

function positionsOf(
  text: string,
  at: number,
  { positions, filter }: IndexedEncodings,
): readonly number[] | undefined {
  const ngram = ngramAt(text, at);
  return ngram === undefined || filter[ngram % FILTER_SIZE] === 0 ? undefined : positions.get(ngram);
}

/** The number of equal characters from here on, if the first n-gram is equal. */
function match(text: string, at: number, all: string, position: number): number {
  let length = NGRAM_LENGTH;
  while (at + length < text.length) {
    const character = text[at + length];
    if (character === SEPARATOR || character !== all[position + length]) break;
    length++;
  }
  return length;
}

/** Four ASCII characters as one number; undefined if one of them is not ASCII. */
function ngramAt(text: string, at: number): number | undefined {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  const c = text.charCodeAt(at + 2);
  const d = text.charCodeAt(at + 3);
  return (a | b | c | d) > 127 ? undefined : (a << 21) | (b << 14) | (c << 7) | d;
}
