const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Replaces the references of HTML to a character that generated plain text may contain, such as `&amp;` or `&#39;`. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
    (reference, hex: string | undefined, decimal: string | undefined, name: string | undefined) =>
      name === undefined
        ? characterOf(hex === undefined ? Number(decimal) : parseInt(hex, 16))
        : (NAMED[name] ?? reference),
  );
}

function characterOf(codePoint: number): string {
  const isCharacter = codePoint > 0 && codePoint <= 0x10ffff;
  return isCharacter ? String.fromCodePoint(codePoint).toWellFormed() : '\ufffd';
}
