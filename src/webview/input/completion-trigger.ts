/** A word in the question box that asks for something to complete it. */
export interface TypedWord {
  /** Whether it asks for a prompt; else for something to attach. */
  readonly prompts: boolean;
  /** What stands behind its mark. */
  readonly typed: string;
  readonly start: number;
}

/** The word before the cursor, where it begins with `#` or `@`, or with `/` at the very beginning. */
export function typedWord(text: string, cursor: number): TypedWord | undefined {
  const before = text.slice(0, cursor);
  const prompt = /^\/(\S*)$/.exec(before);
  if (prompt) return { prompts: true, typed: prompt[1] ?? '', start: 0 };
  const word = /(?:^|[\s(])[#@]([^\s#@]*)$/.exec(before);
  if (!word) return undefined;
  const typed = word[1] ?? '';
  return { prompts: false, typed, start: cursor - typed.length - 1 };
}
