import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insertionAtCursor } from '../../../../../src/core/text/insertion/insertion';
import { runs } from '../../../../support/promises';
import { insert, spaces, tabs } from './insert-code';

const python = 'def f(x):\n    if x:\n        return 1\n    return 2\n';

describe('Code that is inserted', () => {
  it('is inserted unchanged if nothing is indented', () => {
    assert.equal(insert(python, '‸'), python.trimEnd());
    assert.equal(insert('      a\n        b\n', '‸', { language: 'c' }), '      a\n        b');
  });

  it('is indented like the cursor and keeps its spaces', () => {
    assert.equal(
      insert(python, '    ‸'),
      '    def f(x):\n        if x:\n            return 1\n        return 2',
    );
    assert.equal(
      insert('a {\n  b {\n    c\n  }\n}\n', '    ‸', { language: 'c' }),
      '    a {\n      b {\n        c\n      }\n    }',
    );
  });

  it('uses the tabs of its place if its indentation consists of whole steps', () => {
    assert.equal(
      insert(python, '\t‸', { style: tabs }),
      '\tdef f(x):\n\t\tif x:\n\t\t\treturn 1\n\t\treturn 2',
    );
    assert.equal(
      insert('a {\n  b {\n    c\n  }\n}\n', '‸', { style: tabs, language: 'c' }),
      'a {\n\tb {\n\t\tc\n\t}\n}',
    );
  });

  for (const language of ['gdscript', 'starlark', 'pug', 'haml', 'sass']) {
    it(`uses the tabs of its place in a language that does not allow both: ${language}`, () => {
      assert.equal(insert('a:\n  b:\n    c\n', '\t‸', { language, style: tabs }), '\ta:\n\t\tb:\n\t\t\tc');
    });
  }

  for (const language of ['astro', 'crystal', 'erb', 'glsl', 'graphql', 'prisma', 'razor', 'toml']) {
    it(`uses the tabs or spaces of its place in a language that resembles another: ${language}`, () => {
      assert.equal(insert('a:\n  b:\n    c\n', '\t‸', { language, style: tabs }), '\ta:\n\t\tb:\n\t\t\tc');
      assert.equal(
        insert('a:\n\tb:\n\t\tc\n', '  ‸', { language, style: spaces(2) }),
        '  a:\n    b:\n      c',
      );
    });
  }

  it('uses the tabs or spaces of its line, regardless of the editor setting', () => {
    assert.equal(insert('a:\n    b\n', '\t‸'), '\ta:\n\t\tb');
    assert.equal(insert('a:\n\tb\n', '  ‸', { style: tabs }), '  a:\n      b');
  });

  it('replaces its tabs by the spaces of its place and keeps alignment after them', () => {
    assert.equal(
      insert('a {\n\tb(c,\n\t  d);\n}\n', '‸', { style: spaces(2), language: 'c' }),
      'a {\n  b(c,\n    d);\n}',
    );
  });

  for (const [condition, code] of [
    ['one line is not indented by whole steps', 'if a:\n    b\n      .c\n'],
    ['a line is aligned', 'f(a,\n        b)\nif a:\n    b\n'],
    ['the step is unusual', 'f(a,\n       b)\n'],
    ['tabs and spaces are mixed', 'if a:\n    b\n\tc\n'],
  ] as const) {
    it(`keeps its spaces next to tabs if ${condition}`, () => {
      assert.equal(insert(code, '‸', { style: tabs }), code.trimEnd());
    });
  }

  it('keeps the white space in strings, comments and here-documents, and uses the tabs of its place around them', () => {
    const code = 'void f() {\n    /* a\n       b */\n    g("x\\\n  y");\n}\n';
    assert.equal(
      insert(code, '\t‸', { language: 'c', style: tabs }),
      '\tvoid f() {\n\t\t/* a\n\t       b */\n\t\tg("x\\\n\t  y");\n\t}',
    );
  });

  for (const language of [
    '',
    'plaintext',
    'diff',
    'makefile',
    'yaml',
    'haskell',
    'fsharp',
    'nim',
    'markdown',
    'fortran',
    'no such language',
  ]) {
    it(`keeps its tabs and spaces in ${language || 'an unknown language'}`, () => {
      assert.equal(insert('a:\n\tb\n', '‸', { language }), 'a:\n\tb');
      assert.equal(insert('a:\n    b\n', '‸', { language, style: tabs }), 'a:\n    b');
    });
  }

  it('uses the tabs of its place after strings with quotation marks of their language', () => {
    for (const [language, code] of [
      ['shellscript', "a=$'it\\'s'"],
      ['shellscript', "cat <<'---'\n  a\n---"],
      ['ruby', 'a = ?"'],
      ['elixir', 'a = ?"'],
      ['r', `a <- r"(it's "b)"`],
      ['powershell', '$a = "b `" c"'],
      ['csharp', 'var a = """"\n  """\n  """";'],
    ] as const) {
      const end = insert(`${code}\nb {\n    c\n}\n`, '\t‸', { language, style: tabs });
      assert.equal(end.slice(-'\n\tb {\n\t\tc\n\t}'.length), '\n\tb {\n\t\tc\n\t}', end);
    }
  });

  it('keeps all spaces if a string in it does not end, because it may be misread', () => {
    for (const language of ['ruby', 'perl', 'php', 'javascript']) {
      const code = 'if a {\n    b\n}\nc = %q(`"\'\nif d {\n    e\n}';
      const expected = code.replaceAll(/^(?=.)/gm, '\t');
      assert.equal(insert(`${code}\n`, '\t‸', { language, style: tabs }), expected, language);
    }
  });

  it('keeps a line with a form feed', () => {
    assert.equal(insert('a;\n\f\nb;\n', '  ‸', { language: 'c' }), '  a;\n  \f\n  b;');
  });

  it('keeps its tabs in a makefile, whatever its language', () => {
    assert.equal(
      insert('a:\n\tb\n', '‸', { language: 'shellscript', documentLanguage: 'makefile' }),
      'a:\n\tb',
    );
  });

  it('replaces its common indentation by that of its place', () => {
    assert.equal(insert('      a\n        b\n', '  ‸', { style: spaces(2) }), '  a\n    b');
  });

  it('leaves empty lines empty', () => {
    assert.equal(insert('a\n\n   \nb\n', '\t‸', { style: tabs }), '\ta\n\n\n\tb');
  });
});

