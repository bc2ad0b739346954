/** A name in code without invisible letters, such as `orbit`, `Orbit.step` or `ring::close()`. */
const SYMBOL_NAME =
  /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}_$][\p{L}\d_$]*(?:(?:\.|::|#)[\p{L}_$][\p{L}\d_$]*)*(?:\(\))?$/u;
/** Longest name that is looked for in the workspace, in UTF-16 units. */
const MAX_SYMBOL_NAME_LENGTH = 100;

/** Whether a text is a name that may be a symbol of the workspace. The host finds out whether the symbol exists. */
export function isSymbolName(text: string): boolean {
  return text.length <= MAX_SYMBOL_NAME_LENGTH && SYMBOL_NAME.test(text);
}
