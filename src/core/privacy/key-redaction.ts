import { keyEncodings, encodingsWithSeparators } from './key-encodings';
import { createKeyIndex, UNREDACTED_PREFIX_LENGTH, type KeyIndex, type SearchResult } from './key-ngrams';
import { lettersAndDigits } from './letters-and-digits';
import {
  mayHaveOtherSeparators,
  decodedTexts,
  textWithoutSeparators,
  type DecodedText,
} from './decoded-text';
import { NO_REDACTION, type KeyRedactor, type RedactionStream } from './key-redactor';
import type { OffsetRange } from '../text/offset-range';

/** Replaces a key, or a long part of one. */
export const KEY_REPLACEMENT = '[key]';

/**
 * At most this many characters are held back while a key may be incomplete, or `HELD_PER_KEY_CHARACTER` times the
 * length of the longest encoding if that is more.
 */
const MIN_HELD_LIMIT = 64 * 1024;

/** A character of a key may be escaped, and be followed by tags and invisible characters. */
const HELD_PER_KEY_CHARACTER = 16;

/** Longest text that is held back and searched again with each piece, in characters. */
const MAX_SEARCHED_AGAIN = 512;

/** Characters before the text that is searched, between which separators may stand. */
const SEPARATED_CONTEXT_LENGTH = 48;

/** @param secrets the API key, and other secrets that are sent in headers */
export function createKeyRedactor(secrets: readonly string[]): KeyRedactor {
  const keys = secrets.filter(isRealKey);
  const encodings = keys.flatMap(keyEncodings);
  if (encodings.length === 0) return NO_REDACTION;
  const index: Indexes = {
    whole: createKeyIndex(encodings),
    separated: createKeyIndex(keys.flatMap(encodingsWithSeparators), true),
  };
  const longest = Math.max(...encodings.map(({ length }) => length));
  const longestHeld = Math.max(MIN_HELD_LIMIT, HELD_PER_KEY_CHARACTER * longest);
  const openStream = (): RedactionStream => createStream(index, longestHeld);
  return {
    openStream,
    redact(text) {
      const stream = openStream();
      return stream.push(text) + stream.end();
    },
  };
}

interface Indexes {
  readonly whole: KeyIndex;
  /** For texts without separators. */
  readonly separated: KeyIndex;
}

function createStream(index: Indexes, longestHeld: number): RedactionStream {
  /** The last characters that were released: a span may have begun in them. */
  let context = '';
  /** The released characters before `context`. */
  let before = '';
  let held = '';
  /** The length from which a held text is searched again. It grows, so that many small pieces take linear time. */
  let nextSearchLength = 0;
  /** Whether a key was redacted at the end of the released text. The key may continue after a separator. */
  let endsWithKey = false;

  function release(text: string, from: number): void {
    const start = Math.max(0, from - UNREDACTED_PREFIX_LENGTH);
    before = (before + text.slice(0, start)).slice(-SEPARATED_CONTEXT_LENGTH);
    context = text.slice(start, from);
    held = text.slice(from);
    nextSearchLength = held.length > MAX_SEARCHED_AGAIN ? held.length * 1.25 : 0;
  }

  return {
    push(piece) {
      if (held.length + piece.length < nextSearchLength) {
        held += piece;
        return '';
      }
      const text = context + held + piece;
      const { spans, partialMatchStart } = findIn(text, before, index);
      // A longer span is a key with many characters in between, so it is redacted without waiting for its end.
      const isTooLong = text.length - partialMatchStart > longestHeld;
      const redacted = isTooLong ? [...spans, { start: partialMatchStart, end: text.length }] : spans;
      const from = redacted.reduce(
        (end, span) => (span.start < end ? Math.max(end, span.end) : end),
        Math.max(isTooLong ? text.length : partialMatchStart, context.length),
      );
      const shown = replaceSpans(text, redacted, { from: context.length, to: from, endsWithKey });
      if (from > context.length) endsWithKey = redacted.some(({ end }) => end === from);
      release(text, from);
      return shown;
    },
    end() {
      const text = context + held;
      const { spans, partialMatchStart, partialMatchEnd, partialMatchIsLikely } = findIn(text, before, index);
      const last = partialMatchIsLikely ? [{ start: partialMatchStart, end: partialMatchEnd }] : [];
      const range = { from: context.length, to: text.length, endsWithKey };
      const shown = replaceSpans(text, [...spans, ...last], range);
      endsWithKey = false;
      before = '';
      context = '';
      held = '';
      nextSearchLength = 0;
      return shown;
    },
  };
}

interface TextResult extends SearchResult {
  /** Where the longest partial match ends. Separators after it do not belong to the key. */
  readonly partialMatchEnd: number;
}