describe('S7 Any code is inserted as it is shown', () => {
  const anyLine = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '$1',
      '${X}',
      '\\',
      '"""',
      "'''",
      '`',
      '/*',
      '*/',
      '<<EOF',
      'EOF',
      '=begin',
      '@"',
      '"@',
      '{',
      '}',
      '#',
      '//',
      "'",
    ),
    fc.stringMatching(/^[ \t]{0,9}[a-z({:]{0,3}$/),
  );
  const anyCode = fc.array(
    anyLine.map((text) => text.replace(/[\r\n]/g, '')),
    { minLength: 1, maxLength: 12 },
  );
  const anyBefore = fc.stringMatching(/^[ \t]{0,6}[a-z(=]{0,3}$/);
  const anyAfter = fc.constantFrom('', 'x', '  x', ')');
  const anyStyle = fc.record({ insertSpaces: fc.boolean(), tabSize: fc.integer({ min: 1, max: 8 }) });
  const anyLanguage = fc.constantFrom(
    '',
    'python',
    'javascript',
    'c',
    'shellscript',
    'ruby',
    'yaml',
    'diff',
    'html',
    'sql',
    'powershell',
    'rust',
    'lua',
    'php',
  );

  it('except for white space at the beginning of lines', () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.constantFrom('\n', '\r\n'),
        anyBefore,
        anyAfter,
        anyStyle,
        anyLanguage,
        (lines, eol, before, after, style, language) => {
          const { text, replacedLength } = insertionAtCursor(
            { code: lines.join(eol) + eol, style, language, documentLanguage: '' },
            { above: [], before, after, below: '' },
          );
          const trimmed = (texts: readonly string[]): readonly string[] =>
            texts.map((line) => line.replace(/^[ \t]+/, '')).filter((line) => line.trim() !== '');
          assert.deepEqual(trimmed(text.split('\n')), trimmed(lines));
          assert.equal(after.slice(0, replacedLength).trim(), '');
        },
      ),
      { numRuns: runs(500, 20_000) },
    );
  });

  it('equally for all lines with the same indentation', () => {
    fc.assert(
      fc.property(anyCode, anyBefore, anyStyle, anyLanguage, (lines, before, style, language) => {
        const { text } = insertionAtCursor(
          { code: `x\n${lines.join('\n')}\n`, style, language, documentLanguage: '' },
          { above: [], before: `${before}(`, after: '', below: '' },
        );
        const insertedLines = text.split('\n').slice(1);
        const resultsByIndent = new Map<string, Set<string>>();
        lines.forEach((line, number) => {
          if (line.trim() === '') return;
          const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
          const newIndent = /^[ \t]*/.exec(insertedLines[number] ?? '')?.[0] ?? '';
          resultsByIndent.set(indent, (resultsByIndent.get(indent) ?? new Set()).add(newIndent));
        });
        // Up to three: as code, within a string or a comment, and in a here-document.
        for (const results of resultsByIndent.values())
          assert.ok(results.size <= 3, JSON.stringify([...results]));
      }),
      { numRuns: runs(300, 10_000) },
    );
  });

  it('quickly for 100,000 lines', () => {
    const longCode = 'if x {\n    f("a"); // b\n}\n'.repeat(33_334);
    const { text } = insertionAtCursor(
      { code: longCode, style: tabs, language: 'javascript', documentLanguage: '' },
      { above: [], before: '\t', after: '', below: '' },
    );
    assert.equal(text.split('\n').length, 100_002);
  });
});
