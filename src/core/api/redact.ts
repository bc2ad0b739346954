/** Characters of a server's own words that are kept: a proxy's page is no message. */
const longestWords = 500;
/** Items of a list, and fields of an object, that are kept. */
const mostItems = 100;
/** Characters of all that is kept of one thing that is said, about; what is no text counts as one. */
const longestAll = 50_000;
/** Levels of lists and objects in each other that are kept. */
const deepest = 8;

/**
 * What a server said, fit to be shown, logged and stored: the key that servers like to quote struck out in
 * any of its spellings, and only then cut, as a part of a key is still a secret.
 */
export function presentable<T>(said: T, key: string | undefined): T {
  return clean(said, { secrets: key ? spellingsOf(key) : [], room: longestAll }, 0) as T;
}

/** The same, of those fields of something of ours that a server filled. */
export function presentableFields<T extends object>(
  said: T,
  names: readonly string[],
  key: string | undefined,
): T {
  const fields = Object.entries(said).map(([name, value]: [string, unknown]) => [
    name,
    names.includes(name) ? presentable(value, key) : value,
  ]);
  return Object.fromEntries(fields) as T;
}

/** Whether a text holds the key, in any of its spellings. */
export function mentions(text: string, key: string): boolean {
  return spellingsOf(key).some((spelling) => text.includes(spelling));
}

interface Cleaning {
  readonly secrets: readonly string[];
  /** Characters that may still be kept; without any, lists and objects are left out. */
  room: number;
}

function clean(said: unknown, cleaning: Cleaning, depth: number): unknown {
  if (typeof said === 'string') return shorten(said, cleaning);
  cleaning.room--;
  if (typeof said !== 'object' || said === null) return said;
  if (depth > deepest || cleaning.room <= 0) return null;
  if (Array.isArray(said)) return said.slice(0, mostItems).map((item) => clean(item, cleaning, depth + 1));
  const fields = Object.entries(said).slice(0, mostItems);
  return Object.fromEntries(
    fields.map(([name, value]) => [shorten(name, cleaning), clean(value, cleaning, depth + 1)]),
  );
}

function shorten(said: string, cleaning: Cleaning): string {
  const text = strike(said, cleaning.secrets);
  const words = text.length > longestWords ? `${text.slice(0, longestWords)}…` : text;
  cleaning.room -= words.length;
  return words;
}

function strike(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text);
}

/** As it is, in JSON, in an address, and in base64: alone, in a header, with or without its padding. */
function spellingsOf(key: string): readonly string[] {
  const whole = key.toWellFormed();
  const encoded = [whole, `Bearer ${whole}`].map((text) => base64(text).replace(/=+$/, ''));
  const address = encodeURIComponent(whole);
  return [
    key,
    JSON.stringify(key).slice(1, -1),
    key.replaceAll('/', '\\/'),
    address,
    address.replace(/%../g, (code) => code.toLowerCase()),
    ...encoded,
    ...encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** Of any text: `btoa` itself takes no character above U+00FF. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
