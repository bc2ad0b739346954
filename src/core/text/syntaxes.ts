/** A string or a comment. */
export interface Token {
  readonly open: string;
  readonly close: string;
  readonly spansLines: boolean;
  /** Whether a backslash takes its meaning off what follows. */
  readonly escapes: boolean;
  /** Whether it ends only where its end is in the first column. */
  readonly inFirstColumn: boolean;
  /** Finds its end, and what must not be taken for it. */
  readonly stops: RegExp;
}

/** A document that begins on the line behind the one which announces it. */
export interface HereDocument {
  readonly name: string;
  /** The line that ends it. */
  readonly end: RegExp;
  /** Length of what announces it, in UTF-16 units. */
  readonly length: number;
  readonly inFirstColumn: boolean;
}

/** The beginnings of tokens in a language that may span several lines. */
export interface Syntax {
  /** Inside of a character class: what a token or a comment can begin with. */
  readonly starts: string;
  isLineComment(line: string, at: number): boolean;
  tokenAt(line: string, at: number): Token | undefined;
  hereDocumentAt?(line: string, at: number): HereDocument | undefined;
  /** A part of a file that a whole line begins in the first column, such as documentation in Perl. */
  blockAt?(line: string): HereDocument | undefined;
  /** Length of what only looks like a token. */
  skip?(line: string, at: number): number;
}

type TokenOptions = Partial<Pick<Token, 'spansLines' | 'escapes' | 'inFirstColumn'>> & {
  /** Whether its end written twice stands for itself. */
  readonly doubles?: boolean;
  readonly holdsCode?: boolean;
  readonly holdsDocuments?: boolean;
};

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function token(open: string, close = open, options: TokenOptions = {}): Token {
  const { spansLines = false, escapes = false, inFirstColumn = false } = options;
  const { doubles, holdsCode, holdsDocuments } = options;
  const passed = [
    escapes ? '\\\\[^]' : '',
    doubles ? escaped(close + close) : '',
    holdsCode ? '\\$\\{' : '',
    holdsDocuments ? '<<' : '',
    inFirstColumn ? `^${escaped(close)}` : escaped(close),
  ].filter((part) => part !== '');
  return { open, close, spansLines, escapes, inFirstColumn, stops: new RegExp(passed.join('|'), 'g') };
}

const blockComment = token('/*', '*/', { spansLines: true });
const quotes = [token('"', '"', { escapes: true }), token("'", "'", { escapes: true })];
const multiLineQuotes = [
  token('"', '"', { escapes: true, spansLines: true }),
  token("'", "'", { escapes: true, spansLines: true }),
];
const tripleQuotes = [
  token('"""', '"""', { escapes: true, spansLines: true }),
  token("'''", "'''", { escapes: true, spansLines: true }),
];
const template = token('`', '`', { escapes: true, spansLines: true, holdsCode: true });

interface Parts extends Partial<Pick<Syntax, 'hereDocumentAt' | 'blockAt' | 'skip'>> {
  readonly comments?: readonly string[];
  /** Whether a comment must stand behind white space. */
  readonly atWord?: boolean;
  /** Longer ones first. */
  readonly tokens: readonly Token[];
  /** Tokens whose end depends on how they begin. */
  readonly dynamic?: (rest: string) => Token | undefined;
  readonly alsoStarts?: string;
}

function syntax({
  comments = [],
  atWord = false,
  tokens,
  dynamic,
  alsoStarts = '',
  ...others
}: Parts): Syntax {
  const first = [...comments, ...tokens.map(({ open }) => open)].map((text) => text.charAt(0)).join('');
  return {
    ...others,
    starts: (first + alsoStarts).replace(/[\\^\]-]/g, '\\$&'),
    isLineComment: (line, at) =>
      comments.some((comment) => line.startsWith(comment, at)) &&
      (!atWord || at === 0 || /[\s;&|(]/.test(line.charAt(at - 1))),
    tokenAt: (line, at) =>
      dynamic?.(line.slice(at, at + 80)) ?? tokens.find(({ open }) => line.startsWith(open, at)),
  };
}

