import { createKeyRedactor, type KeyRedactor, type RedactionStream } from '../privacy/key-redaction';
import type { AnswerPart, TextPart } from './events';

/** Characters of a server's own words that are kept: a proxy's page is no message. */
const MAX_TEXT_LENGTH = 500;

/** Items of a list, and fields of an object, that are kept. */
const MAX_ITEMS = 100;

/** Characters of all that is kept of one thing that is said, about; what is no text counts as one. */
const MAX_TOTAL_LENGTH = 50_000;

/** Levels of lists and objects in each other that are kept. */
const MAX_DEPTH = 8;

/** Makes what a server said fit to be shown, logged and stored. */
export interface ServerTextSanitizer extends KeyRedactor {
  /** The key that servers like to quote struck out, and only then cut: a part of a key is still a secret. */
  sanitize<T>(said: T): T;
  /** The same, of those fields of something of ours that a server filled. */
  sanitizeFields<T extends object>(said: T, names: readonly string[]): T;
}

/** @param secrets the API key, and whatever else is sent to prove who asks */
export function createServerTextSanitizer(secrets: readonly string[]): ServerTextSanitizer {
  const redactor = createKeyRedactor(secrets);
  const spellings = secrets.flatMap(encodingsOf);
  // A short key is a word that an answer may use; the words about an error can do without it.
  const redact = (text: string): string =>
    spellings.reduce((rest, secret) => rest.replaceAll(secret, '[key]'), redactor.redact(text));
  const presentable = <T>(said: T): T =>
    sanitizeValue(said, { redact: redact, remainingLength: MAX_TOTAL_LENGTH }, 0) as T;
  return {
    ...redactor,
    sanitize: presentable,
    sanitizeFields<T extends object>(said: T, names: readonly string[]) {
      const fields = Object.entries(said).map(([name, value]: [string, unknown]) => [
        name,
        names.includes(name) ? presentable(value) : value,
      ]);
      return Object.fromEntries(fields) as T;
    },
  };
}

interface SanitizeState {
  readonly redact: (text: string) => string;
  /** Characters that may still be kept; without any, lists and objects are left out. */
  remainingLength: number;
}

function sanitizeValue(said: unknown, state: SanitizeState, depth: number): unknown {
  if (typeof said === 'string') return shorten(said, state);
  state.remainingLength--;
  if (typeof said !== 'object' || said === null) return said;
  if (depth > MAX_DEPTH || state.remainingLength <= 0) return null;
  if (Array.isArray(said))
    return said.slice(0, MAX_ITEMS).map((item) => sanitizeValue(item, state, depth + 1));
  const fields = Object.entries(said).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    fields.map(([name, value]) => [shorten(name, state), sanitizeValue(value, state, depth + 1)]),
  );
}

function shorten(said: string, cleaning: SanitizeState): string {
  const text = cleaning.redact(said);
  const words = text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
  cleaning.remainingLength -= words.length;
  return words;
}

/** Those of a key that is too short to be looked for in every disguise. */
function encodingsOf(key: string): readonly string[] {
  const address = encodeURIComponent(key.toWellFormed());
  return [key, JSON.stringify(key).slice(1, -1), address];
}

/** Strikes the key out of an answer while it arrives. */
export interface AnswerRedaction {
  /** The parts to show now that this part has arrived: usually the part itself, or nothing yet. */
  next(part: AnswerPart): readonly AnswerPart[];
  /** The parts that were held back, once nothing more will arrive. */
  end(): Generator<TextPart, void>;
}

type Kind = TextPart['type'];

/** The texts of one choice: a key may be cut by an event of another choice, or of another text of the same. */
type Streams = Partial<Record<Kind, RedactionStream>>;

export function createAnswerRedaction(redactor: KeyRedactor): AnswerRedaction {
  const choices: Streams[] = [];

  function streamOf({ type, index }: TextPart): RedactionStream {
    const streams = (choices[index] ??= {});
    return (streams[type] ??= redactor.openStream());
  }

  function* endOf(index: number): Generator<TextPart, void> {
    const streams = Object.entries(choices[index] ?? {}) as [Kind, RedactionStream][];
    for (const [type, stream] of streams) {
      const text = stream.end();
      if (text !== '') yield { type, index, text };
    }
  }

  return {
    next(part) {
      if (!('text' in part)) return part.type === 'finished' ? [...endOf(part.index), part] : [part];
      const text = streamOf(part).push(part.text);
      if (text === part.text) return [part];
      return text === '' ? [] : [{ ...part, text }];
    },
    *end() {
      for (const index of choices.keys()) yield* endOf(index);
    },
  };
}
