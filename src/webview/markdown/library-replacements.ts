/**
 * Small replacements for three packages that markdown-it and its plugins import: `entities`, `punycode.js`, and
 * `get-east-asian-width`. esbuild.mjs puts this module in their place in the panel. The browser itself knows the names of
 * all character references, which are a table of 50 KB in `entities`, writes host names in ASCII, and knows the scripts of
 * all characters.
 */

/** @param reference one named character reference, with its ampersand and semicolon */
export function decodeHTMLStrict(reference: string): string {
  const decoded = new DOMParser().parseFromString(reference, 'text/html').documentElement.textContent;
  // A browser also decodes the `&not` in `&notit;`, which is not a reference here.
  return decoded.endsWith(';') && decoded !== ';' ? reference : decoded;
}

/** markdown-it passes only references with a semicolon. */
export function decodeHTML(reference: string): string {
  return decodeHTMLStrict(reference);
}

const CJK =
  /[\u20a9\u2329\u232a\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Script=Nushu}\p{Script=Khitan_Small_Script}\u2ff0-\u303e\u3097-\u309c\u30a0\u30fb\u30fc\u3190-\u3247\u3250-\u33ff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uffee\u{1f200}-\u{1f26f}]/u;
/** Quotation marks, and the selectors of variants of ideographs: whether they are CJK depends on their neighbors. */
const DEPENDS_ON_NEIGHBOR = /[\u2018\u2019\u201c\u201d]|[\u{e0100}-\u{e01ef}]/u;

/** The part of `get-east-asian-width` that markdown-it-cjk-friendly needs: CJK characters are wide. */
export function eastAsianWidthType(codePoint: number): 'wide' | 'ambiguous' | 'neutral' {
  const character = String.fromCodePoint(codePoint);
  if (CJK.test(character)) return 'wide';
  return DEPENDS_ON_NEIGHBOR.test(character) ? 'ambiguous' : 'neutral';
}

/** The replacement for `punycode.js`. */
export default {
  toASCII: (host: string): string => (/^[\0-\x7f]*$/.test(host) ? host : new URL(`https://${host}`).hostname),
  /** Host names stay in ASCII, because in another alphabet a name could look like the one of another site. */
  toUnicode: (host: string): string => host,
};
