import { relatedLanguage } from './related-languages';
import {
  type Syntax,
  COMMENT_LINES,
  DOUBLED,
  DOUBLED_LINES,
  ESCAPED,
  ESCAPED_LINES,
  LINES,
  matchToken,
  createSyntaxToken,
  createSyntax,
  regularExpressionLength,
  characterLiteralLength,
  quoteCharacterLength,
  hereDocumentAt,
  shellDocumentAt,
  blockMatcher,
} from './strings-and-comments';

const blockComment = createSyntaxToken('/*', '*/', COMMENT_LINES);

const NOT_IN_WORD = /(?:^|\W)$/;

export const quotes = [createSyntaxToken('"', '"', ESCAPED), createSyntaxToken("'", "'", ESCAPED)];

const multiLineQuotes = [
  createSyntaxToken('"', '"', ESCAPED_LINES),
  createSyntaxToken("'", "'", ESCAPED_LINES),
];

export const tripleQuotes = [
  createSyntaxToken('"""', '"""', ESCAPED_LINES),
  createSyntaxToken("'''", "'''", ESCAPED_LINES),
];

/** Without escapes, as in Kotlin and Scala. */
const rawTripleQuotes = createSyntaxToken('"""', '"""', LINES);

const template = createSyntaxToken('`', '`', { escapes: true, spansLines: true, holdsCode: true });

const slashes = { comments: ['//'], tokens: [blockComment, ...quotes] };

