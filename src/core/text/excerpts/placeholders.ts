import { isCloser } from './blocks-by-indentation';
import { nameIn } from './line-matches';
import { depthOf, isNotBlank } from './lines';

/** The beginning of a line that is only a comment, in any language. */
const COMMENT =
  /^\s*(?:\/\/|#|--|;|%|!|::|\{?\/\*|<!--|\(\*|\{-|\{#|\{\{-?\s*[!/]|<%[#-]|<#|@\*|-#|\*>|'(?=[^']*$)|"(?=[^"]*$)|(?:REM|dnl)\b)/i;
/** The characters around the text of a comment, such as `<!--` and `-->`, or dashes. */
const BEFORE_TEXT = /^[^\p{L}\p{N}.…([]+/u;
const AFTER_TEXT = /\s*(?:\*\)|\]\])$|[^\p{L}\p{N}.…)\]]+$/u;
/** `... existing code ...`, `[...]`, `... other columns`; a sentence that begins with an ellipsis is a comment. */
const ELLIPSIS =
  /^[[(]*\s*(?:\.{3}|…)(?:(?:[^.…]*(?:\.{3}|…))?|\s+(?!.*\b(?:is|are|was|were|will)\b)[\p{L}\p{N}_'-]+(?: [\p{L}\p{N}_'-]+){0,3}|\s*(?:existing|other|remaining|previous|unchanged|same)(?: \w+)?|\s*(?:the )?(?:rest|remainder)(?: of (?:the |your )?\w+)?)[\])]*\s*$/iu;
/** `rest unchanged`, `other methods ...`, `(unchanged)` */
const OMISSION =
  /^[[(]*\s*(?:(?:the |your )?(?:rest|remainder|remaining|existing|other|previous|same)\b.*(?:\.{3}|…|unchanged|omitted|the same|as (?:before|is)|not shown)|(?:existing|previous|unchanged|same) code|rest of (?:the )?\w+|unchanged|same as before|.*(?:omitted for brevity|code omitted|remains? unchanged|stays? the same)|(?:der )?rest\b.*(?:unverändert|gleich)|(?:bestehender|restlicher|übriger) code.*|(?:le )?reste .*|(?:el )?resto .*|其余.*|.*(?:省略|不变))[\])]*[\s.…]*$/iu;
/** An ellipsis that is not in a comment. */
const BARE_ELLIPSIS = /^\s*[[({]?\s*(?:\.{3}|…)\s*[\])}]?[,;]?\s*$/;
/** A declaration in one line with an ellipsis for its body, such as `function one() { ... }`. */
const HEAD_WITH_ELLIPSIS = /^(.*[^\s.…]\s*[{:=])\s*((?:\/[/*]|[#[.…]).*?)\s*\}?[,;)]*$/;

/** Lines above an ellipsis in which the head of its block is looked for. */
const MAX_LINES_ABOVE = 20;
/** Longest line that stands for code, in UTF-16 units. */
const MAX_LENGTH = 200;
/** The placeholder that replaces all others: alone in a line, or after the head of a block. It cannot occur in code. */
const LEFT_OUT = '\0';

/** Whether a line is a comment for code that was left out, such as `// ... existing code ...`. */
export function isPlaceholder(line: string): boolean {
  if (line.length > MAX_LENGTH || !COMMENT.test(line)) return false;
  const text = line.replace(COMMENT, '').replace(BEFORE_TEXT, '').replace(AFTER_TEXT, '');
  return ELLIPSIS.test(text) || OMISSION.test(text.replace(/^(?:\.{3}|…)\s*/, ''));
}

/** Whether a line that `markLeftOut` returned is only a placeholder, for any number of lines of the text. */
export function isPlaceholderLine(line: string): boolean {
  return line.trim() === LEFT_OUT;
}

/**
 * Whether a line that `markLeftOut` returned is a placeholder, or the head of a block followed by a placeholder for
 * its body.
 */
export function endsWithPlaceholder(line: string): boolean {
  return line.endsWith(LEFT_OUT);
}

/**
 * Replaces each placeholder of an excerpt, such as `// ... existing code ...`, by one internal placeholder at the
 * depth of the lines that it stands for.
 *
 * @returns undefined if the excerpt has no placeholders
 */
export function markLeftOut(
  text: readonly string[],
  excerpt: readonly string[],
): readonly string[] | undefined {
  // Most code has no such line, and a text may have a million lines.
  if (!excerpt.some(mayStandForCode)) return undefined;
  const known = new Set(text.map((line) => line.trim()));
  const names = new Set(text.map(nameIn));
  const isKnown = (line: string): boolean => known.has(line.trim()) || names.has(nameIn(line) ?? '');
  const markOf = (line: string, index: number): string => {
    // A comment that is also in the text is not a placeholder.
    if (!mayStandForCode(line) || known.has(line.trim())) return line;
    if (isPlaceholder(line)) return LEFT_OUT;
    if (BARE_ELLIPSIS.test(line)) {
      // In a Python function that is new, `...` is the body and not a placeholder.
      const above = headAbove(excerpt, index);
      return above === '' || isKnown(above) ? LEFT_OUT : line;
    }
    const head = headWithoutBody(line);
    return head !== undefined && isKnown(head) ? head + LEFT_OUT : line;
  };
  const marked = excerpt.map(markOf);
  return marked.some(endsWithPlaceholder) ? withDepths(marked, excerpt) : undefined;
}

function mayStandForCode(line: string): boolean {
  if (line.length > MAX_LENGTH) return false;
  return isPlaceholder(line) || BARE_ELLIPSIS.test(line) || headWithoutBody(line) !== undefined;
}

/** The head of a declaration in one line that leaves out its body; undefined for any other line. */
function headWithoutBody(line: string): string | undefined {
  const [, head, body = ''] = HEAD_WITH_ELLIPSIS.exec(line) ?? [];
  return BARE_ELLIPSIS.test(body) || isPlaceholder(body) ? head : undefined;
}

/** The head of the block that contains a line, if that head ends with a colon; otherwise empty. */
function headAbove(lines: readonly string[], index: number): string {
  const depth = depthOf(lines[index] ?? '');
  const above = lines.slice(Math.max(0, index - MAX_LINES_ABOVE), index);
  const head = above.findLast((line) => isNotBlank(line) && depthOf(line) < depth) ?? '';
  return head.trimEnd().endsWith(':') ? head : '';
}

/**
 * Gives each placeholder the depth of the line after it, if that is deeper than its own. If the line after it closes
 * a block, the placeholder belongs to the block and is one deeper.
 */
function withDepths(marked: readonly string[], excerpt: readonly string[]): readonly string[] {
  let minDepth = 0;
  return excerpt
    .toReversed()
    .map((line, index) => {
      const mark = marked[marked.length - 1 - index] ?? '';
      if (isPlaceholderLine(mark)) return ' '.repeat(Math.max(depthOf(line), minDepth)) + LEFT_OUT;
      if (isNotBlank(mark)) minDepth = depthOf(mark) + (isCloser(mark) ? 1 : 0);
      return mark;
    })
    .toReversed();
}