/**
 * Searches the text as it is, with its escapes decoded, and without its separators.
 *
 * @param before the text before it, without which a key with separators might not be recognized
 */
function findIn(text: string, before: string, { whole, separated }: Indexes): TextResult {
  const inText = { ...whole.find(text), partialMatchEnd: text.length };
  const inDecoded = [
    ...decodedTexts(text).map((decoded) => searchDecoded(text, decoded, whole)),
    ...searchWithoutSeparators(text, before, separated),
  ];
  return inDecoded.length === 0 ? inText : combined([inText, ...inDecoded]);
}

function combined(results: readonly TextResult[]): TextResult {
  return {
    spans: merged(results.flatMap(({ spans }) => spans)),
    partialMatchStart: Math.min(...results.map(({ partialMatchStart }) => partialMatchStart)),
    partialMatchEnd: Math.max(
      ...results.map(({ partialMatchIsLikely: isLikely, partialMatchEnd }) =>
        isLikely ? partialMatchEnd : 0,
      ),
    ),
    partialMatchIsLikely: results.some(({ partialMatchIsLikely }) => partialMatchIsLikely),
  };
}

/** Empty if the quick check finds nothing, as for almost every text. */
function searchWithoutSeparators(text: string, before: string, index: KeyIndex): readonly TextResult[] {
  const source = before + text;
  if (!mayHaveOtherSeparators(source) && !index.mayContainSpan(lettersAndDigits(source))) return [];
  return [withoutStart(searchDecoded(source, textWithoutSeparators(source), index), before.length)];
}

/** Searches a decoded text, and returns the result with positions in its source. */
function searchDecoded(source: string, decoded: DecodedText, index: KeyIndex): TextResult {
  const found = index.find(decoded.text);
  return {
    spans: found.spans.map((span) => decoded.sourceRangeOf(span)),
    partialMatchStart: partialMatchInSource(source, decoded, found.partialMatchStart),
    partialMatchEnd: found.partialMatchIsLikely
      ? decoded.sourceRangeOf({ start: found.partialMatchStart, end: decoded.text.length }).end
      : 0,
    partialMatchIsLikely: found.partialMatchIsLikely,
  };
}

/** The result for a text whose first characters are left out. */
function withoutStart(
  { spans, partialMatchStart, partialMatchEnd, ...result }: TextResult,
  length: number,
): TextResult {
  return {
    ...result,
    spans: spans.flatMap(({ start, end }) =>
      end <= length ? [] : [{ start: Math.max(0, start - length), end: end - length }],
    ),
    partialMatchStart: Math.max(0, partialMatchStart - length),
    partialMatchEnd: partialMatchEnd - length,
  };
}

/**
 * The position in the source at which a partial match in the decoded text begins. Without a match, an unfinished
 * escape at the end of the text is treated as one, because it may stand for the first character of a key. An
 * unfinished tag stands for no character.
 */
function partialMatchInSource(text: string, decoded: DecodedText, start: number): number {
  if (start < decoded.text.length) return decoded.sourceRangeOf({ start, end: start + 1 }).start;
  return text[decoded.unfinished] === '<' ? text.length : decoded.unfinished;
}

function merged(spans: readonly OffsetRange[]): readonly OffsetRange[] {
  const result: OffsetRange[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start < last.end)
      result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}

interface ShownRange {
  readonly from: number;
  readonly to: number;
  /** Whether the text before it ends with a key that was replaced, so that a span from there on is a part of it. */
  readonly endsWithKey: boolean;
}

/** The characters `[from, to)` of a text with the spans replaced. */
function replaceSpans(
  text: string,
  spans: readonly OffsetRange[],
  { from, to, endsWithKey }: ShownRange,
): string {
  let result = '';
  let at = from;
  for (const { start, end } of spans) {
    if (end <= at || start >= to) continue;
    const isContinued = endsWithKey && at === from && start < from;
    result += text.slice(at, Math.max(at, start)) + (isContinued ? '' : KEY_REPLACEMENT);
    at = end;
  }
  return at < to ? result + text.slice(at, to) : result;
}

/**
 * The shortest key that is redacted in answers, in characters. Local servers accept made-up keys such as "ollama",
 * which are ordinary words.
 */
const MIN_SECRET_LENGTH = 8;

/** Dummy keys from the documentation of local servers. */
const DUMMY_KEYS: ReadonlySet<string> = new Set([
  'lm-studio',
  'no-api-key',
  'no-key-required',
  'not-needed',
  'not-required',
  'sk-no-key-required',
  'your-api-key',
]);

/** Whether a key is redacted in the text of an answer. */
function isRealKey(key: string): boolean {
  return key.length >= MIN_SECRET_LENGTH && !DUMMY_KEYS.has(key.toLowerCase());
}
