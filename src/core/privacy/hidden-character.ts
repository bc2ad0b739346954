/** Why a character of code is not what a reader takes it for. */
export type HiddenKind =
  /** Turns the order in which the text is shown, or keeps it from being turned. */
  | 'bidirectional'
  /** Takes no room: zero-width characters, joiners and variation selectors out of their contexts, tags, fillers. */
  | 'invisible'
  /** Looks like a space but is a different character. */
  | 'space'
  | 'control'
  | 'private-use'
  /** Half of a character. */
  | 'surrogate'
  /** A letter of another script that looks like a letter of the identifier that it stands in. */
  | 'look-alike';

/** A character of code that a reader cannot see, or cannot tell from another. */
export interface HiddenCharacter {
  /** Where it is in the text, in UTF-16 units. */
  readonly index: number;
  /** 1 or 2 UTF-16 units. */
  readonly length: number;
  readonly codePoint: number;
  readonly kind: HiddenKind;
  /** The replacement: nothing, a space, or the letter it imitates. Undefined if there is no suitable one. */
  readonly replacement: string | undefined;
}
