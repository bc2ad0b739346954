import { quotes, syntaxOf, tripleQuotes } from './language-syntaxes';
import {
  characterLiteralLength,
  createSyntax,
  createSyntaxToken,
  DOUBLED,
  ESCAPED_LINES,
  type Syntax,
  type SyntaxOptions,
} from './strings-and-comments';
import { isYaml } from './yaml-languages';

/** The text before a string where other text may contain quotation marks. */
const beforeValue = /(?:^|[\s([{=,:+]|(?<!\w)(?:[fruLN]|[rR]?b))$/;

const common: SyntaxOptions = {
  tokens: [...tripleQuotes, ...quotes, createSyntaxToken('`', '`', ESCAPED_LINES)],
  atWord: true,
  beforeApostrophe: beforeValue,
  // After a digit, the quotation mark is the sign for inches.
  beforeDoubleQuote: /(?:^|\D|[A-Za-z_]\w*)$/,
  // A mark before a name, such as that of a label.
  skip: (line, at) => (line[at] === "'" && /^'\w[^']*$/.test(line.slice(at)) ? 1 : 0),
  commentLine: /^\s*(?:#|\/\/|--|;|%|!|'|\(\*|\*\s|<!--|::|rem\b)|\s#\s/i,
};

/** Languages in which an apostrophe or a backtick is not a quotation mark. */
const onlyDoubleQuotes: SyntaxOptions = {
  ...common,
  tokens: [tripleQuotes, quotes].flatMap(([doubleQuote]) => doubleQuote ?? []),
  skip: characterLiteralLength,
  alsoStarts: "'",
};

const rawDoubleQuote = createSyntaxToken('"', '"', DOUBLED);
const rawQuotes = [rawDoubleQuote, createSyntaxToken("'", "'", DOUBLED)];
/** Languages in which a backslash has no meaning in a string. */
const withoutEscapes: SyntaxOptions = {
  ...common,
  tokens: rawQuotes,
  // After a value, an apostrophe transposes a matrix.
  beforeApostrophe: /(?:^|[^\w)\]}'.])$/,
};

/** The marks of comments, the strings, and the languages. */
const families: readonly (readonly [
  comments: readonly string[],
  options: SyntaxOptions,
  languages: readonly string[],
])[] = [
  [[';'], onlyDoubleQuotes, ['asm', 'clojure', 'commonlisp', 'lisp', 'racket', 'scheme']],
  [['--'], onlyDoubleQuotes, ['ada', 'elm', 'haskell', 'lean4', 'purescript', 'vhdl']],
  [['//'], onlyDoubleQuotes, ['fsharp', 'systemverilog', 'verilog']],
  [['%'], onlyDoubleQuotes, ['erlang']],
  [['(*'], onlyDoubleQuotes, ['ocaml']],
  [['%'], withoutEscapes, ['matlab', 'octave']],
  [['!'], withoutEscapes, ['cobol', 'fortran', 'FortranFixedForm', 'FortranFreeForm']],
  [['//'], withoutEscapes, ['pascal']],
  [['#', ';'], withoutEscapes, ['dotenv', 'ini', 'properties']],
  [["'"], { ...withoutEscapes, tokens: [rawDoubleQuote] }, ['bat', 'vb']],
  [['"'], { ...common, tokens: [] }, ['viml']],
  [['#'], common, ['cmake', 'coffeescript', 'dockerfile', 'just', 'makefile', 'nim', 'nix']],
  [['#'], { ...common, tokens: [...tripleQuotes, quotes[0] ?? rawDoubleQuote, ...rawQuotes] }, ['yaml']],
];

const other = createSyntax(common);
const syntaxes = new Map<string, Syntax>(
  families.flatMap(([comments, options, languages]) => {
    const syntax = createSyntax({ ...options, comments });
    return languages.map((language) => [language, syntax] as const);
  }),
);

/**
 * The syntax with which the line of the cursor is read. For an unknown language, it is the one that most languages
 * share.
 */
export function lineSyntaxOf(language: string): Syntax {
  return syntaxOf(language) ?? syntaxes.get(isYaml(language) ? 'yaml' : language) ?? other;
}
