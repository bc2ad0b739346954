/**
 * The encodings in which a key may appear without escaping: as it is, in base64 at each of the three alignments (alone,
 * or within `user:KEY`), in base64url, and in hexadecimal.
 */
export function keyEncodings(key: string): readonly string[] {
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
