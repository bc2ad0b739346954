/**
 * In the built panel this is what markdown-it takes for the package `punycode.js`: the browser writes a host name in
 * ASCII itself.
 */
export default {
  toASCII: (host: string): string => (/^[\0-\x7f]*$/.test(host) ? host : new URL(`https://${host}`).hostname),
  /** Shown as it is written: in another alphabet, a name could be taken for the one of another site. */
  toUnicode: (host: string): string => host,
};
