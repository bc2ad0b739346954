/** A programming language with VS Code's language ID and its display name. */
export interface Language {
  readonly id: string;
  readonly name: string;
}

/** Language ID, name, and other words that models write after a fence. */
const languages: readonly (readonly [id: string, name: string, ...others: readonly string[]])[] = [
  ['bat', 'Batch', 'batch', 'cmd', 'dos'],
  ['bibtex', 'BibTeX', 'bib'],
  ['c', 'C', 'h'],
  ['clojure', 'Clojure', 'clj', 'cljs'],
  ['cmake', 'CMake'],
  ['coffeescript', 'CoffeeScript', 'coffee'],
  ['cpp', 'C++', 'c++', 'cc', 'cxx', 'hpp', 'h++'],
  ['csharp', 'C#', 'c#', 'cs'],
  ['css', 'CSS'],
  ['dart', 'Dart'],
  ['diff', 'Diff', 'patch'],
  ['dockerfile', 'Dockerfile', 'docker', 'containerfile'],
  ['dotenv', 'Environment', 'env'],
  ['elixir', 'Elixir', 'ex', 'exs'],
  ['erlang', 'Erlang', 'erl'],
  ['fortran', 'Fortran', 'f90', 'f95'],
  ['fsharp', 'F#', 'f#', 'fs'],
  ['go', 'Go', 'golang'],
  ['graphql', 'GraphQL', 'gql'],
  ['groovy', 'Groovy', 'gradle'],
  ['haskell', 'Haskell', 'hs'],
  ['hlsl', 'HLSL'],
  ['html', 'HTML', 'htm', 'xhtml'],
  ['ini', 'INI', 'cfg', 'conf'],
  ['java', 'Java'],
  ['javascript', 'JavaScript', 'js', 'mjs', 'cjs', 'node', 'es6', 'ecmascript'],
  ['javascriptreact', 'JavaScript React', 'jsx'],
  ['json', 'JSON'],
  ['jsonc', 'JSON with Comments', 'json5', 'hjson', 'json-with-comments'],
  ['jsonl', 'JSON Lines', 'ndjson'],
  ['julia', 'Julia', 'jl'],
  ['kotlin', 'Kotlin', 'kt', 'kts'],
  ['latex', 'LaTeX'],
  ['lean4', 'Lean', 'lean'],
  ['less', 'Less'],
  ['lua', 'Lua'],
  ['makefile', 'Makefile', 'make', 'mk'],
  ['markdown', 'Markdown', 'md', 'mdx', 'mdc', 'mkdown', 'mkd', 'rmd', 'qmd'],
  ['matlab', 'MATLAB', 'octave'],
  ['nix', 'Nix'],
  ['objective-c', 'Objective-C', 'objectivec', 'objc', 'mm'],
  ['ocaml', 'OCaml', 'ml'],
  ['pascal', 'Pascal', 'delphi'],
  ['perl', 'Perl', 'pl'],
  ['php', 'PHP'],
  ['plaintext', 'Text', 'text', 'txt', 'plain', 'output', 'none'],
  ['powershell', 'PowerShell', 'ps1', 'pwsh', 'ps'],
  ['properties', 'Properties'],
  ['proto3', 'Protocol Buffers', 'proto', 'protobuf'],
  ['python', 'Python', 'py', 'python3', 'py3', 'python2', 'pycon', 'ipython', 'gyp'],
  ['r', 'R'],
  ['ruby', 'Ruby', 'rb'],
  ['rust', 'Rust', 'rs'],
  ['scala', 'Scala'],
  ['scss', 'SCSS', 'sass'],
  [
    'shellscript',
    'Shell',
    'sh',
    'bash',
    'zsh',
    'shell',
    'ksh',
    'fish',
    'console',
    'terminal',
    'shell-session',
  ],
  ['solidity', 'Solidity', 'sol'],
  [
    'sql',
    'SQL',
    'mysql',
    'mariadb',
    'postgresql',
    'postgres',
    'pgsql',
    'plpgsql',
    'plsql',
    'tsql',
    'mssql',
    'sqlite',
    'sqlite3',
  ],
  ['svelte', 'Svelte'],
  ['swift', 'Swift'],
  ['terraform', 'Terraform', 'tf', 'hcl'],
  ['tex', 'TeX'],
  ['toml', 'TOML'],
  ['typescript', 'TypeScript', 'ts', 'mts', 'cts'],
  ['typescriptreact', 'TypeScript React', 'tsx'],
  ['vb', 'Visual Basic', 'vbnet', 'vb.net', 'vba'],
  ['vue', 'Vue'],
  ['wgsl', 'WGSL'],
  ['xml', 'XML', 'svg', 'xsl', 'xsd', 'rss', 'plist', 'xaml'],
  ['yaml', 'YAML', 'yml', 'docker-compose', 'dockercompose'],
  ['zig', 'Zig'],
];

const known: ReadonlyMap<string, Language> = new Map(
  languages.flatMap(([id, name, ...others]) => [id, ...others].map((word) => [word, { id, name }] as const)),
);

/**
 * The language for the first word of the info string of a fence, ignoring case; undefined for an unknown one. Models also
 * write `{python}`, `js{1,3}`, `ts:src/app.ts` and `src/app.ts`.
 */
export function languageNamed(word: string): Language | undefined {
  const name = word.toLowerCase();
  const [, first = ''] = /^\{?\.?(?:lang(?:uage)?-)?([^\s{}:,;=]+)/.exec(name) ?? [];
  const [, extension = ''] = /\.(\w+)(?::\d[\d:-]*)?\}?$/.exec(name) ?? [];
  return known.get(name) ?? known.get(first) ?? known.get(extension);
}

/** Whether two words mean the same language, such as `py` and VS Code's language ID. */
export function isSameLanguage(one: string, other: string): boolean {
  const idOf = (word: string): string => languageNamed(word)?.id ?? word;
  return idOf(one) === idOf(other);
}

/**
 * Languages that highlight.js knows by another name, or for which a related grammar is used. This is a map because a
 * model may write `constructor` as a language, which is a property of every object.
 */
const grammars: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bat: 'dos',
    bibtex: 'latex',
    c: 'cpp',
    dart: 'java',
    dotenv: 'bash',
    groovy: 'java',
    hlsl: 'cpp',
    html: 'xml',
    javascriptreact: 'javascript',
    jsonc: 'json',
    jsonl: 'json',
    less: 'css',
    'objective-c': 'cpp',
    proto3: 'protobuf',
    scss: 'css',
    shellscript: 'bash',
    solidity: 'javascript',
    svelte: 'xml',
    swift: 'kotlin',
    tex: 'latex',
    toml: 'ini',
    typescriptreact: 'typescript',
    vue: 'xml',
  }),
);
/** Shell sessions contain prompts and output besides commands. */
const sessions: ReadonlySet<string> = new Set(['console', 'shell-session', 'terminal']);

/** Whether the info string of a fence stands for a shell session with its output, in which white space is content. */
export function isShellSession(word: string): boolean {
  return sessions.has(word.toLowerCase());
}

/** The grammar of highlight.js for the info string of a fence; the info string itself if the language is unknown. */
export function grammarNamed(word: string): string {
  const name = word.toLowerCase();
  if (isShellSession(name)) return 'shell';
  const id = languageNamed(name)?.id ?? name;
  return grammars.get(id) ?? id;
}
