import { isBlockHead } from './block-heads';
import { readTextBefore, type LineContext } from './text-before-cursor';

/** Documents of prose, in which neither a keyword nor a colon at the end of a line means that code follows. */
export const PROSE: ReadonlySet<string> = new Set([
  'markdown',
  'plaintext',
  'latex',
  'tex',
  'restructuredtext',
  'asciidoc',
  'git-commit',
]);
const BLOCK_START = /(?:[{:]|\b(?:then|do|else|begin))$/;
/** The parameters of a block in Ruby. */
export const BLOCK_PARAMETERS = /(?:\bdo|\{)\s*\|[^|]*\|$/;
/** A word that opens a block, without that of the head of a file, whose declarations are at the same depth. */
const BLOCK_WORD = /^(?!module\b).*\b(?:finally|in|let|match|of|try|where|with)$/;
const BLOCK_WORD_LANGUAGES: ReadonlySet<string> = new Set([
  'elm',
  'fsharp',
  'haskell',
  'purescript',
  'scala',
]);
/** Languages in which several lines after `=` or an arrow at the end of a line are a block. */
const EQUALS_LANGUAGES: ReadonlySet<string> = new Set([
  ...BLOCK_WORD_LANGUAGES,
  'coffeescript',
  'nim',
  'ocaml',
]);
/** Languages in which several lines after an arrow are a block. */
const ARROW_LANGUAGES: ReadonlySet<string> = new Set([...EQUALS_LANGUAGES, 'elixir', 'erlang', 'kotlin']);
const EQUALS = /(?:^|[^=<>!:+*/-])=$/;
const ARROW = /[-=]>$/;
/** The head of a block of Python with a space after its colon. */
const PYTHON_BLOCK =
  /^\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|try|except|finally|with|match|case|func)\b.*:[ \t]+$/;
const LIKE_PYTHON: ReadonlySet<string> = new Set(['python', 'cython', 'gdscript', 'nim', 'starlark']);

/** Whether the line opens a block that contains the code after it. */
export function opensBlock(context: LineContext, language: string, code: string): boolean {
  if (PROSE.has(language)) return false;
  const { code: before } = readTextBefore(context, language);
  const text = before.trimEnd();
  return (
    BLOCK_START.test(text) ||
    BLOCK_PARAMETERS.test(text) ||
    (BLOCK_WORD_LANGUAGES.has(language) && BLOCK_WORD.test(text)) ||
    isBlockHead(text, language, code) ||
    opensBlockOfLines(before, language, code)
  );
}

/** Whether the line opens a block for code of several lines, although a single line would continue it. */
export function opensBlockOfLines(before: string, language: string, code: string): boolean {
  if (!code.trimEnd().includes('\n')) return false;
  return (
    (EQUALS_LANGUAGES.has(language) && EQUALS.test(before)) ||
    (ARROW_LANGUAGES.has(language) && ARROW.test(before)) ||
    (LIKE_PYTHON.has(language) && PYTHON_BLOCK.test(before))
  );
}
