/** The text of a line that is only a comment, in any language. */
const COMMENT = /^\s*(?:\/\/|#|--|;+|%|\{?\/\*|<!--|'(?=[^']*$)|REM\b)\s*(.*?)\s*(?:\*\/\}?|-->)?\s*$/;
/** `... existing code ...`, `[...]` */
const ELLIPSIS = /^[[(]?(?:\.{3}|…)/;
/** `rest unchanged`, `other methods ...`, `(unchanged)` */
const OMISSION =
  /^[[(]?(?:(?:the |your )?(?:rest|remainder|remaining|existing|other|previous|same)\b.*(?:\.{3}|…|unchanged|omitted|the same|as (?:before|is)|not shown)|(?:existing|previous|unchanged|same) code|rest of (?:the )?\w+|unchanged|same as before|.*(?:omitted for brevity|code omitted|remains? unchanged|stays? the same))[\])]?[\s.…]*$/i;

/** Whether a line stands for code that was left out, such as `// ... existing code ...`. */
export function isPlaceholder(line: string): boolean {
  const comment = line.length > 200 ? undefined : COMMENT.exec(line)?.[1];
  return comment !== undefined && (ELLIPSIS.test(comment) || OMISSION.test(comment));
}
