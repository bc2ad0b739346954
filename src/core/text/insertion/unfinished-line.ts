import { BLOCK_PARAMETERS, PROSE, opensBlockOfLines } from './opened-block';
import { readTextBefore, type LineContext } from './text-before-cursor';

const OPEN_BRACKET = /[([]$/;
/** Without `i++`, which ends a statement where semicolons are optional. */
const OPERATOR = /(?:(?<!\+)\+|[&|^]|(?<!==)=|(?<!-)->|=>|<-)$/;
/** Operators between two operands. With spaces around them, as some of them also end a word. */
const BINARY_OPERATOR = /\S\s+(?:[-*/%<>@?]|\*\*|\/\/|<=|>=|[=!]==?|\?\?|\?:|<<|<>|>>|\.\.|!~|=~|\|>)\s+$/;
/** A sign before an operand, as in `f(*` and `x = -`. */
const PREFIX_OPERATOR = /(?:[([{,=]|\breturn)\s*(?:\*\*?|[-!~&])$|[([{,]\s*\.\.\.?$/;
/** The name of a member or a decorator follows. A number may end in a dot. */
const MEMBER = /(?:\b[A-Za-z_]\w*|[)\]}"'])(?:\?\.|\.|::)$|(?:^|\s)@$/;
/** A command that runs in the background. */
const BACKGROUND = /(?<!&)&$/;
/** With a space after it, as `return` may also be a whole statement. */
const KEYWORD =
  /\b(?:return|yield|await|in|and|or|not|throw|raise|new|typeof|import|from|export|default|print|echo|assert)\s+$/;
/** Languages whose lines are made of expressions. In others, such as a shell, a lone operator is also a word. */
const EXPRESSION_LANGUAGES: ReadonlySet<string> = new Set([
  'c',
  'coffeescript',
  'cpp',
  'csharp',
  'cython',
  'dart',
  'elixir',
  'elm',
  'fsharp',
  'gdscript',
  'go',
  'groovy',
  'haskell',
  'hlsl',
  'java',
  'javascript',
  'javascriptreact',
  'julia',
  'kotlin',
  'lua',
  'matlab',
  'nim',
  'objective-c',
  'ocaml',
  'perl',
  'php',
  'python',
  'r',
  'ruby',
  'rust',
  'scala',
  'solidity',
  'starlark',
  'swift',
  'typescript',
  'typescriptreact',
  'wgsl',
  'zig',
]);
/** Words that cannot end a line in these languages, with the space that was typed after them. */
const WORD_BEFORE_OPERAND =
  /(?:^|[^\w.$])(?:as|async|case|defer|del|delete|elif|else?if|elsif|except|extends|go|guard|if|implements|instanceof|is|lambda|match|of|range|sizeof|unless|until|void|when|while|with|yield\*|[^}\s]\s+else|#\s*(?:include|define\s+\w+(?:\([^)]*\))?|if|ifn?def|elif))\s+$/;
/** The same in languages of commands. */
const COMMAND_BEFORE_OPERAND: Readonly<Record<string, RegExp>> = {
  shellscript: /(?:^|[\s;&|(])(?:if|elif|while|until|sudo|exec|nohup|time|source)\s+$/,
  powershell:
    /\s-(?:[ci]?(?:not)?(?:eq|ne|[gl][te]|like|match|contains|in)|and|or|not|is|as|f|replace|split|join)\s+$/i,
  // Every instruction at the beginning of a line.
  dockerfile: /^\s*[A-Z]+\s+$/i,
};
/** The rest of the head of a block, after a missing condition. */
const REST_OF_HEAD = /^(?:[:{]|; *(?:then|do)\b|as\b)/;

/** Longest end of a line that is searched, in UTF-16 units. */
const SEARCHED_LENGTH = 400;

/** Whether the text of a line is unfinished, so that code continues it. */
export function isUnfinishedLine(context: LineContext, language: string, code: string): boolean {
  const before = context.before.slice(-SEARCHED_LENGTH);
  const text = before.trimEnd();
  if (language === 'diff') return false;
  if (PROSE.has(language)) return OPEN_BRACKET.test(text);
  const { hasComment, isInString } = readTextBefore(context, language);
  if (hasComment) return false;
  if (OPEN_BRACKET.test(text) || isInString) return true;
  if (opensBlockOfLines(context.before, language, code)) return false;
  if (continues(text, language) || lacksOperand(before, context.after, language)) return true;
  // Code after the last comma is the next line of a list.
  if (text.endsWith(',')) return context.after.trim() !== '';
  if (/:[ \t]+$/.test(before)) return true;
  return language.startsWith('json') ? text.endsWith(':') : KEYWORD.test(before);
}

function continues(text: string, language: string): boolean {
  if (!OPERATOR.test(text) || BLOCK_PARAMETERS.test(text)) return false;
  if (language === 'shellscript') return !BACKGROUND.test(text);
  // In a batch file, "^" continues a line.
  return !(language === 'bat' && text.endsWith('^'));
}

/** A sentence, which may be the text of an element in JSX. */
const SENTENCE = /^\s*\p{Lu}[\p{L}']*(?:[ ,]+[\p{L}']+)+\s+$/u;

function lacksOperand(before: string, after: string, language: string): boolean {
  if (language.endsWith('react') && SENTENCE.test(before)) return false;
  const lacksHead = /\w\s+$/.test(before) && REST_OF_HEAD.test(after);
  if (Object.hasOwn(COMMAND_BEFORE_OPERAND, language))
    return lacksHead || COMMAND_BEFORE_OPERAND[language]?.test(before) === true;
  const patterns = [BINARY_OPERATOR, PREFIX_OPERATOR, MEMBER, WORD_BEFORE_OPERAND];
  return (
    EXPRESSION_LANGUAGES.has(language) && (lacksHead || patterns.some((pattern) => pattern.test(before)))
  );
}
