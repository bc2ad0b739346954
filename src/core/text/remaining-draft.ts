/**
 * The text of the question box after a question was sent. Text that was typed after the question while it was being sent
 * belongs to the next one. If the question itself was edited, the text stays as it is.
 */
export function remainingDraft(text: string, sent: string): string {
  const rest = text.slice(sent.length);
  return text.startsWith(sent) && /^(?:\s|$)/.test(rest) ? rest.trimStart() : text;
}
