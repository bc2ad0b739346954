import {
  type Syntax,
  createToken,
  createSyntax,
  regularExpressionLength,
  characterLiteralLength,
  quoteCharacterLength,
  hereDocumentAt,
  shellDocumentAt,
  blockMatcher,
} from './strings-and-comments';

const blockComment = createToken('/*', '*/', { spansLines: true });

const quotes = [createToken('"', '"', { escapes: true }), createToken("'", "'", { escapes: true })];

const multiLineQuotes = [
  createToken('"', '"', { escapes: true, spansLines: true }),
  createToken("'", "'", { escapes: true, spansLines: true }),
];

const tripleQuotes = [
  createToken('"""', '"""', { escapes: true, spansLines: true }),
  createToken("'''", "'''", { escapes: true, spansLines: true }),
];

const template = createToken('`', '`', { escapes: true, spansLines: true, holdsCode: true });

const slashes = { comments: ['//'], tokens: [blockComment, ...quotes] };

const c = createSyntax({
  ...slashes,
  dynamic: (rest) => {
    const raw = /^R"([^\s()\\]{0,16})\(/.exec(rest);
    return raw ? createToken(raw[0], `)${raw[1] ?? ''}"`, { spansLines: true }) : undefined;
  },
  alsoStarts: 'R',
});

const javascript = createSyntax({
  ...slashes,
  tokens: [blockComment, template, ...quotes],
  skip: regularExpressionLength,
});

const jvm = createSyntax({ ...slashes, tokens: [blockComment, ...tripleQuotes, ...quotes] });

const markup = createSyntax({
  tokens: [
    createToken('<!--', '-->', { spansLines: true }),
    createToken('<![CDATA[', ']]>', { spansLines: true }),
    ...['pre', 'textarea'].map((name) => createToken(`<${name}`, `</${name}`, { spansLines: true })),
    template,
  ],
});

const hash = { comments: ['#'], tokens: multiLineQuotes };

const sql = createSyntax({
  comments: ['--'],
  tokens: [
    blockComment,
    createToken("'", "'", { spansLines: true, doubles: true }),
    createToken('"', '"', { doubles: true }),
  ],
  dynamic: (rest) => {
    const quote = /^\$\w*\$/.exec(rest)?.[0];
    return quote === undefined ? undefined : createToken(quote, quote, { spansLines: true });
  },
  alsoStarts: '$',
});

const rubyDocumentation = blockMatcher(/^=begin\b/, /^=end\b/);
const perlDocumentation = blockMatcher(/^=\w/, /^=cut\b/);
/** The data at the end of a script. */
const dataSection = blockMatcher(/^__(?:END|DATA)__$/, /(?!)/);

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
  kotlin: jvm,
  scala: jvm,
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
      ...['$@"', '@$"', '@"'].map((open) => createToken(open, '"', { spansLines: true, doubles: true })),
      ...quotes,
    ],
    dynamic: (rest) => {
      const raw = /^"{3,}/.exec(rest)?.[0];
      return raw === undefined ? undefined : createToken(raw, raw, { spansLines: true });
    },
  }),
  go: createSyntax({
    ...slashes,
    tokens: [blockComment, createToken('`', '`', { spansLines: true }), ...quotes],
  }),
  rust: createSyntax({
    comments: ['//'],
    tokens: [blockComment, createToken('"', '"', { escapes: true, spansLines: true })],
    skip: characterLiteralLength,
    dynamic: (rest) => {
      const raw = /^r(#*)"/.exec(rest);
      return raw ? createToken(raw[0], `"${raw[1] ?? ''}`, { spansLines: true }) : undefined;
    },
    alsoStarts: "'r",
  }),
  php: createSyntax({
    comments: ['//', '#'],
    tokens: [blockComment, ...multiLineQuotes],
    hereDocumentAt(line, at) {
      const [all, name = ''] = /^<<<\s*["']?(\w+)["']?/.exec(line.slice(at, at + 80)) ?? [];
      // Since PHP 7.3 the end may be indented, and its indentation is removed from each line.
      return all === undefined
        ? undefined
        : { name, end: new RegExp(`^\\s*${name}\\b`), length: all.length, inFirstColumn: false };
    },
    alsoStarts: '<',
  }),
  python: createSyntax({ comments: ['#'], tokens: [...tripleQuotes, ...quotes] }),
  ruby: createSyntax({
    ...hash,
    hereDocumentAt,
    blockAt: (line) => rubyDocumentation(line) ?? dataSection(line),
    skip: quoteCharacterLength,
    alsoStarts: '<?',
  }),
  perl: createSyntax({
    ...hash,
    hereDocumentAt,
    blockAt: (line) => perlDocumentation(line) ?? dataSection(line),
    alsoStarts: '<',
  }),
  shellscript: createSyntax({
    comments: ['#'],
    atWord: true,
    tokens: [
      createToken("$'", "'", { escapes: true, spansLines: true }),
      createToken("'", "'", { spansLines: true }),
      createToken('"', '"', { escapes: true, spansLines: true, holdsDocuments: true }),
    ],
    hereDocumentAt: shellDocumentAt,
    // An escaped character, or a here-string.
    skip: (line, at) => (line[at] === '\\' ? 2 : line.startsWith('<<<', at) ? 3 : 0),
    alsoStarts: '<\\',
  }),
  powershell: createSyntax({
    comments: ['#'],
    tokens: [
      createToken('<#', '#>', { spansLines: true }),
      createToken('@"', '"@', { spansLines: true, inFirstColumn: true }),
      createToken("@'", "'@", { spansLines: true, inFirstColumn: true }),
      createToken('"', '"', { escapes: '`', spansLines: true, doubles: true }),
      createToken("'", "'", { spansLines: true, doubles: true }),
    ],
    skip: (line, at) => (line[at] === '`' ? 2 : 0),
    alsoStarts: '`',
  }),
  lua: createSyntax({
    comments: [],
    tokens: [...quotes, createToken('--', '\n')],
    dynamic: (rest) => {
      const long = /^(?:--)?\[(=*)\[/.exec(rest);
      return long ? createToken(long[0], `]${long[1] ?? ''}]`, { spansLines: true }) : undefined;
    },
    alsoStarts: '[',
  }),
  julia: createSyntax({
    comments: ['#'],
    tokens: [
      createToken('#=', '=#', { spansLines: true }),
      ...tripleQuotes.slice(0, 1),
      ...multiLineQuotes.slice(0, 1),
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
    dynamic: (rest) => {
      const raw = /^[rR]["'](-*)[([{]/.exec(rest);
      const close = raw && { '(': ')', '[': ']', '{': '}' }[raw[0].slice(-1)];
      return raw && close
        ? createToken(raw[0], `${close}${raw[1] ?? ''}${raw[0].charAt(1)}`, { spansLines: true })
        : undefined;
    },
    alsoStarts: 'rR',
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
  return Object.hasOwn(syntaxes, language) ? syntaxes[language] : undefined;
}
