import { endsInComment } from './multi-line-tokens';

/** The text before a cursor or selection in its first line, and after it in its last line. */
export interface LineContext {
  readonly before: string;
  readonly after: string;
}

/** Documents of prose, in which neither a keyword nor a colon at the end of a line means that code follows. */
const PROSE: ReadonlySet<string> = new Set([
  'markdown',
  'plaintext',
  'latex',
  'tex',
  'restructuredtext',
  'asciidoc',
  'git-commit',
]);
const OPEN_BRACKET = /[([]$/;
/** Without `i++`, which ends a statement where semicolons are optional. */
const OPERATOR = /(?:(?<!\+)\+|[&|^]|(?<!==)=|(?<!-)->|=>|<-)$/;
/** A command that runs in the background. */
const BACKGROUND = /(?<!&)&$/;
/** The parameters of a block in Ruby. */
const BLOCK_PARAMETERS = /(?:\bdo|\{)\s*\|[^|]*\|$/;
/** With a space after it, as `return` may also be a whole statement. */
const KEYWORD =
  /\b(?:return|yield|await|in|and|or|not|throw|raise|new|typeof|import|from|export|default|print|echo|assert)\s+$/;
const WHOLE_STRING = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g;
const OPEN_STRING = /["`]|(?:^|[\s([{=,:+])'/;
/** Languages in which an apostrophe or a backtick is not a quotation mark. */
const ONLY_DOUBLE_QUOTES: ReadonlySet<string> = new Set([
  'clojure',
  'commonlisp',
  'fsharp',
  'haskell',
  'lisp',
  'matlab',
  'ocaml',
  'racket',
  'scheme',
  'vb',
]);

/** Whether the text of a line is unfinished, so that code continues it. */
export function isUnfinishedLine({ before, after }: LineContext, language: string): boolean {
  const text = before.trimEnd();
  if (language === 'diff') return false;
  if (PROSE.has(language)) return OPEN_BRACKET.test(text);
  if (endsInComment(before, language)) return false;
  if (OPEN_BRACKET.test(text) || isInString(text, language) || continues(text, language)) return true;
  // Code after the last comma is the next line of a list.
  if (text.endsWith(',')) return after.trim() !== '';
  if (/:[ \t]+$/.test(before)) return true;
  return language.startsWith('json') ? text.endsWith(':') : KEYWORD.test(before);
}

function isInString(text: string, language: string): boolean {
  if (ONLY_DOUBLE_QUOTES.has(language)) return text.replace(WHOLE_STRING, '').includes('"');
  // In PowerShell, a backtick continues a line.
  const strings = language === 'powershell' ? text.replaceAll('`', '') : text;
  return OPEN_STRING.test(strings.replace(WHOLE_STRING, ''));
}

function continues(text: string, language: string): boolean {
  if (!OPERATOR.test(text) || BLOCK_PARAMETERS.test(text)) return false;
  if (language === 'shellscript') return !BACKGROUND.test(text);
  // In a batch file, "^" continues a line.
  return !(language === 'bat' && text.endsWith('^'));
}

/** Whether the line opens a block that contains the code after it. */
export function opensBlock(before: string, language: string): boolean {
  const text = before.trimEnd();
  return (
    !PROSE.has(language) &&
    (/(?:[{:]|\b(?:then|do|else|begin))$/.test(text) || BLOCK_PARAMETERS.test(text)) &&
    !endsInComment(before, language)
  );
}
