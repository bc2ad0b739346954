import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runs } from '../../../../support/promises';
import { insert, replace, spaces, tabs } from './insert-code';

const python = { documentLanguage: 'python', language: 'python' };

describe('Code that replaces a selection', () => {
  for (const [condition, document, code, expected] of [
    [
      'whose first line is deeper, with the same indentation',
      '⟦        y = 1\n    else:\n        y = 2⟧',
      '        y = 3\n    else:\n        y = 4\n',
      '        y = 3\n    else:\n        y = 4',
    ],
    [
      'whose first line is deeper, without its common indentation',
      '⟦        y = 1\n    else:\n        y = 2⟧',
      '    y = 3\nelse:\n    y = 4\n',
      '        y = 3\n    else:\n        y = 4',
    ],
    [
      'that begins with a blank line',
      '⟦\n    def f(self):\n        pass⟧',
      'def f(self):\n    return 1\n',
      '    def f(self):\n        return 1',
    ],
    [
      'that begins behind its indentation, as it was sent',
      '        ⟦a = 1\n        b = 2⟧',
      'a = 10\n        b = 20\n',
      '        a = 10\n        b = 20',
    ],
    [
      'that begins behind its indentation, as it was sent, with a block',
      '    ⟦if x:\n        y = 1⟧',
      'if x:\n        y = 2\n',
      '    if x:\n        y = 2',
    ],
    [
      'that begins behind its indentation and whose first line is deeper, as it was sent',
      '        ⟦y = 1\n    else:\n        y = 2⟧',
      'y = 3\n    else:\n        y = 4\n',
      '        y = 3\n    else:\n        y = 4',
    ],
    [
      'that begins behind its indentation, as it was sent, with several blocks',
      '    ⟦def f(self):\n        pass\n\n    def g(self):\n        pass⟧',
      'def f(self):\n        return 1\n\n    def g(self):\n        return 2\n',
      '    def f(self):\n        return 1\n\n    def g(self):\n        return 2',
    ],
    ['that are blank', '    ⟦    ⟧', 'x = 1\n', '        x = 1'],
    [
      'that begins behind its indentation, with a new block',
      '    ⟦y = 1\n    z = 2⟧',
      'if x:\n    y = 2\n',
      '    if x:\n        y = 2',
    ],
    [
      'that begins behind its indentation, with a call of several lines',
      '    ⟦y = 1\n    z = 2⟧',
      'f(a,\n    b)\n',
      '    f(a,\n        b)',
    ],
    [
      'with a string at the beginning of a line, as it was sent',
      '⟦    s = """\na\n"""\n    t = 1⟧',
      '    s = """\nb\n"""\n    t = 2\n',
      '    s = """\nb\n"""\n    t = 2',
    ],
    [
      'with a string at the beginning of a line, without its indentation',
      '⟦    s = """\na\n"""\n    t = 1⟧',
      't = 2\n',
      '    t = 2',
    ],
  ] as const) {
    it(`has the indentation of the lines ${condition}`, () => {
      assert.equal(replace(code, document, python), expected);
    });
  }

  it('is as shown if not all lines are indented', () => {
    const html = { documentLanguage: 'html', language: 'html' };
    assert.equal(
      replace('<ul>\n  <li>a</li>\n</ul>\n', '⟦    <li>a</li>\n<p>x</p>⟧', html),
      '<ul>\n  <li>a</li>\n</ul>',
    );
  });

  it('does not add indentation to code whose white space is kept and that has it', () => {
    for (const [language, document, code] of [
      ['markdown', '⟦  - b\n  - c⟧', '  - d\n  - e\n'],
      ['plaintext', '⟦    x = 1⟧', '    x = 2\n'],
      ['makefile', '⟦\techo a⟧', '\techo b\n'],
      ['latex', '⟦  \\item a⟧', '  \\item b\n    c\n'],
      ['', '⟦    x⟧', '    y\n      z\n'],
    ] as const) {
      assert.equal(replace(code, document, { language, documentLanguage: language }), code.trimEnd());
      const line = document.slice(1, -1).split('\n').at(-1) ?? '';
      assert.equal(
        insert(code, `${line}‸`, { language, documentLanguage: language }),
        `${line}\n${code.trimEnd()}`,
      );
    }
    assert.equal(replace('- d\n- e\n', '⟦  - b⟧', { language: 'markdown' }), '  - d\n  - e');
  });

  const anyLanguage = fc.constantFrom(
    '',
    'python',
    'javascript',
    'c',
    'markdown',
    'latex',
    'html',
    'haskell',
  );
  const anyStyle = fc.constantFrom(tabs, spaces(2), spaces(4));
  const anyLines = fc.array(
    fc.record({ depth: fc.integer({ min: 0, max: 4 }), text: fc.stringMatching(/^[a-z]{1,3}[ (:;]?[a-z]$/) }),
    { minLength: 1, maxLength: 8 },
  );

  it('changes nothing if it is the selected lines', () => {
    fc.assert(
      fc.property(anyLines, anyStyle, anyLanguage, (lines, style, language) => {
        const step = style.insertSpaces ? ' '.repeat(style.tabSize) : '\t';
        const code = lines.map(({ depth, text }) => step.repeat(depth) + text).join('\n');
        const options = { style, language, documentLanguage: language };
        assert.equal(replace(`${code}\n`, `⟦${code}⟧`, options), code);
        const least = Math.min(...lines.map(({ depth }) => depth)) * step.length;
        const shown = code.replaceAll(new RegExp(`^.{${least}}`, 'gm'), '');
        assert.equal(replace(`${shown}\n`, `⟦${code}⟧`, options), code);
      }),
      { numRuns: runs(300, 10_000) },
    );
  });
});

describe('Code in a language with fixed columns', () => {
  const fortran = 'C     COMMENT\n      Y = 2\n  10  CONTINUE\n';
  const cobol = '      * NOTE\n       PARA-1.\n           STOP RUN.\n';
  const rule = 'clean: all\n\trm x\n';

  for (const [documentLanguage, language, code, line] of [
    ['FortranFixedForm', 'fortran', fortran, '      X = 1'],
    ['fortran', 'fortran', fortran, '      X = 1'],
    ['COBOL', 'cobol', cobol, '           MOVE A TO B.'],
    ['jcl', '', '//STEP EXEC PGM=A\n', '  a'],
    ['makefile', 'makefile', rule, '\techo a'],
    ['makefile', 'makefile', rule, 'all: a'],
    ['diff', 'diff', '-a\n+b\n', ' one {'],
  ] as const) {
    const at = { documentLanguage, language };

    it(`is inserted as shown: ${documentLanguage}, ${line}`, () => {
      assert.equal(insert(code, `${line}‸`, at), `${line}\n${code.trimEnd()}`);
      assert.equal(replace(code, `⟦${line}⟧`, at), code.trimEnd());
      assert.equal(insert(code, `‸`, at), code.trimEnd());
    });
  }

  it('begins in its column at an indented cursor', () => {
    const at = { documentLanguage: 'fortran', language: 'fortran' };
    assert.equal(insert('      Y = 2\n      Z = 3\n', '      ‸', at), '      Y = 2\n      Z = 3');
    assert.equal(insert('C     COMMENT\n', '      ‸', at), '      \nC     COMMENT');
  });

  it('is indented if it is in free form, or a recipe', () => {
    const free = 'if (a) then\n  b = 1\nend if\n';
    assert.equal(
      insert(free, '    a = 1‸', { documentLanguage: 'fortran', language: 'fortran' }),
      '    a = 1\n    if (a) then\n      b = 1\n    end if',
    );
    assert.equal(
      insert('echo b\n', '\techo a‸', { documentLanguage: 'makefile', language: 'makefile' }),
      '\techo a\n\techo b',
    );
  });
});
