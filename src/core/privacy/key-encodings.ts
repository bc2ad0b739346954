/**
 * The encodings in which a key may appear without escaping: as it is, in base64 at each of the three alignments (alone,
 * or within `user:KEY`), in base64url, and in hexadecimal.
 */
export function keyEncodings(key: string): readonly string[] {
  const bytes = new TextEncoder().encode(key);
  const hex = hexOf(bytes);
  return [...new Set([key, ...base64Cores(bytes), hex, hex.toUpperCase()])];
}

/**
 * Shortest encoding that is searched with separators, in characters. A shorter one could match ordinary words with
 * spaces between them.
 */
const MIN_SEPARATED_LENGTH = 16;

/**
 * The encodings in which a key may appear with separators between its characters, such as spaces in a dump, commas in
 * a list of numbers, or the line breaks of a terminal. Only letters and digits are returned, as a text is searched
 * without its separators.
 *
 * Rare encodings are searched only in this way: UTF-16, base64 of base64, base32, ROT13, a key in letters of one
 * case, and a reversed key.
 */
export function encodingsWithSeparators(key: string): readonly string[] {
  const bytes = new TextEncoder().encode(key);
  const base64 = base64Cores(bytes);
  const hex = [hexOf(bytes), hexOf(utf16Bytes(key))];
  const inBase = (base: number, width = 0): string =>
    Array.from(bytes, (byte) => byte.toString(base).padStart(width, '0')).join('');
  const encodings = [
    key,
    ...base64,
    ...base64.flatMap((text) => base64Cores(new TextEncoder().encode(text))),
    ...base64Cores(utf16Bytes(key)),
    ...hex,
    ...hex.map((text) => text.toUpperCase()),
    ...[inBase(10), inBase(8), inBase(2, 8)],
    base32(inBase(2, 8)),
    key.toUpperCase(),
    key.toLowerCase(),
    Array.from(key).reverse().join(''),
    rot13(key),
  ];
  const lettersAndDigits = encodings.map((text) => text.replace(/[^A-Za-z0-9]+/g, ''));
  return [...new Set(lettersAndDigits)].filter(({ length }) => length >= MIN_SEPARATED_LENGTH);
}

function base64Cores(bytes: Uint8Array): readonly string[] {
  const cores = [0, 1, 2].map((offset) => base64Core(bytes, offset));
  return [...cores, ...cores.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** In little-endian order, as PowerShell and Windows encode commands. */
function utf16Bytes(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((code) => [
      code & 255,
      code >> 8,
    ]),
  );
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function rot13(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const first = letter < 'a' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Without the last, incomplete character, which depends on the bytes that follow. */
function base32(bits: string): string {
  return (bits.match(/.{5}/g) ?? []).map((group) => BASE32.charAt(parseInt(group, 2))).join('');
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