const c = createSyntax({
  ...slashes,
  // An apostrophe also separates the digits of a number.
  beforeApostrophe: /(?:^|\W|(?<!\w)(?:u8|[uUL]))$/,
  dynamic: matchToken(/^R"([^\s()\\]{0,16})\(/, ([mark = '']) => `)${mark}"`),
  alsoStarts: 'R',
});

const javascript = createSyntax({
  ...slashes,
  // The text of an element may contain apostrophes.
  beforeApostrophe: NOT_IN_WORD,
  tokens: [blockComment, template, ...quotes],
  skip: regularExpressionLength,
});

const jvm = createSyntax({ ...slashes, tokens: [blockComment, ...tripleQuotes, ...quotes] });

const rawJvm = createSyntax({ ...slashes, tokens: [blockComment, rawTripleQuotes, ...quotes] });

/** The text before a value: an attribute of a tag, or an operand in a script. */
const beforeValue = /(?:=|[([{,:+?]) *$/;

const markup = createSyntax({
  beforeApostrophe: beforeValue,
  beforeDoubleQuote: beforeValue,
  tokens: [
    ...quotes,
    createSyntaxToken('<!--', '-->', COMMENT_LINES),
    createSyntaxToken('<![CDATA[', ']]>', LINES),
    ...['pre', 'textarea'].map((name) => createSyntaxToken(`<${name}`, `</${name}`, LINES)),
    template,
  ],
});

/** A command or a name in backticks. */
const command = createSyntaxToken('`', '`', ESCAPED_LINES);

const hash = { comments: ['#'], tokens: [...multiLineQuotes, command] };

const python = createSyntax({
  comments: ['#'],
  tokens: [...tripleQuotes, ...quotes],
});

/** Languages that are structured by indentation and have no strings of several lines. */
const outline = createSyntax({
  comments: ['//'],
  atWord: true,
  tokens: quotes,
  beforeApostrophe: beforeValue,
  beforeDoubleQuote: beforeValue,
});

const sql = createSyntax({
  comments: ['--'],
  tokens: [
    blockComment,
    createSyntaxToken("'", "'", DOUBLED_LINES),
    createSyntaxToken('"', '"', DOUBLED),
    command,
  ],
  dynamic: matchToken(/^\$\w*\$/, (_, quote) => quote),
  alsoStarts: '$',
});

const rubyDocumentation = blockMatcher(/^=begin\b/, /^=end\b/);
const perlDocumentation = blockMatcher(/^=\w/, /^=cut\b/);
/** The data at the end of a script. */
const dataSection = blockMatcher(/^__(?:END|DATA)__$/, /(?!)/);

const luaString = matchToken(/^\[(=*)\[/, ([level = '']) => `]${level}]`);
const luaComment = matchToken(/^--\[(=*)\[/, ([level = '']) => `]${level}]`, COMMENT_LINES);

const syntaxes: Readonly<Record<string, Syntax>> = {
  c,
  cpp: c,
  'objective-c': c,
  solidity: createSyntax(slashes),
  proto3: createSyntax(slashes),
  hlsl: c,
  wgsl: createSyntax(slashes),
  css: createSyntax({ tokens: [blockComment, ...quotes] }),
  scss: createSyntax(slashes),
  less: createSyntax(slashes),
  javascript,
  javascriptreact: javascript,
  typescript: javascript,
  typescriptreact: javascript,
  java: jvm,
  kotlin: rawJvm,
  scala: rawJvm,
  swift: jvm,
  dart: jvm,
  groovy: jvm,
  json: createSyntax(slashes),
  jsonc: createSyntax(slashes),
  html: markup,
  vue: markup,
  svelte: markup,
  xml: markup,
  sql,
  csharp: createSyntax({
    ...slashes,
    tokens: [
      blockComment,
      ...['$@"', '@$"', '@"'].map((open) => createSyntaxToken(open, '"', DOUBLED_LINES)),
      ...quotes,
    ],
    dynamic: matchToken(/^"{3,}/, (_, quote) => quote),
  }),
  go: createSyntax({
    ...slashes,
    tokens: [blockComment, createSyntaxToken('`', '`', LINES), ...quotes],
  }),
  rust: createSyntax({
    comments: ['//'],
    tokens: [blockComment, createSyntaxToken('"', '"', ESCAPED_LINES)],
    skip: characterLiteralLength,
    dynamic: matchToken(/^r(#*)"/, ([hashes = '']) => `"${hashes}`),
    alsoStarts: "'r",
  }),
  php: createSyntax({
    comments: ['//', '#'],
    tokens: [blockComment, ...multiLineQuotes, command],
    beforeApostrophe: NOT_IN_WORD,
    hereDocumentAt(line, at) {
      const [all, name = ''] = /^<<<\s*["']?(\w+)["']?/.exec(line.slice(at, at + 80)) ?? [];
      if (all === undefined) return undefined;
      const end = new RegExp(`^\\s*${name}\\b`);
      // Since PHP 7.3 the end may be indented.
      return { name, end, length: all.length, inFirstColumn: false, removesIndentation: true };
    },
    alsoStarts: '<',
  }),
  python,
  cython: python,
  gdscript: python,
  starlark: python,
  pug: outline,
  jade: outline,
  sass: outline,
  haml: outline,
  slim: outline,
  ruby: createSyntax({
    ...hash,
    hereDocumentAt,
    blockAt: (line) => rubyDocumentation(line) ?? dataSection(line),
    skip: quoteCharacterLength,
    alsoStarts: '<?',
  }),
  perl: createSyntax({
    ...hash,
    beforeApostrophe: NOT_IN_WORD,
    hereDocumentAt,
    blockAt: (line) => perlDocumentation(line) ?? dataSection(line),
    alsoStarts: '<',
  }),
  shellscript: createSyntax({
    comments: ['#'],
    atWord: true,
    tokens: [
      createSyntaxToken("$'", "'", ESCAPED_LINES),
      createSyntaxToken("'", "'", LINES),
      createSyntaxToken('"', '"', { escapes: true, spansLines: true, holdsDocuments: true }),
      command,
    ],
    hereDocumentAt: shellDocumentAt,
    // An escaped character, or a here-string.
    skip: (line, at) => (line[at] === '\\' ? 2 : line.startsWith('<<<', at) ? 3 : 0),
    alsoStarts: '<\\',
  }),
  powershell: createSyntax({
    comments: ['#'],
    tokens: [
      createSyntaxToken('<#', '#>', COMMENT_LINES),
      createSyntaxToken('@"', '"@', { spansLines: true, inFirstColumn: true }),
      createSyntaxToken("@'", "'@", { spansLines: true, inFirstColumn: true }),
      createSyntaxToken('"', '"', { escapes: '`', spansLines: true, doubles: true }),
      createSyntaxToken("'", "'", DOUBLED_LINES),
    ],
    skip: (line, at) => (line[at] === '`' ? 2 : 0),
    alsoStarts: '`',
  }),
  lua: createSyntax({
    comments: ['--'],
    tokens: quotes,
    dynamic: (rest) => luaComment(rest) ?? luaString(rest),
    alsoStarts: '[',
  }),
  julia: createSyntax({
    comments: ['#'],
    tokens: [
      createSyntaxToken('#=', '=#', COMMENT_LINES),
      ...tripleQuotes.slice(0, 1),
      ...multiLineQuotes.slice(0, 1),
      command,
    ],
    skip: characterLiteralLength,
    alsoStarts: "'",
  }),
  elixir: createSyntax({
    comments: ['#'],
    tokens: [...tripleQuotes, ...multiLineQuotes],
    skip: quoteCharacterLength,
    alsoStarts: '?',
  }),
  r: createSyntax({
    ...hash,
    dynamic: matchToken(
      /^[rR](["'])(-*)([([{])/,
      ([quote = '', dashes = '', bracket = '']) => `${')]}'.charAt('([{'.indexOf(bracket))}${dashes}${quote}`,
    ),
    alsoStarts: 'rR',
  }),
  toml: createSyntax({
    comments: ['#'],
    tokens: [...tripleQuotes, createSyntaxToken('"', '"', ESCAPED), createSyntaxToken("'")],
  }),
  zig: createSyntax({ comments: ['//', '\\\\'], tokens: quotes }),
  terraform: createSyntax({
    comments: ['#', '//'],
    tokens: [blockComment, ...quotes],
    hereDocumentAt,
    alsoStarts: '<',
  }),
};

/**
 * The syntax of a language, by VS Code's identifier. Languages are left out if columns have a meaning in them (YAML,
 * F#, Haskell, Nim, Pug, Fortran …) or white space is content (Markdown, Makefile, diff, text).
 */
export function syntaxOf(language: string): Syntax | undefined {
  const related = relatedLanguage(language);
  return Object.hasOwn(syntaxes, related) ? syntaxes[related] : undefined;
}
