import { keyEncodings } from './key-encodings';
import {
  createKeyIndex,
  UNREDACTED_PREFIX_LENGTH,
  type KeyIndex,
  type KeySpan,
  type SearchResult,
} from './key-index';
import { unescapedViews, type UnescapedView } from './unescaped-view';

/** Replaces a key, or a long part of one. */
export const KEY_REPLACEMENT = '[key]';

/**
 * At most this many characters are held back while a key may be incomplete, or `HELD_PER_KEY_CHARACTER` times the
 * length of the longest encoding if that is more.
 */
const MIN_HELD_LIMIT = 64 * 1024;

/** A character of a key may be escaped, and be followed by tags and invisible characters. */
const HELD_PER_KEY_CHARACTER = 16;

/** Redacts keys in texts, in whichever encoding a server sends them. */
export interface KeyRedactor {
  /** The text without the key. A part of the key at the end of the text is redacted, too. */
  redact(text: string): string;
  /** Redacts a text that is received in pieces. */
  openStream(): RedactionStream;
}

/** Redacts one text in pieces. The result does not depend on where the text was split. */
export interface RedactionStream {
  /**
   * Adds a piece and returns the text that can be shown: everything except an end that may be the beginning of a key.
   */
  push(piece: string): string;
  /** Ends the stream and returns the text that was held back. */
  end(): string;
}

/** @param secrets the API key, and other secrets that are sent in headers */
export function createKeyRedactor(secrets: readonly string[]): KeyRedactor {
  const encodings = secrets.filter(isRealKey).flatMap(keyEncodings);
  if (encodings.length === 0) return NO_REDACTION;
  const index = createKeyIndex(encodings);
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

const NO_REDACTION: KeyRedactor = {
  redact: (text) => text,
  openStream: () => ({ push: (piece) => piece, end: () => '' }),
};

function createStream(index: KeyIndex, longestHeld: number): RedactionStream {
  /** The last characters that were released: a span may have begun in them. */
  let context = '';
  let held = '';

  function release(text: string, from: number): void {
    context = text.slice(Math.max(0, from - UNREDACTED_PREFIX_LENGTH), from);
    held = text.slice(from);
  }

  return {
    push(piece) {
      const text = context + held + piece;
      const views = unescapedViews(text);
      const isClear = (view: UnescapedView): boolean =>
        view.unfinished === text.length && !index.mayContain(view.text);
      if (!index.mayContain(text) && views.every(isClear)) {
        const shown = held + piece;
        release(text, text.length);
        return shown;
      }
      const { spans, partialMatchStart } = findIn(text, index);
      // A longer span is a key with many characters in between, so it is redacted without waiting for its end.
      const isTooLong = text.length - partialMatchStart > longestHeld;
      const redacted = isTooLong ? [...spans, { start: partialMatchStart, end: text.length }] : spans;
      const from = redacted.reduce(
        (end, span) => (span.start < end ? Math.max(end, span.end) : end),
        Math.max(isTooLong ? text.length : partialMatchStart, context.length),
      );
      const shown = replaceSpans(text, redacted, context.length, from);
      release(text, from);
      return shown;
    },
    end() {
      const text = context + held;
      const { spans, partialMatchStart, partialMatchIsLikely } = findIn(text, index);
      const last = partialMatchIsLikely ? [{ start: partialMatchStart, end: text.length }] : [];
      const shown = replaceSpans(text, [...spans, ...last], context.length, text.length);
      context = '';
      held = '';
      return shown;
    },
  };
}

/** Searches the text as it is, and with its escapes decoded. */
function findIn(text: string, index: KeyIndex): SearchResult {
  const plain = index.find(text);
  const views = unescapedViews(text).map((view) => ({ view, found: index.find(view.text) }));
  if (views.length === 0) return plain;
  return {
    spans: merged([
      ...plain.spans,
      ...views.flatMap(({ view, found }) => found.spans.map((span) => view.sourceOf(span))),
    ]),
    partialMatchStart: Math.min(
      plain.partialMatchStart,
      ...views.map(({ view, found }) => partialMatchInSource(text, view, found.partialMatchStart)),
    ),
    partialMatchIsLikely: plain.partialMatchIsLikely || views.some(({ found }) => found.partialMatchIsLikely),
  };
}

/**
 * Where a partial match of a view begins in the source. Without a match, an unfinished escape at the end of the text is
 * treated as one, because it may stand for the first character of a key. An unfinished tag stands for no character.
 */
function partialMatchInSource(text: string, view: UnescapedView, start: number): number {
  if (start < view.text.length) return view.sourceOf({ start, end: start + 1 }).start;
  return text[view.unfinished] === '<' ? text.length : view.unfinished;
}

function merged(spans: readonly KeySpan[]): readonly KeySpan[] {
  const result: KeySpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start < last.end)
      result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}

/** The characters `[from, to)` of a text with the spans replaced. */
function replaceSpans(text: string, spans: readonly KeySpan[], from: number, to: number): string {
  let result = '';
  let at = from;
  for (const { start, end } of spans) {
    if (end <= at || start >= to) continue;
    result += text.slice(at, Math.max(at, start)) + KEY_REPLACEMENT;
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
