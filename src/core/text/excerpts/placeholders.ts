/** The text of a line that is only a comment, in any language. */
const COMMENT = /^\s*(?:\/\/|#|--|;+|%|\{?\/\*|<!--|'(?=[^']*$)|REM\b)\s*(.*?)\s*(?:\*\/\}?|-->)?\s*$/;
/** `... existing code ...`, `[...]`, `... other columns`; a sentence that begins with an ellipsis is a comment. */
const ELLIPSIS =
  /^[[(]?(?:\.{3}|…)(?:(?:[^.…]*(?:\.{3}|…))?|\s+(?!.*\b(?:is|are|was|were|will)\b)[\p{L}\p{N}_'-]+(?: [\p{L}\p{N}_'-]+){0,3}|\s*(?:existing|other|remaining|previous|unchanged|same)(?: \w+)?|\s*(?:the )?(?:rest|remainder)(?: of (?:the |your )?\w+)?)[\])]?\s*$/iu;
/** `rest unchanged`, `other methods ...`, `(unchanged)` */
const OMISSION =
  /^[[(]?(?:(?:the |your )?(?:rest|remainder|remaining|existing|other|previous|same)\b.*(?:\.{3}|…|unchanged|omitted|the same|as (?:before|is)|not shown)|(?:existing|previous|unchanged|same) code|rest of (?:the )?\w+|unchanged|same as before|.*(?:omitted for brevity|code omitted|remains? unchanged|stays? the same))[\])]?[\s.…]*$/i;

/** Whether a line stands for code that was left out, such as `// ... existing code ...`. */
export function isPlaceholder(line: string): boolean {
  const comment = line.length > 200 ? undefined : COMMENT.exec(line)?.[1];
  return (
    comment !== undefined && (ELLIPSIS.test(comment) || OMISSION.test(comment.replace(/^(?:\.{3}|…)\s*/, '')))
  );
}
