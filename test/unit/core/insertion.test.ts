import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IndentStyle } from '../../../src/core/text/indent-inserted-code';
import { insertionAtCursor, insertionInSelection } from '../../../src/core/text/insertion';
import { runs } from '../../support/promises';

const spaces = (tabSize: number): IndentStyle => ({ insertSpaces: true, tabSize });
const tabs = { insertSpaces: false, tabSize: 4 };
const python = 'def f(x):\n    if x:\n        return 1\n    return 2\n';

interface At {
  readonly style?: IndentStyle;
  readonly language?: string;
  readonly documentLanguage?: string;
}

/** A line with code inserted at ‸. */
function insert(
  code: string,
  line: string,
  { style = spaces(4), language = 'python', documentLanguage = '' }: At = {},
): string {
  const [before = '', after = ''] = line.split('‸');
  const { text, replacedLength } = insertionAtCursor(
    { code, style, language, documentLanguage },
    { before, after },
  );
  return before + text + after.slice(replacedLength);
}

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

  it('uses the tabs of its place if it is indented in whole steps', () => {
    assert.equal(
      insert(python, '\t‸', { style: tabs }),
      '\tdef f(x):\n\t\tif x:\n\t\t\treturn 1\n\t\treturn 2',
    );
    assert.equal(
      insert('a {\n  b {\n    c\n  }\n}\n', '‸', { style: tabs, language: 'c' }),
      'a {\n\tb {\n\t\tc\n\t}\n}',
    );
  });

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

  for (const [what, code] of [
    ['one line is not in whole steps', 'if a:\n    b\n      .c\n'],
    ['something is aligned', 'f(a,\n        b)\nif a:\n    b\n'],
    ['the step is no usual one', 'f(a,\n       b)\n'],
    ['tabs and spaces are mixed', 'if a:\n    b\n\tc\n'],
  ] as const) {
    it(`keeps its spaces among tabs where ${what}`, () => {
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
    'pug',
    'markdown',
    'fortran',
    'no such language',
  ]) {
    it(`keeps its tabs and its spaces where it is ${language || 'of no language'}`, () => {
      assert.equal(insert('a:\n\tb\n', '‸', { language }), 'a:\n\tb');
      assert.equal(insert('a:\n    b\n', '‸', { language, style: tabs }), 'a:\n    b');
    });
  }

  it('keeps its tabs in a makefile, for any language', () => {
    assert.equal(
      insert('a:\n\tb\n', '‸', { language: 'shellscript', documentLanguage: 'makefile' }),
      'a:\n\tb',
    );
  });

  it('replaces its common indentation by that of its place', () => {
    assert.equal(insert('      a\n        b\n', '  ‸', { style: spaces(2) }), '  a\n    b');
    assert.equal(
      insert('      PROGRAM A\n      END\n', '  ‸', { language: 'fortran' }),
      '        PROGRAM A\n        END',
    );
  });

  it('leaves empty lines empty', () => {
    assert.equal(insert('a\n\n   \nb\n', '\t‸', { style: tabs }), '\ta\n\n\n\tb');
  });
});

