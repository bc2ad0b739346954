/**
 * Small replacements for two packages that markdown-it imports, `entities` and `punycode.js`. esbuild.mjs puts this module
 * in their place in the panel. The browser itself knows the names of all character references, which are a table of 50 KB
 * in `entities`, and writes host names in ASCII.
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

/** The replacement for `punycode.js`. */
export default {
  toASCII: (host: string): string => (/^[\0-\x7f]*$/.test(host) ? host : new URL(`https://${host}`).hostname),
  /** Host names stay in ASCII, because in another alphabet a name could look like the one of another site. */
  toUnicode: (host: string): string => host,
};
