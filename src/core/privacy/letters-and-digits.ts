/** The index that stands for all characters outside ASCII in the tables. */
const NOT_ASCII = 128;

/** For each ASCII code, 1 if the character is in the class, and otherwise 0. */
function tableOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: NOT_ASCII + 1 }, (_, code) =>
    code < NOT_ASCII && characters.test(String.fromCharCode(code)) ? 1 : 0,
  );
}

const LETTER_OR_DIGIT = tableOf(/[A-Za-z0-9]/);
const BACKSLASH = tableOf(/\\/);
const LINE_BREAK_LETTER = tableOf(/[nrt]/);

const decoder = new TextDecoder();

/**
 * The letters and digits of a text, without the letter of an escaped line break such as `\n`. All received text
 * passes through this loop, so it is written without branches, which a processor could not predict because words end
 * at irregular positions.
 */
export function lettersAndDigits(text: string): string {
  const codes = new Uint8Array(text.length);
  let length = 0;
  let previous = NOT_ASCII;
  for (let at = 0; at < text.length; at++) {
    const code = Math.min(text.charCodeAt(at), NOT_ASCII);
    // The next character overwrites this one unless `length` grows.
    codes[length] = code;
    const isLineBreak = (BACKSLASH[previous] ?? 0) & (LINE_BREAK_LETTER[code] ?? 0);
    length += (LETTER_OR_DIGIT[code] ?? 0) & ~isLineBreak;
    previous = code;
  }
  return decoder.decode(codes.subarray(0, length));
}
