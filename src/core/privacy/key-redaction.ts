import { createKeyFormIndex, VISIBLE_HEAD, type KeyFormIndex, type Run } from './key-form-index';
import { unescapedViews, type UnescapedView } from './unescaped-view';

/** Stands in the place of a key, or of a long part of one. */
const KEY_REPLACEMENT = '[key]';

/** Characters of a text that are held back at most, and for each character of the longest form of a key. */
const MIN_HELD_LIMIT = 64 * 1024;

const HELD_PER_KEY_CHARACTER = 16;

/** Strikes keys out of texts, whichever way a server wrote them. */
export interface KeyRedactor {
  /** The text without the key; a part of the key at its very end is struck out too. */
  redact(text: string): string;
  /** For a text that comes in pieces. */
  openStream(): RedactionStream;
}

/** One text in pieces. The pieces that come out make the same text, however the ones that go in were cut. */
export interface RedactionStream {
  /** The text that can be shown now: everything except an end that may be the start of a key. */
  push(piece: string): string;
  /** Returns the text that was held back, at the end of the stream. */
  end(): string;
}

/** @param secrets the API key, and whatever else is sent to prove who asks */
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
  /** The last characters that were let out: a run may have begun in them. */
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
      // A run that is longer than this is a key with a lot in between, and surely to be struck out.
      const endless = text.length - open > longestHeld;
      const struck = endless ? [...runs, { start: open, end: text.length }] : runs;
      const from = struck.reduce(
        (end, run) => (run.start < end ? Math.max(end, run.end) : end),
        Math.max(endless ? text.length : open, context.length),
      );
      const shown = replaceRuns(text, struck, context.length, from);
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

/** Looks at the text as it is, and at what its escapes stand for. */
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

/** An unfinished escape may be the first character of a key; an unfinished tag matters only within one. */
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

/** The characters `[from, to)` of a text without these runs. */
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
 * The shortest key that is treated as a secret in an answer. Local servers are given made-up keys such as
 * "ollama", which are words that an answer may well use.
 */
const MIN_SECRET_LENGTH = 8;

/** Keys that the documentation of local servers tells everyone to enter. */
const DUMMY_KEYS: ReadonlySet<string> = new Set([
  'lm-studio',
  'no-api-key',
  'no-key-required',
  'not-needed',
  'not-required',
  'sk-no-key-required',
  'your-api-key',
]);

/** Whether a key is worth hiding in the text of an answer. */
function isRealKey(key: string): boolean {
  return key.length >= MIN_SECRET_LENGTH && !DUMMY_KEYS.has(key.toLowerCase());
}

/**
 * The texts that a key may appear as when its characters are not escaped one by one: as it is, in base64 at
 * each of the three alignments (alone, or within `user:KEY`), in base64url, and in hexadecimal.
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
 * The characters of a base64 text that depend on the given bytes alone, where so many unknown bytes come before
 * them (modulo 3) and any may follow.
 */
function base64Core(bytes: Uint8Array, offset: number): string {
  const padded = new Uint8Array(offset + bytes.length);
  padded.set(bytes, offset);
  // A character holds 6 bits. The first whole one begins at or after the first bit of the key.
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  return btoa(binaryString(padded)).slice(first, end);
}

/** One character for each byte, as `btoa` wants it. */
function binaryString(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
