/**
 * Characters that secrets contain and sentences do not: a digit, a colon or another sign, or more letters in a row than
 * words have. The shortest secret of letters alone that the rules know is an AWS access key ID of 20. Their pattern for
 * SendGrid also matches shorter texts, but its real keys have 69 characters.
 */
const NOT_PROSE = /[^\p{L}\p{M}\s.,;!?'’"()]|\S{17}/u;

/** True if a text, as many questions are, consists of sentences that cannot contain a secret. */
export function cannotContainSecret(text: string): boolean {
  return !NOT_PROSE.test(text);
}
