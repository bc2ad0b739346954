/** A word in the question box that opens the completion list. */
export interface TypedWord {
  /** Whether prompts complete the word; otherwise attachments do. */
  readonly prompts: boolean;
  /** The text after the trigger character. */
  readonly typed: string;
  readonly start: number;
}

/** The word before the cursor, if it begins with `#` or `@`, or with `/` at the beginning of the text. */
export function typedWord(text: string, cursor: number): TypedWord | undefined {
  const before = text.slice(0, cursor);
  const prompt = /^\/(\S*)$/.exec(before);
  if (prompt) return { prompts: true, typed: prompt[1] ?? '', start: 0 };
  const word = /(?:^|[\s(])[#@]([^\s#@]*)$/.exec(before);
  if (!word) return undefined;
  const typed = word[1] ?? '';
  return { prompts: false, typed, start: cursor - typed.length - 1 };
}
