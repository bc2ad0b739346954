/** Characters in a row that a question and a server's words may share by chance. */
const MIN_QUOTE_LENGTH = 8;
/** Characters of a server's words that are looked at: they are kept to a few hundred before. */
const MAX_TEXT_LENGTH = 2000;

/** Characters that are looked up together. */
const GRAM_LENGTH = 4;
/** Places that are kept for one gram, so that repetitive words cost no more than others. */
const MAX_POSITIONS_PER_GRAM = 16;
/** Stands in the place of what was quoted. */
const QUOTE_REPLACEMENT = '…';

/**
 * Strikes out of a server's words what they quote of the question, so that they can be written to the log.
 *
 * @param texts all that was sent: questions, attachments, instructions
 */
export function redactQuestion(words: string, texts: readonly string[]): string {
  const plain = unescaped(words.slice(0, MAX_TEXT_LENGTH));
  const quoted = new Uint8Array(plain.length);
  for (const text of texts) markQuotes(plain, unescaped(text), quoted);
  let result = '';
  for (let at = 0; at < plain.length; at++) {
    if (quoted[at] === 0) result += plain.charAt(at);
    else if (quoted[at - 1] !== 1) result += QUOTE_REPLACEMENT;
  }
  return result;
}

/** Marks the characters of `words` that stand in a row of at least eight in the text, or are all of a shorter one. */
function markQuotes(words: string, text: string, quoted: Uint8Array): void {
  const whole = text.trim();
  if (whole.length < MIN_QUOTE_LENGTH) {
    if (whole.length > 2) markAll(words, whole, quoted);
    return;
  }
  const places = gramPositions(words);
  // Of each quote that is long enough, one gram begins at a place that is looked at.
  const stride = MIN_QUOTE_LENGTH - GRAM_LENGTH + 1;
  for (let at = 0; at + GRAM_LENGTH <= text.length; at += stride) {
    for (const place of places.get(text.slice(at, at + GRAM_LENGTH)) ?? []) {
      if (quoted[place] === 1 && quoted[place + GRAM_LENGTH - 1] === 1) continue;
      const before = commonLength(words, place, text, at, -1);
      const after = commonLength(words, place + GRAM_LENGTH - 1, text, at + GRAM_LENGTH - 1, 1);
      if (before + GRAM_LENGTH + after >= MIN_QUOTE_LENGTH)
        quoted.fill(1, place - before, place + GRAM_LENGTH + after);
    }
  }
}

function gramPositions(words: string): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at + GRAM_LENGTH <= words.length; at++) {
    const gram = words.slice(at, at + GRAM_LENGTH);
    const known = places.get(gram);
    if (!known) places.set(gram, [at]);
    else if (known.length < MAX_POSITIONS_PER_GRAM) known.push(at);
  }
  return places;
}

function commonLength(words: string, place: number, text: string, at: number, step: 1 | -1): number {
  let length = 0;
  for (;;) {
    const next = (length + 1) * step;
    const character = words[place + next];
    if (character === undefined || character !== text[at + next]) return length;
    length++;
  }
}

function markAll(words: string, whole: string, quoted: Uint8Array): void {
  for (let at = words.indexOf(whole); at >= 0; at = words.indexOf(whole, at + 1)) {
    quoted.fill(1, at, at + whole.length);
  }
}

/** As a server may write it in JSON: a line break is a space to both sides. */
function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\["\\/]/g, (escape) => escape.charAt(1))
    .replace(/\\[nrt]|\s/g, ' ');
}
