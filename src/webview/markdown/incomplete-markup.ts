/** An incomplete line that consists of markup only: also of a fence with its language, or of the marker of an alert. */
const MARKUP_ONLY =
  /^[ \t>]*(?:[-=+*_#|:~`][-=+*_#|:~` \t]*|\d{1,9}[.)]?[ \t]*|(?:`{3,}|~{3,})[\w+#.-]*|(?<=>[ \t]?)\[![a-zA-Z]*\]?)$/;

/**
 * Removes incomplete markup from the end of a text, which can become anything: a dash below a paragraph would make it a heading
 * for a moment, before it becomes a list item, and the second dollar sign of "$5–$10" would end a formula.
 */
export function withoutIncompleteMarkup(text: string): string {
  const complete = text.slice(0, endWithoutDelimiter(text));
  const start = complete.lastIndexOf('\n') + 1;
  return MARKUP_ONLY.test(complete.slice(start)) ? complete.slice(0, start) : complete;
}

/** The end of a text before dollar signs, or before `\]`: the next character decides whether they end a formula. */
function endWithoutDelimiter(text: string): number {
  let end = text.length;
  while (text[end - 1] === '$') end--;
  return text.endsWith('\\]') ? end - 2 : end;
}
