/** The text with the line breaks of Unix. */
export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Whether two texts differ at most in the kind of their line breaks. */
export function isSameText(one: string, other: string): boolean {
  return withLineFeeds(one) === withLineFeeds(other);
}
