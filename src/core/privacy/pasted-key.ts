/** A pasted key without the text around it. */
export interface PastedKey {
  readonly key: string;
  /** Whether anything except white space was removed. */
  readonly cleaned: boolean;
}

const INVISIBLE = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu;
const QUOTES =
  /^(["'`\u2018-\u201f\u2039\u203a\u00ab\u00bb])(.*)(["'`\u2018-\u201f\u2039\u203a\u00ab\u00bb])$/s;

/** Each matches a prefix that documentation, shells and files write before a key. */
const PREFIXES: readonly RegExp[] = [
  // curl's option, also with an opening quotation mark from a partial copy
  /^(?:-H|--header)(?:\s+|=)(?=\S)/i,
  // Windows, Dockerfiles, and fish, which separate the name from the key by a space
  /^(?:setx|env|set -\w+)\s+\w+\s+(?=\S)/i,
  /^(?:export|set|env|declare -x)\s+(?=\S)/i,
  // .netrc
  /^machine\s+\S+\s+(?:login\s+\S+\s+)?password\s+(?=\S)/i,
  /^\$env:(?=\w)/i,
  // NAME=key, as in shells and .env files; a base64 key may itself end with an equals sign
  /^[A-Z][A-Z0-9_]*\s*=>?\s*(?=[^\s=])/,
  // the same in lower case, "apiKey": "key", and headers such as x-api-key, but only if the name identifies a key
  /^["']?(?:[\w.-]*(?:key|token|secret)|authorization)["']?\s*(?:=>|[:=])\s*(?=[^\s=])/i,
  /^(?:(?:Bearer|Token|Basic|ApiKey|Api-Key|Key)\s+|Bearer(?::\s*|%20))(?=\S)/i,
];

/** Text that surrounds a key elsewhere: JSON, a statement, a sentence, or the address of a request. */
const SURROUNDING_TEXT = /[\s"'`{}()]|^https?:|^\?/;
/** The key in such a text, after a name that identifies it, which may be a value or an argument itself. */
const NAMED_KEY =
  /(?:\bBearer|(?:key\d?|token|secret|authorization|\bvalue)(?:["'\]\s]|\bis\b)*[:=,])\s*f?["'`]?(?:Bearer\s+)?(?!process\b|os\b|import\b|\w*_(?:key|token|secret)\b)([\w.~+/=:-]{7,}[\w~+/=:-])/i;
/** Brackets, elements of XML, and marks of Markdown around a key. */
const MARKED = /^(?:<([^<>]+)>|<\w+>([^<>]+)<\/\w+>|\(([^()]+)\)|\[([^[\]]+)\]|\*+([^*]+)\*+)$/;
/** The name of a variable, or a placeholder such as YOUR_API_KEY. */
const KEY_NAME = /^[$%]?\{?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEY|TOKEN|SECRET)\}?%?$/;
/** A service shows only the ends of a key that it has stored. */
const MASKED_KEY = /\*{3}|\.{3}|\u2026|\u2022/;

/** Number of layers of surrounding text that are removed, which bounds the time that a long text takes. */
const MAX_LAYERS = 20;

/**
 * Extracts the key from a pasted text: removes white space around it, invisible characters, quotation marks,
 * `Bearer`, and the assignment or header that it was copied with.
 */
export function readPastedKey(text: string): PastedKey {
  const visible = text.replace(INVISIBLE, '').trim();
  let key = visible;
  for (let before = '', layers = 0; before !== key && layers < MAX_LAYERS; layers++) {
    before = key;
    // A line break may be written as in a program.
    key = withoutQuotes(key.replace(/(?:\\[nr])+(?=["'`]?$)/, '').replace(/[;,.\\\s]+$/, ''));
    for (const wrapping of PREFIXES) {
      const rest = key.replace(wrapping, '');
      if (rest !== key && isKeyLike(rest)) key = rest.trim();
    }
  }
  key = MARKED.exec(key)?.slice(1).find(Boolean) ?? key;
  if (SURROUNDING_TEXT.test(key)) key = NAMED_KEY.exec(visible)?.[1] ?? withoutRemark(key);
  if (/^(?:Bearer|Token|Basic)$/i.test(key)) key = '';
  return { key, cleaned: key !== text.trim() };
}

/** Whether a service shows only a part of this key, which cannot be used. */
export function isMaskedKey(key: string): boolean {
  return MASKED_KEY.test(key);
}

/** Whether this is the name of a variable, in place of the key that it contains. */
export function isKeyName(key: string): boolean {
  return KEY_NAME.test(key);
}

/** Removes a comment or the rest of a command after a key. */
function withoutRemark(text: string): string {
  return text.replace(/^(\S+)\s+(?:#|\/\/|&&|\/[mM]\b).*$/s, '$1');
}

/** A key that contains an equals sign must not lose its beginning, so the rest must be long enough for a key. */
function isKeyLike(rest: string): boolean {
  return withoutQuotes(rest).replace(/^Bearer\s+/i, '').length >= 3;
}

function withoutQuotes(text: string): string {
  const [, , inner] = QUOTES.exec(text) ?? [];
  if (inner !== undefined) return inner.trim();
  // A quotation mark at only one end was copied by accident.
  return text
    .replace(/^["'`]+(?=[^"'`]+$)/, '')
    .replace(/^([^"'`]+)["'`]+$/, '$1')
    .trim();
}
