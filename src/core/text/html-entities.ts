const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Replaces the references of HTML to a character that a generated text may contain, such as `&amp;` or `&#39;`. */
export function decodeEntities(text: string): string {
  return text
    .replace(
      /&(?:#x([0-9a-f]{1,5})|#(\d{1,5})|(\w{2,4}));/gi,
      (reference, ...[hex, decimal, name]: string[]) =>
        name ? (NAMED[name] ?? reference) : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)),
    )
    .toWellFormed();
}
