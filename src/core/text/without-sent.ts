/**
 * The text of the question box after a question was sent. What was written behind the question since then belongs to the
 * next one. A text that no longer begins with the question stays as it is.
 */
export function withoutSent(text: string, sent: string): string {
  return text.startsWith(sent) ? text.slice(sent.length).trimStart() : text;
}
