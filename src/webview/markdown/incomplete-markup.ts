import { fenceAfterText } from '../../core/text/fence-after-text';

/** An incomplete line that consists of markup only: also of a fence with its language, or of the marker of an alert. */
const MARKUP_ONLY =
  /^[ \t>]*(?:[-=+*_#|:~`][-=+*_#|:~` \t]*|\d{1,9}[.)]?[ \t]*|(?:`{3,}|~{3,})[\w+#.-]*|(?<=>[ \t]?)\[![a-zA-Z]*\]?)?$/;

/**
 * Removes incomplete markup from the end of a text, which can become anything: a dash below a paragraph would make it a heading
 * for a moment, before it becomes a list item, the second dollar sign of "$5–$10" would end a formula, and the first asterisk
 * that ends bold text would end italic text.
 */
export function withoutIncompleteMarkup(text: string): string {
  const complete = text.slice(0, endWithoutDelimiter(text));
  const start = complete.lastIndexOf('\n') + 1;
  return MARKUP_ONLY.test(complete.slice(start)) ? complete.slice(0, start) : withoutFence(complete);
}

/** The end of a text before dollar signs and the like, or before `\]`: the next character decides what they are. */
function endWithoutDelimiter(text: string): number {
  let end = text.length;
  while (end > 0 && '$*_~`'.includes(text[end - 1] ?? '')) end--;
  return text.endsWith('\\]') ? end - 2 : end;
}

/** A fence after text is text until the next line begins. */
function withoutFence(text: string): string {
  const start = text.lastIndexOf('\n', text.length - 2) + 1;
  const fence = fenceAfterText(text.slice(start).trimEnd());
  return fence ? text.slice(0, start + fence.at) : text;
}
