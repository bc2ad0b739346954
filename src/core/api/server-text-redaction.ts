import { NO_REDACTION, type KeyRedactor } from '../privacy/key-redactor';

/** Longest text of a server that is kept, in characters: enough for a message, but not for a page. */
const MAX_TEXT_LENGTH = 500;

/** Number of list items and of object fields that are kept. */
const MAX_ITEMS = 100;

/** Total length of all texts in one value, in characters. A value that is not a text counts as one. */
const MAX_TOTAL_LENGTH = 50_000;

/** Deepest nesting of lists and objects that is kept. */
const MAX_DEPTH = 8;

/** Makes values from a server safe to be shown, logged and stored. */
export interface ServerTextRedactor extends KeyRedactor {
  /**
   * The value with the key redacted and its texts shortened. Texts are redacted before they are cut, because a part
   * of a key is secret, too.
   */
  redactValue<T>(value: T): T;
  /** The same for those fields of an object that contain values from the server. */
  redactFields<T extends object>(value: T, names: readonly string[]): T;
}

/**
 * Rejects if code could not be loaded, so that nothing is requested whose response could not be redacted.
 *
 * @param secrets the API key, and other secrets that are sent in headers
 */
export async function createServerTextRedactor(secrets: readonly string[]): Promise<ServerTextRedactor> {
  const { keyRedactor, redact } = await loadRedaction(secrets);
  const redactValue = <T>(value: T): T =>
    redactIn(value, { redact, remainingLength: MAX_TOTAL_LENGTH }, 0) as T;
  return {
    ...keyRedactor,
    redactValue,
    redactFields<T extends object>(value: T, names: readonly string[]) {
      const fields = Object.entries(value).map(([name, value]: [string, unknown]) => [
        name,
        names.includes(name) ? redactValue(value) : value,
      ]);
      return Object.fromEntries(fields) as T;
    },
  };
}

interface Redaction {
  readonly keyRedactor: KeyRedactor;
  /** Redacts short keys, too. */
  readonly redact: (text: string) => string;
}

/** The code that recognizes keys is large, and a service without a key does not need it. */
async function loadRedaction(secrets: readonly string[]): Promise<Redaction> {
  if (secrets.length === 0) return { keyRedactor: NO_REDACTION, redact: (text) => text };
  const { createKeyRedactor, KEY_REPLACEMENT } = await import('../privacy/key-redaction');
  const keyRedactor = createKeyRedactor(secrets);
  const encodings = secrets.flatMap(encodingsOf);
  // A short key may be an ordinary word of an answer, but in error messages it can be redacted.
  const redact = (text: string): string =>
    encodings.reduce((rest, secret) => rest.replaceAll(secret, KEY_REPLACEMENT), keyRedactor.redact(text));
  return { keyRedactor, redact };
}

interface RedactionState {
  readonly redact: (text: string) => string;
  /** Characters that may still be kept. When none are left, lists and objects are dropped. */
  remainingLength: number;
}

function redactIn(value: unknown, state: RedactionState, depth: number): unknown {
  if (typeof value === 'string') return shorten(value, state);
  state.remainingLength--;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH || state.remainingLength <= 0) return null;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redactIn(item, state, depth + 1));
  const fields = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    fields.map(([name, value]) => [shorten(name, state), redactIn(value, state, depth + 1)]),
  );
}

function shorten(value: string, state: RedactionState): string {
  const text = state.redact(value);
  const shortened = text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
  state.remainingLength -= shortened.length;
  return shortened;
}

/** The common encodings of a key, for keys that are too short for `createKeyRedactor`. */
function encodingsOf(key: string): readonly string[] {
  const urlEncoded = encodeURIComponent(key.toWellFormed());
  return [key, JSON.stringify(key).slice(1, -1), urlEncoded];
}
