import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { grammarNamed, languageNamed } from '../../../src/protocol/languages';

/** The grammars that the highlighter loads. */
const loaded = new Set(
  [
    ...readFileSync('src/webview/markdown/code/highlight-worker.ts', 'utf8').matchAll(
      /languages\/([\w-]+)'/g,
    ),
  ].map(([, name]) => name),
);

describe('The language of a fence', () => {
  const words: Readonly<Record<string, string>> = {
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
    ...{
      toml: 'ini',
      proto: 'protobuf',
      docker: 'dockerfile',
      make: 'makefile',
      cmd: 'dos',
      ps1: 'powershell',
    },
    ...{
      tex: 'latex',
      md: 'markdown',
      sass: 'css',
      gradle: 'java',
      kt: 'kotlin',
      rs: 'rust',
      patch: 'diff',
      octave: 'matlab',
      jl: 'julia',
      scala: 'scala',
    },
  };
  for (const word of ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty']) {
    it(`is unknown where it says ${word}, which every object has`, () => {
      assert.equal(grammarNamed(word), word.toLowerCase());
      assert.equal(languageNamed(word), undefined);
    });
  }

  for (const [word, grammar] of Object.entries(words)) {
    it(`is coloured as ${grammar} where it says ${word}`, () => {
      assert.equal(grammarNamed(word), grammar);
      assert.ok(loaded.has(grammar), 'the highlighter has it');
    });
  }

  it('has a name for people wherever it has a colour', () => {
    for (const grammar of loaded) {
      if (grammar !== undefined && grammar !== 'shell') assert.ok(languageNamed(grammar), grammar);
    }
  });

  it('is the word itself where it is not known', () => assert.equal(grammarNamed('Brainfuck'), 'brainfuck'));
});
