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
