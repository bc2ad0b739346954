const INVISIBLE = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu;
const QUOTES = /^["'`<\u2018-\u201f\u2039\u203a\u00ab\u00bb]+|["'`>\u2018-\u201f\u2039\u203a\u00ab\u00bb]+$/g;

/** Each matches what documentation, shells and files write before an address. */
const PREFIXES: readonly RegExp[] = [
  /^(?:export|set|env)\s+(?=\S)/i,
  /^\$env:(?=\w)/i,
  // NAME=https://…, "baseUrl": "https://…"
  /^["']?[\w.-]+["']?\s*[:=]\s*(?=["'`\u201c]?https?:\/\/)/i,
  // curl -X POST 'https://…'
  /^(?:curl|GET|POST)\s+(?:(?:-X|--request)\s+[A-Z]+\s+|-[\w-]+\s+)*(?=["']?https?:\/\/)/i,
  // A scheme before an address that has one, and one without a host.
  /^(?:https?:\/\/|\/\/)(?=https?:\/\/)/i,
  /^\/\/(?=[^/])/,
];

/**
 * Extracts the address from a pasted text: removes white space around it, invisible characters, quotation marks, the
 * assignment that it was copied with, and the punctuation of the sentence that it ended.
 */
export function readPastedAddress(text: string): string {
  let address = text.replace(INVISIBLE, '').trim();
  for (let before = ''; before !== address;) {
    before = address;
    for (const prefix of PREFIXES) address = address.replace(prefix, '');
    address = address
      .replace(/[,;]+$/, '')
      // The line is continued on the next one, or by options.
      .replace(/\s+(?:\\|-)[\s\S]*$/, '')
      .replace(QUOTES, '')
      .trim();
  }
  // A dot may be the end of a host name.
  return address.replace(/(\w\/.*[^.])\.$/, '$1').replace(/^(https?)\/\//i, '$1://');
}