/** A regular expression of JavaScript, which may have quotes within; a division stands behind a value. */
function regularExpression(line: string, at: number): number {
  if (
    line[at] !== '/' ||
    /[\w)\]}"'`]\s*$/.test(line.slice(Math.max(0, at - 40), at).replace(/\breturn\s*$/, ''))
  )
    return 0;
  return /^\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\//.exec(line.slice(at, at + 400))?.[0].length ?? 0;
}

/** A character, or a lifetime of Rust. */
function character(line: string, at: number): number {
  if (line[at] !== "'") return 0;
  return /^'(?:\\.[^']{0,8}|[^\\'])'|^'\w*/u.exec(line.slice(at, at + 16))?.[0].length ?? 1;
}

/** A here-document of a shell, of Ruby and of Perl; with a tilde its end may be indented. */
function hereDocument(line: string, at: number): HereDocument | undefined {
  return hereDocumentIn(/^<<([-~]?)(?:(["'])([^"']+)\2|([A-Za-z_]\w*))/.exec(line.slice(at, at + 120)));
}

function shellDocument(line: string, at: number): HereDocument | undefined {
  return hereDocumentIn(/^<<(-?)\s*(?:(["'])([^"']+)\2|\\?([A-Za-z_]\w*))/.exec(line.slice(at, at + 120)));
}

function hereDocumentIn(announced: RegExpExecArray | null): HereDocument | undefined {
  if (!announced) return undefined;
  const [all, mark = '', , quotedName, name = ''] = announced;
  const end = escaped(quotedName ?? name);
  return {
    name: quotedName ?? name,
    end: new RegExp(mark === '' ? `^${end};?$` : `^\\s*${end}$`),
    length: all.length,
    // A shell takes off tabs alone; what is indented by spaces would not end it.
    inFirstColumn: mark !== '~',
  };
}

function block(start: RegExp, end: RegExp): (line: string) => HereDocument | undefined {
  return (line) => (start.test(line) ? { name: '', end, length: 0, inFirstColumn: true } : undefined);
}

const slashes = { comments: ['//'], tokens: [blockComment, ...quotes] };
const c = syntax({
  ...slashes,
  dynamic: (rest) => {
    const raw = /^R"([^\s()\\]{0,16})\(/.exec(rest);
    return raw ? token(raw[0], `)${raw[1] ?? ''}"`, { spansLines: true }) : undefined;
  },
  alsoStarts: 'R',
});
const javascript = syntax({
  ...slashes,
  tokens: [blockComment, template, ...quotes],
  skip: regularExpression,
});
const jvm = syntax({ ...slashes, tokens: [blockComment, ...tripleQuotes, ...quotes] });
const markup = syntax({
  tokens: [
    token('<!--', '-->', { spansLines: true }),
    token('<![CDATA[', ']]>', { spansLines: true }),
    ...['pre', 'textarea'].map((name) => token(`<${name}`, `</${name}`, { spansLines: true })),
    template,
  ],
});
const hash = { comments: ['#'], tokens: multiLineQuotes };
const sql = syntax({
  comments: ['--'],
  tokens: [
    blockComment,
    token("'", "'", { spansLines: true, doubles: true }),
    token('"', '"', { doubles: true }),
  ],
  dynamic: (rest) => {
    const quote = /^\$\w*\$/.exec(rest)?.[0];
    return quote === undefined ? undefined : token(quote, quote, { spansLines: true });
  },
  alsoStarts: '$',
});

const syntaxes: Readonly<Record<string, Syntax>> = {
  ...{
    c,
    cpp: c,
    'objective-c': c,
    solidity: syntax(slashes),
    proto3: syntax(slashes),
    hlsl: c,
    wgsl: syntax(slashes),
  },
  ...{ css: syntax({ tokens: [blockComment, ...quotes] }), scss: syntax(slashes), less: syntax(slashes) },
  ...{ javascript, javascriptreact: javascript, typescript: javascript, typescriptreact: javascript },
  ...{ java: jvm, kotlin: jvm, scala: jvm, swift: jvm, dart: jvm, groovy: jvm },
  ...{
    json: syntax(slashes),
    jsonc: syntax(slashes),
    html: markup,
    vue: markup,
    svelte: markup,
    xml: markup,
    sql,
  },
  csharp: syntax({
    ...slashes,
    tokens: [
      blockComment,
      ...['$@"', '@$"', '@"'].map((open) => token(open, '"', { spansLines: true, doubles: true })),
      ...tripleQuotes,
      ...quotes,
    ],
  }),
  go: syntax({ ...slashes, tokens: [blockComment, token('`', '`', { spansLines: true }), ...quotes] }),
  rust: syntax({
    comments: ['//'],
    tokens: [blockComment, token('"', '"', { escapes: true, spansLines: true })],
    skip: character,
    dynamic: (rest) => {
      const raw = /^r(#*)"/.exec(rest);
      return raw ? token(raw[0], `"${raw[1] ?? ''}`, { spansLines: true }) : undefined;
    },
    alsoStarts: "'r",
  }),
  php: syntax({
    comments: ['//', '#'],
    tokens: [blockComment, ...multiLineQuotes],
    hereDocumentAt(line, at) {
      const [all, name = ''] = /^<<<\s*["']?(\w+)["']?/.exec(line.slice(at, at + 80)) ?? [];
      // Since PHP 7.3 its end may be indented, and what it is indented by is taken off each line.
      return all === undefined
        ? undefined
        : { name, end: new RegExp(`^\\s*${name}\\b`), length: all.length, inFirstColumn: false };
    },
    alsoStarts: '<',
  }),
  python: syntax({ comments: ['#'], tokens: [...tripleQuotes, ...quotes] }),
  ruby: syntax({
    ...hash,
    hereDocumentAt: hereDocument,
    blockAt: block(/^=begin\b/, /^=end\b/),
    alsoStarts: '<',
  }),
  perl: syntax({ ...hash, hereDocumentAt: hereDocument, blockAt: block(/^=\w/, /^=cut\b/), alsoStarts: '<' }),
  shellscript: syntax({
    comments: ['#'],
    atWord: true,
    tokens: [
      token("'", "'", { spansLines: true }),
      token('"', '"', { escapes: true, spansLines: true, holdsDocuments: true }),
    ],
    hereDocumentAt: shellDocument,
    // An escaped character, or a string argument.
    skip: (line, at) => (line[at] === '\\' ? 2 : line.startsWith('<<<', at) ? 3 : 0),
    alsoStarts: '<\\',
  }),
  powershell: syntax({
    comments: ['#'],
    tokens: [
      token('<#', '#>', { spansLines: true }),
      token('@"', '"@', { spansLines: true, inFirstColumn: true }),
      token("@'", "'@", { spansLines: true, inFirstColumn: true }),
      token('"', '"', { spansLines: true, doubles: true }),
      token("'", "'", { spansLines: true, doubles: true }),
    ],
    skip: (line, at) => (line[at] === '`' ? 2 : 0),
    alsoStarts: '`',
  }),
  lua: syntax({
    comments: [],
    tokens: [...quotes, token('--', '\n')],
    dynamic: (rest) => {
      const long = /^(?:--)?\[(=*)\[/.exec(rest);
      return long ? token(long[0], `]${long[1] ?? ''}]`, { spansLines: true }) : undefined;
    },
    alsoStarts: '[',
  }),
  julia: syntax({
    comments: ['#'],
    tokens: [
      token('#=', '=#', { spansLines: true }),
      ...tripleQuotes.slice(0, 1),
      ...multiLineQuotes.slice(0, 1),
    ],
    skip: character,
    alsoStarts: "'",
  }),
  elixir: syntax({ comments: ['#'], tokens: [...tripleQuotes, ...multiLineQuotes] }),
  r: syntax(hash),
  zig: syntax({ comments: ['//', '\\\\'], tokens: quotes }),
  terraform: syntax({
    comments: ['#', '//'],
    tokens: [blockComment, ...quotes],
    hereDocumentAt: hereDocument,
    alsoStarts: '<',
  }),
};

/**
 * The syntax of a language, by VS Code's identifier. Not here are languages whose columns have a meaning (YAML, F#,
 * Haskell, Nim, Pug, Fortran …) or whose white space is content (Markdown, Makefile, diff, text).
 */
export function syntaxOf(language: string): Syntax | undefined {
  return Object.hasOwn(syntaxes, language) ? syntaxes[language] : undefined;
}
