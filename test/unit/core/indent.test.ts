import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reindent } from '../../../src/core/text/indent';

const spaces = (tabSize: number) => ({ insertSpaces: true, tabSize });
const tabs = { insertSpaces: false, tabSize: 4 };
const python = 'def f(x):\n    if x:\n        return 1\n    return 2\n';

describe('Code that is inserted', () => {
  it('goes in as it is where nothing is indented', () => {
    assert.equal(reindent(python, '', spaces(4)), python.trimEnd());
  });

  it('moves to the indentation of the cursor', () => {
    assert.equal(
      reindent(python, '    ', spaces(4)),
      'def f(x):\n        if x:\n            return 1\n        return 2',
    );
  });

  it('takes the tabs of the editor', () => {
    assert.equal(reindent(python, '\t', tabs), 'def f(x):\n\t\tif x:\n\t\t\treturn 1\n\t\treturn 2');
  });

  it('takes the tabs or spaces that its line already has, whatever the editor thinks', () => {
    assert.equal(reindent('a:\n    b', '\t', spaces(4)), 'a:\n\t\tb');
    assert.equal(reindent('a:\n    b', '  ', tabs), 'a:\n      b');
  });

  it('takes the steps of the editor', () => {
    assert.equal(reindent('a {\n\tb {\n\t\tc\n\t}\n}', '', spaces(2)), 'a {\n  b {\n    c\n  }\n}');
    assert.equal(reindent('a {\n  b {\n    c\n  }\n}', '', spaces(4)), 'a {\n    b {\n        c\n    }\n}');
  });

  it('loses the indentation that it had as a whole', () => {
    assert.equal(reindent('      a\n        b\n', '  ', spaces(2)), 'a\n    b');
  });

  it('follows the line it continues when there is text before the cursor', () => {
    assert.equal(reindent('f(\n    x,\n)', '    y = ', spaces(4)), 'f(\n        x,\n    )');
  });

  it('keeps spaces that align, in steps of the code', () => {
    assert.equal(reindent('/*\n * a\n */\nif\n    b', '', tabs), '/*\n * a\n */\nif\n\tb');
  });

  it('is not misled by what is aligned further in', () => {
    assert.equal(reindent('f(a,\n           b)\nif a:\n    return a', '', tabs).split('\n')[3], '\treturn a');
  });

  it('keeps the steps of Python that lines its arguments up', () => {
    const code = 'def f(a,\n      b):\n    if (a and\n            b):\n        return a\n    return b';
    assert.equal(reindent(code, '', spaces(4)), code);
  });

  it('leaves empty lines empty', () => {
    assert.equal(reindent('a\n\n   \nb', '\t', tabs), 'a\n\n\n\tb');
  });

  it('changes nothing but the white space at the start of lines, whatever the code', () => {
    const line = fc.string().map((text) => text.replace(/[\r\n]/g, ''));
    const style = fc.record({ insertSpaces: fc.boolean(), tabSize: fc.integer({ min: 1, max: 8 }) });
    const before = fc.stringMatching(/^[ \t]{0,6}[a-z]{0,3}$/);
    const eol = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), eol, before, style, (lines, end, prefix, editor) => {
        const inserted = reindent(lines.join(end) + end, prefix, editor).split('\n');
        const trimmed = (texts: readonly string[]): string[] =>
          texts.map((text) => (text.trim() === '' ? '' : text.replace(/^[ \t]+/, '')));
        assert.deepEqual(trimmed(inserted), trimmed(lines));
      }),
      { numRuns: 10_000 },
    );
  });

  it('has $1, ${X} and backslashes as they are', () => {
    const code = 'echo $1 ${X} \\n $0 \\\\ ${1:a}';
    assert.equal(reindent(code, '', tabs), code);
  });
});
