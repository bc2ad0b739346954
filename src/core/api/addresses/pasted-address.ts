const INVISIBLE = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu;
/** Quotation marks, parentheses, and the asterisks of Markdown at the beginning, and at the end. */
const QUOTES =
  /^["'`<(*\u2018-\u201f\u2039\u203a\u00ab\u00bb]+|["'`>)*\u2018-\u201f\u2039\u203a\u00ab\u00bb]+[.,:;]*$/g;

/** Each matches what documentation, shells and files write before an address. */
const PREFIXES: readonly RegExp[] = [
  /^(?:export|set|env|const|let|var)\s+(?=\S)/i,
  /^\$env:(?=\w)/i,
  // NAME=api.example/v1; no address has an equals sign before its path.
  /^[\w.-]+\s*=\s*(?=\S)/,
  // An entry of a list, such as - NAME=https://…
  /^[-*\u2022]\s+(?=\S)/,
  // "baseUrl": "https://…"
  /^["']?[\w.-]+["']?\s*:\s*(?=["'`\u201c]?https?:\/\/)/i,
  // Endpoint: api.example/v1
  /^["']?[\w-][\w -]{0,40}["']?\s*[:\uff1a]\s+(?=["'`\u201c]?(?:localhost|[a-z\d-]+(?:\.[a-z\d-]+)+)(?::\d|[/"'`\s,]|$))/i,
  // Listening on https://…
  /^[^/]*[\s\uff1a](?=["'`\u201c]?https?:\/\/\S+$)/i,
  // curl -X POST 'https://…'
  /^(?:curl|GET|POST)\s+(?:(?:-X|--request)\s+[A-Z]+\s+|-[\w-]+\s+)*(?=["']?https?:\/\/)/i,
  // A scheme before an address that has one, and one without a host.
  /^(?:https?:\/\/|\/\/)(?=https?:\/\/)/i,
  /^\/\/(?=[^/])/,
];

/** Options, a remark or a version after an address, or the mark that its line is continued on the next one. */
const REST_OF_LINE = /\s+(?:(?:\\|-|#|\/\/|&&|\||[A-Z][A-Z\d_]+=)[\s\S]*|HTTP\/[\d.]+|\([\w ]+\))$/;

/** An address between quotation marks, parentheses, or angle brackets in a longer text. */
const QUOTED_ADDRESS =
  /["'`(<>[\u201c\u2018](https?:\/\/[^\s"'`()<>\u201c\u201d\u2018\u2019]+)["'`)<>\]\u201d\u2019]/gi;

/** An address without a scheme at the beginning of a text. A name alone, such as `llama.cpp`, may be a word. */
const LEADING_ADDRESS = /^(?:localhost|[a-z\d-]+(?:\.[a-z\d-]+)+)(?::\d|\/)/i;

/** Longest beginning of a text that is read, which bounds the time that the patterns take. */
const MAX_LENGTH = 4000;

/**
 * Extracts the address from a pasted text: removes white space around it, invisible characters, quotation marks, the
 * assignment that it was copied with, and the punctuation of the sentence that it ended. In any other text, a quoted
 * address is taken if the text contains no other one.
 */
export function readPastedAddress(text: string): string {
  const visible = text.slice(0, MAX_LENGTH).replace(INVISIBLE, '').trim();
  let address = visible;
  for (let before = ''; before !== address;) {
    before = address;
    for (const prefix of PREFIXES) address = address.replace(prefix, '');
    address = address
      .replace(/[,;\u3002\uff0c\uff1b]+$/, '')
      .replace(REST_OF_LINE, '')
      .replace(QUOTES, '')
      .trim();
  }
  const isText = /[\s"'`()]/.test(address) && !LEADING_ADDRESS.test(address);
  if (isText) address = onlyQuotedAddress(visible) ?? address;
  // A dot may be the end of a host name.
  return address.replace(/(\w\/.*[^.])\.$/, '$1').replace(/^(https?)[;,.\uff1a]?\/\//i, '$1://');
}

function onlyQuotedAddress(text: string): string | undefined {
  const quoted = Array.from(text.matchAll(QUOTED_ADDRESS), ([, address]) => address);
  const isOnlyOne = new Set(quoted).size === 1 && text.match(/https?:\/\//gi)?.length === quoted.length;
  return isOnlyOne ? quoted[0] : undefined;
}
