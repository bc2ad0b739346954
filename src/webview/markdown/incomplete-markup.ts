/** An incomplete line that consists of markup only. */
const MARKUP_ONLY = /^[ \t>]*(?:[-=+*_#|:~`][-=+*_#|:~` \t]*|\d{1,9}[.)]?[ \t]*)$/;

/**
 * Removes an incomplete last line that consists of markup only, which can become anything: a dash below a paragraph would
 * make it a heading for a moment, before it becomes a list item.
 */
export function withoutIncompleteMarkup(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  return MARKUP_ONLY.test(text.slice(start)) ? text.slice(0, start) : text;
}
