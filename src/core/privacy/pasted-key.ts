/** A key as it was pasted, and without what was around it. */
export interface PastedKey {
  readonly key: string;
  /** Whether anything other than white space was removed. */
  readonly cleaned: boolean;
}

const INVISIBLE = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu;
const QUOTES =
  /^(["'`\u2018-\u201f\u2039\u203a\u00ab\u00bb])(.*)(["'`\u2018-\u201f\u2039\u203a\u00ab\u00bb])$/s;

/** Each takes off one thing that documentation, shells and files write in front of a key. */
const PREFIXES: readonly RegExp[] = [
  // curl's option, also with the quotation mark that a copied half of it begins with
  /^(?:-H|--header)(?:\s+|=)(?=\S)/i,
  /^(?:export|set|env|declare -x)\s+(?=\S)/i,
  /^setx\s+\w+\s+(?=\S)/i,
  /^\$env:(?=\w)/i,
  // NAME=key, as shells and .env files have it; a key in base64 may end with an equals sign itself
  /^[A-Z][A-Z0-9_]*\s*=\s*(?=[^\s=])/,
  // the same in small letters, "apiKey": "key", and headers such as x-api-key: only where the name says what it is
  /^["']?(?:[\w.-]*(?:key|token|secret)|authorization)["']?\s*[:=]\s*(?=[^\s=])/i,
  /^(?:Bearer|Token|Basic|ApiKey|Api-Key)\s+(?=\S)/i,
];

/**
 * What was meant by a text that was pasted as a key: without white space around it, invisible characters, quotation marks,
 * `Bearer`, and the assignment or the header that it was copied with.
 */
export function readPastedKey(text: string): PastedKey {
  const visible = text.replace(INVISIBLE, '').trim();
  let key = visible;
  for (let before = ''; before !== key;) {
    before = key;
    key = withoutQuotes(key.replace(/[;,]+$/, '').trim());
    for (const wrapping of PREFIXES) {
      const rest = key.replace(wrapping, '');
      if (rest !== key && isKeyLike(rest)) key = rest.trim();
    }
  }
  return { key, cleaned: key !== text.trim() };
}

/** A key that has an equals sign itself must not lose its beginning: what is left must be enough for a key. */
function isKeyLike(rest: string): boolean {
  return withoutQuotes(rest).replace(/^Bearer\s+/i, '').length >= 3;
}

function withoutQuotes(text: string): string {
  const [, , inner] = QUOTES.exec(text) ?? [];
  if (inner !== undefined) return inner.trim();
  // A quotation mark at one end alone was copied by accident.
  return text
    .replace(/^["'`]+(?=[^"'`]+$)/, '')
    .replace(/(?<=^[^"'`]+)["'`]+$/, '')
    .trim();
}
