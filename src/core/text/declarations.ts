/**
 * The last two words of a declaration before its parameters, body or value: `def two(`, `int add(`, `class A:`,
 * `const x =`.
 */
const DECLARATION = /(?<![\p{L}\p{N}_$])[\p{L}\p{N}_$]+[ \t*&]+[\p{L}\p{N}_$]+(?=[ \t]*(?:[({=:<]|$))/gmu;

/** The names that lines of code declare, each with the word before it, such as `def two`. */
export function declarationsOf(code: string): readonly string[] {
  return (code.match(DECLARATION) ?? []).map((declaration) => declaration.replace(/[ \t]+/g, ' '));
}
