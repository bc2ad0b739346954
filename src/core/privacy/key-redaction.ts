import { createKeyFormIndex, VISIBLE_HEAD, type KeyFormIndex, type Run } from './key-form-index';
import { unescapedViews, type UnescapedView } from './unescaped-view';

/** Replaces a key, or a long part of one. */
const KEY_REPLACEMENT = '[key]';

/**
 * The limit of the text that is held back, in characters, and the limit for each character of the longest form of the
 * key. The larger one applies.
 */
const MIN_HELD_LIMIT = 64 * 1024;

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
  const forms = secrets.filter(isRealKey).flatMap(keyForms);
  if (forms.length === 0) return NO_REDACTION;
  const index = createKeyFormIndex(forms);
  const longest = Math.max(...forms.map(({ length }) => length));
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

function createStream(index: KeyFormIndex, longestHeld: number): RedactionStream {
  /** The last characters that were released: a run may have begun in them. */
  let context = '';
  let held = '';

  function release(text: string, from: number): void {
    context = text.slice(Math.max(0, from - VISIBLE_HEAD), from);
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
      const { runs, open } = findIn(text, index);
      // A longer run is a key with many characters in between, so it is redacted without waiting for its end.
      const isTooLong = text.length - open > longestHeld;
      const redacted = isTooLong ? [...runs, { start: open, end: text.length }] : runs;
      const from = redacted.reduce(
        (end, run) => (run.start < end ? Math.max(end, run.end) : end),
        Math.max(isTooLong ? text.length : open, context.length),
      );
      const shown = replaceRuns(text, redacted, context.length, from);
      release(text, from);
      return shown;
    },
    end() {
      const text = context + held;
      const { runs, open, openIsLikely } = findIn(text, index);
      const last = openIsLikely ? [{ start: open, end: text.length }] : [];
      const shown = replaceRuns(text, [...runs, ...last], context.length, text.length);
      context = '';
      held = '';
      return shown;
    },
  };
}

interface Found {
  readonly runs: readonly Run[];
  readonly open: number;
  readonly openIsLikely: boolean;
}

/** Searches the text as it is, and with its escapes decoded. */
function findIn(text: string, index: KeyFormIndex): Found {
  const plain = index.find(text);
  const views = unescapedViews(text).map((view) => ({ view, found: index.find(view.text) }));
  if (views.length === 0) return plain;
  return {
    runs: merged([
      ...plain.runs,
      ...views.flatMap(({ view, found }) => found.runs.map((run) => view.sourceOf(run))),
    ]),
    open: Math.min(plain.open, ...views.map(({ view, found }) => openInSource(text, view, found.open))),
    openIsLikely: plain.openIsLikely || views.some(({ found }) => found.openIsLikely),
  };
}

/** An unfinished escape may be the first character of a key; an unfinished tag matters only within a key. */
function openInSource(text: string, view: UnescapedView, open: number): number {
  if (open < view.text.length) return view.sourceOf({ start: open, end: open + 1 }).start;
  return text[view.unfinished] === '<' ? text.length : view.unfinished;
}

function merged(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = [];
  for (const run of runs.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && run.start < last.end)
      result[result.length - 1] = { ...last, end: Math.max(last.end, run.end) };
    else result.push(run);
  }
  return result;
}

/** The characters `[from, to)` of a text with the runs replaced. */
function replaceRuns(text: string, runs: readonly Run[], from: number, to: number): string {
  let result = '';
  let at = from;
  for (const { start, end } of runs) {
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

/**
 * The forms in which a key may appear without escaping: as it is, in base64 at each of the three alignments (alone,
 * or within `user:KEY`), in base64url, and in hexadecimal.
 */
function keyForms(key: string): readonly string[] {
  const bytes = new TextEncoder().encode(key);
  const base64 = [0, 1, 2].map((offset) => base64Core(bytes, offset));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    ...new Set([
      key,
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      hex,
      hex.toUpperCase(),
    ]),
  ];
}

/**
 * The characters of a base64 text that depend only on the given bytes, if `offset` unknown bytes (modulo 3) come
 * before them and any bytes may follow.
 */
function base64Core(bytes: Uint8Array, offset: number): string {
  const padded = new Uint8Array(offset + bytes.length);
  padded.set(bytes, offset);
  // A character encodes 6 bits. The first complete one begins at or after the first bit of the key.
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  return btoa(binaryString(padded)).slice(first, end);
}

/** One character for each byte, as `btoa` requires. */
function binaryString(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
