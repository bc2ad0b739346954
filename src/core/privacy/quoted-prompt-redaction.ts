/** Shortest quotation that is redacted, in characters. Shorter ones may be a coincidence. */
const MIN_QUOTE_LENGTH = 8;
/** Longest server text that is checked, in characters. Callers have already shortened it to a few hundred. */
const MAX_TEXT_LENGTH = 2000;

/** Number of characters that are looked up together. */
const NGRAM_LENGTH = 4;
/** Number of positions that are stored for one n-gram, so that repetitive texts are not slower than others. */
const MAX_POSITIONS_PER_NGRAM = 16;
/** Replaces a quotation. */
const QUOTE_REPLACEMENT = '…';

/**
 * Removes quotations of the user's question from a text of the server, so that the text can be logged.
 *
 * @param serverText such as an error message
 * @param texts all texts of the request: questions, attachments, instructions
 */
export function redactQuotedPrompt(serverText: string, texts: readonly string[]): string {
  const plain = unescaped(serverText.slice(0, MAX_TEXT_LENGTH));
  const quoted = new Uint8Array(plain.length);
  for (const text of texts) markQuotes(plain, unescaped(text), quoted);
  let result = '';
  for (let at = 0; at < plain.length; at++) {
    if (quoted[at] === 0) result += plain.charAt(at);
    else if (quoted[at - 1] !== 1) result += QUOTE_REPLACEMENT;
  }
  return result;
}

/**
 * Marks the characters of `serverText` that quote a part of `text`. A text that is too short for that must be quoted
 * as a whole.
 */
function markQuotes(serverText: string, text: string, quoted: Uint8Array): void {
  const trimmed = text.trim();
  if (trimmed.length < MIN_QUOTE_LENGTH) {
    if (trimmed.length > 2) markAll(serverText, trimmed, quoted);
    return;
  }
  const positions = ngramPositions(serverText);
  // Each quotation that is long enough contains an n-gram at one of these positions.
  const stride = MIN_QUOTE_LENGTH - NGRAM_LENGTH + 1;
  for (let at = 0; at + NGRAM_LENGTH <= text.length; at += stride) {
    for (const position of positions.get(text.slice(at, at + NGRAM_LENGTH)) ?? []) {
      if (quoted[position] === 1 && quoted[position + NGRAM_LENGTH - 1] === 1) continue;
      const before = commonLength(serverText, position, text, at, -1);
      const after = commonLength(serverText, position + NGRAM_LENGTH - 1, text, at + NGRAM_LENGTH - 1, 1);
      if (before + NGRAM_LENGTH + after >= MIN_QUOTE_LENGTH)
        quoted.fill(1, position - before, position + NGRAM_LENGTH + after);
    }
  }
}

function ngramPositions(serverText: string): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  for (let at = 0; at + NGRAM_LENGTH <= serverText.length; at++) {
    const ngram = serverText.slice(at, at + NGRAM_LENGTH);
    const known = positions.get(ngram);
    if (!known) positions.set(ngram, [at]);
    else if (known.length < MAX_POSITIONS_PER_NGRAM) known.push(at);
  }
  return positions;
}

function commonLength(serverText: string, position: number, text: string, at: number, step: 1 | -1): number {
  let length = 0;
  for (;;) {
    const next = (length + 1) * step;
    const character = serverText[position + next];
    if (character === undefined || character !== text[at + next]) return length;
    length++;
  }
}

function markAll(serverText: string, trimmed: string, quoted: Uint8Array): void {
  for (let at = serverText.indexOf(trimmed); at >= 0; at = serverText.indexOf(trimmed, at + 1)) {
    quoted.fill(1, at, at + trimmed.length);
  }
}

/** Decodes JSON escapes; line breaks become spaces in both texts. */
function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\["\\/]/g, (escape) => escape.charAt(1))
    .replace(/\\[nrt]|\s/g, ' ');
}
