import { fenceAfterText } from '../../core/text/fences/fence-after-text';

/** A title of a link, which may be incomplete. */
const TITLE = `(?:"[^"\\n]*"?|'[^'\\n]*'?)`;
/**
 * An incomplete line that consists of markup only: also of a fence with its language, of the marker of an alert or a task, or of
 * the definition of a link, which may begin with any word in brackets.
 */
const MARKUP_ONLY = new RegExp(
  `^[ \\t>]*(?:(?:[-+*]|\\d{1,9}[.)])[ \\t]+){0,3}(?:${[
    '[-=+*_#|:~`][-=+*_#|:~` \\t]*',
    '\\d{1,9}[.)]?[ \\t]*',
    '(?:`{3,}|~{3,})[ \\t]*[\\w+#.-]*',
    '\\[[ xX]?\\]?[ \\t]*',
    '\\[(?!\\^)[^\\][]{0,60}\\]?',
    `\\[(?!\\^)[^\\][]+\\]:[ \\t]*(?:\\S+(?:[ \\t]+${TITLE}?)?)?`,
  ].join('|')})?$`,
);
/** The end of a link without its closing parenthesis, and incomplete line breaks and character references. */
const INCOMPLETE_END = new RegExp(
  `(?:\\](?:\\([ \\t]*(?:<[^<>\\n]*|[^\\s()<>]*(?:\\([^\\s()<>]*\\)?[^\\s()<>]*)?)(?:[ \\t]+(?:${TITLE}[ \\t]*)?)?)?|<(?:b(?:r ?/?)?)?|&#?\\w{0,8})$`,
  'i',
);

/**
 * Removes incomplete markup from the end of a text, which can become anything: a dash below a paragraph would make it a heading
 * for a moment, before it becomes a list item, the second dollar sign of "$5–$10" would end a formula, the first asterisk that
 * ends bold text would end italic text, and the address of a link would be shown beside its text.
 */
export function withoutIncompleteMarkup(text: string): string {
  const complete = text.slice(0, endWithoutDelimiter(text)).replace(INCOMPLETE_END, '');
  const start = complete.lastIndexOf('\n') + 1;
  return withoutTableHead(
    withoutFence(MARKUP_ONLY.test(complete.slice(start)) ? complete.slice(0, start) : complete),
  );
}

/** The end of a text before dollar signs, backslashes and the like, or before `\]`: the next character decides what they are. */
function endWithoutDelimiter(text: string): number {
  let end = text.length;
  while (end > 0 && '$*_~`\\'.includes(text[end - 1] ?? '')) end--;
  return text.endsWith('\\]') ? end - 2 : end;
}

/** A fence after text is text until the next line begins. */
function withoutFence(text: string): string {
  const start = text.lastIndexOf('\n', text.length - 2) + 1;
  const fence = fenceAfterText(text.slice(start).trimEnd());
  return fence ? text.slice(0, start + fence.at) : text;
}

const TABLE_ROW = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])?[ \t]*\|/;

/** The head of a table is text until the line below it is complete. */
function withoutTableHead(text: string): string {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const lineAbove = text.slice(text.lastIndexOf('\n', start - 2) + 1, start);
  const isHead = TABLE_ROW.test(text.slice(start, end)) && !TABLE_ROW.test(lineAbove);
  return isHead ? text.slice(0, start) : text;
}
