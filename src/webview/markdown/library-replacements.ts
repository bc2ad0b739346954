/**
 * In the built panel this is what markdown-it takes for the package `entities`: the browser knows all names
 * itself, and that package is a table of 50 KB.
 */

/** @param reference one character reference by name, from its ampersand to its semicolon */
export function decodeHTMLStrict(reference: string): string {
  const decoded = new DOMParser().parseFromString(reference, 'text/html').documentElement.textContent;
  // A browser finds `&not` in `&notit;` too.
  return decoded.endsWith(';') && decoded !== ';' ? reference : decoded;
}

/** The entities that markdown-it passes always have a semicolon. */
export function decodeHTML(reference: string): string {
  return decodeHTMLStrict(reference);
}

/**
 * In the built panel this is what markdown-it takes for the package `punycode.js`: the browser writes a host name in
 * ASCII itself.
 */
export default {
  toASCII: (host: string): string => (/^[\0-\x7f]*$/.test(host) ? host : new URL(`https://${host}`).hostname),
  /** Shown as it is written: in another alphabet, a name could be taken for the one of another site. */
  toUnicode: (host: string): string => host,
};
