/**
 * The shortest key that is treated as a secret in an answer. Local servers are given made-up keys such as
 * "ollama", which are words that an answer may well use.
 */
const MIN_SECRET_LENGTH = 8;

/** Keys that the documentation of local servers tells everyone to enter. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'lm-studio',
  'no-api-key',
  'no-key-required',
  'not-needed',
  'not-required',
  'sk-no-key-required',
  'your-api-key',
]);

/** Whether a key is worth hiding in the text of an answer. */
export function isSecret(key: string): boolean {
  return key.length >= MIN_SECRET_LENGTH && !PLACEHOLDERS.has(key.toLowerCase());
}

/**
 * The texts that a key may appear as when its characters are not escaped one by one: as it is, in base64 at
 * each of the three alignments (alone, or within `user:KEY`), in base64url, and in hexadecimal.
 */
export function keyForms(key: string): readonly string[] {
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
