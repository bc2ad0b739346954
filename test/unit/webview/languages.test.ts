import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { grammarNamed, isShellSession, languageNamed } from '../../../src/protocol/languages';

/** The grammars that the highlighter can load. */
const highlighterGrammars = new Set(
  [
    ...readFileSync('src/webview/markdown/code/highlight-worker.ts', 'utf8').matchAll(
      /languages\/([\w-]+)'/g,
    ),
  ].map(([, name]) => name),
);

describe('The language of a code fence', () => {
  const grammars: Readonly<Record<string, string>> = {
    python3: 'python',
    Py: 'python',
    postgresql: 'sql',
    tsql: 'sql',
    shellscript: 'bash',
    zsh: 'bash',
    typescriptreact: 'typescript',
    tsx: 'typescript',
    jsx: 'javascript',
    json5: 'json',
    jsonc: 'json',
    console: 'shell',
    golang: 'go',
    'c++': 'cpp',
    'C#': 'csharp',
    yml: 'yaml',
    html: 'xml',
    vue: 'xml',
    toml: 'ini',
    proto: 'protobuf',
    docker: 'dockerfile',
    make: 'makefile',
    cmd: 'dos',
    ps1: 'powershell',
    tex: 'latex',
    md: 'markdown',
    sass: 'css',
    gradle: 'java',
    kt: 'kotlin',
    rs: 'rust',
    patch: 'diff',
    octave: 'matlab',
    '{python}': 'python',
    'js{1,3}': 'javascript',
    'ts:src/app.ts': 'typescript',
    '12:20:src/app.py': 'python',
    'src/app.rs': 'rust',
    'language-go': 'go',
    jl: 'julia',
    scala: 'scala',
  };
  it('tells whether the code is the output of a shell', () => {
    assert.deepEqual(['Console', 'terminal', 'shell-session', 'shell', 'bash'].map(isShellSession), [
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  for (const word of ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty']) {
    it(`is unknown if it is ${word}, a property of every object`, () => {
      assert.equal(grammarNamed(word), word.toLowerCase());
      assert.equal(languageNamed(word), undefined);
    });
  }

  for (const [word, grammar] of Object.entries(grammars)) {
    it(`${word} is highlighted as ${grammar}`, () => {
      assert.equal(grammarNamed(word), grammar);
      assert.ok(highlighterGrammars.has(grammar), 'the highlighter has this grammar');
    });
  }

  it('has a display name for every grammar of the highlighter', () => {
    for (const grammar of highlighterGrammars) {
      if (grammar !== undefined && grammar !== 'shell') assert.ok(languageNamed(grammar), grammar);
    }
  });

  it('is the given word in lower case if it is unknown', () =>
    assert.equal(grammarNamed('Brainfuck'), 'brainfuck'));
});