describe('Code that is inserted beside text', () => {
  it('is put on separate lines, before and after it', () => {
    assert.equal(insert('INSERTED = 1\n', '‸one'), 'INSERTED = 1\none');
    assert.equal(insert('a\nb\n', '    ‸one'), '    a\n    b\n    one');
    assert.equal(insert('a\nb\n', '  ‸  one'), '    a\n    b\n    one');
    assert.equal(insert('a\nb\n', '    one‸'), '    one\n    a\n    b');
    assert.equal(insert('a\n', '    one ‸ two'), '    one \n    a\n    two');
  });

  it('is indented into a block that the text opens', () => {
    assert.equal(insert('a\n', '    if x:‸'), '    if x:\n        a');
    assert.equal(insert('a;\n', '\tif (x) {‸', { language: 'c', style: tabs }), '\tif (x) {\n\t\ta;');
    assert.equal(insert('a: 1\n', 'root:‸', { language: 'yaml', style: spaces(2) }), 'root:\n  a: 1');
  });

  it('continues an unfinished line', () => {
    assert.equal(insert('f(\n    x,\n)\n', '    y = ‸'), '    y = f(\n        x,\n    )');
    for (const before of [
      'y = ',
      'y =',
      'f(',
      'f(a, ',
      'a + ',
      '  return ',
      'x && ',
      'const f = () => ',
      'print("',
      "s = '",
      '{"a": ',
    ]) {
      assert.equal(insert('1\n', `${before}‸)`), `${before}1)`, before);
    }
  });

  it('does not continue a finished line', () => {
    for (const before of [
      'y = 1',
      'f();',
      '}',
      "s = 'a'",
      "// don't",
      '"a"',
      '*/',
      '</div>',
      "fn f<'a>()",
      'x == y',
      'pass',
    ]) {
      assert.equal(insert('1\n', `${before}‸`), `${before}\n1`, before);
    }
  });

  it('stays within the line if it does not consist of whole lines, like a formula', () => {
    assert.equal(
      insert('$x^2$', 'so ‸ is', { language: 'latex', documentLanguage: 'markdown' }),
      'so $x^2$ is',
    );
  });

  it('replaces a selection within a line', () => {
    const inserted = { code: 'a(\n    b)\n', style: spaces(4), language: 'python', documentLanguage: '' };
    assert.equal(insertionInSelection(inserted, 'x = old + 1', 4), 'a(\n    b)');
    assert.equal(insertionInSelection(inserted, '    old', 0), '    a(\n        b)');
    assert.equal(insertionInSelection(inserted, '    old', 4), 'a(\n        b)');
  });
});

describe('S7 What is inserted is what was shown, whatever it is', () => {
  const line = fc.oneof(
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
  const code = fc.array(
    line.map((text) => text.replace(/[\r\n]/g, '')),
    { minLength: 1, maxLength: 12 },
  );
  const before = fc.stringMatching(/^[ \t]{0,6}[a-z(=]{0,3}$/);
  const after = fc.constantFrom('', 'x', '  x', ')');
  const style = fc.record({ insertSpaces: fc.boolean(), tabSize: fc.integer({ min: 1, max: 8 }) });
  const language = fc.constantFrom(
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
        code,
        fc.constantFrom('\n', '\r\n'),
        before,
        after,
        style,
        language,
        (lines, eol, head, tail, editor, id) => {
          const { text, replacedLength } = insertionAtCursor(
            { code: lines.join(eol) + eol, style: editor, language: id, documentLanguage: '' },
            { before: head, after: tail },
          );
          const trimmed = (texts: readonly string[]): readonly string[] =>
            texts.map((each) => each.replace(/^[ \t]+/, '')).filter((each) => each.trim() !== '');
          assert.deepEqual(trimmed(text.split('\n')), trimmed(lines));
          assert.equal(tail.slice(0, replacedLength).trim(), '');
        },
      ),
      { numRuns: runs(500, 20_000) },
    );
  });

  it('and equally for all lines with the same indentation', () => {
    fc.assert(
      fc.property(code, before, style, language, (lines, head, editor, id) => {
        const { text } = insertionAtCursor(
          { code: `x\n${lines.join('\n')}\n`, style: editor, language: id, documentLanguage: '' },
          { before: `${head}(`, after: '' },
        );
        const got = text.split('\n').slice(1);
        const added = new Map<string, Set<string>>();
        lines.forEach((each, number) => {
          if (each.trim() === '') return;
          const space = /^[ \t]*/.exec(each)?.[0] ?? '';
          const now = /^[ \t]*/.exec(got[number] ?? '')?.[0] ?? '';
          added.set(space, (added.get(space) ?? new Set()).add(now));
        });
        // As code, within a string or a comment, and in a here-document.
        for (const outcomes of added.values()) assert.ok(outcomes.size <= 3, JSON.stringify([...outcomes]));
      }),
      { numRuns: runs(300, 10_000) },
    );
  });

  it('quickly for a hundred thousand lines', () => {
    const long = 'if x {\n    f("a"); // b\n}\n'.repeat(33_334);
    const { text } = insertionAtCursor(
      { code: long, style: tabs, language: 'javascript', documentLanguage: '' },
      { before: '\t', after: '' },
    );
    assert.equal(text.split('\n').length, 100_002);
  });
});
