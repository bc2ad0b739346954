import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { insert as insertAt, replace } from './insert-code';

const style = { insertSpaces: true, tabSize: 2 };

const options = { style, language: 'yaml', documentLanguage: 'yaml' };

function insert(code: string, document: string): unknown {
  return parse(insertAt(code, document, options));
}

describe('Code that is inserted into YAML', () => {
  const script = 'if a; then\n  b: c\nfi\n';
  const map = 'a: 1\nb:\n  - 2\n';
  const value = { a: 1, b: [2] };
  const list = '- a\n- b: 1\n  c: 2\n';
  const items = ['a', { b: 1, c: 2 }];

  for (const header of ['|', '|-', '>+', '|2', '|  # why', '!!str |', '&x |-']) {
    it(`becomes the text of a block scalar that begins with ${header}`, () => {
      const { run } = insert(script, `run: ${header}‸\nnext: 1\n`) as { run: string };
      assert.equal(run.trimEnd().replace(/\s+/g, ' '), script.trimEnd().replace(/\s+/g, ' '));
      const steps = insert(script, `steps:\n  - name: x\n  - run: ${header}‸\n    if: y\n`);
      const [, step] = (steps as { steps: [unknown, { run: string; if: string }] }).steps;
      assert.deepEqual([step.run.trimEnd().length > 10, step.if], [true, 'y']);
    });
  }

  for (const [code, document, expected] of [
    [map, 'web: ‸\n', { web: value }],
    [map, 'web:‸\n', { web: value }],
    ['a: 1\n', 'web: ‸\n', { web: { a: 1 } }],
    ['"a": 1\n', 'web: ‸\n', { web: { a: 1 } }],
    ['nginx:1\n', 'image: ‸\n', { image: 'nginx:1' }],
    ['https://a.b/c\n', 'url: ‸\n', { url: 'https://a.b/c' }],
    ['{a: 1,\n b: 2}\n', 'web: ‸\n', { web: { a: 1, b: 2 } }],
    [list, 'web: ‸\n', { web: items }],
    [map, 'x:\n  - web:‸\n', { x: [{ web: value }] }],
    [map, 'x:\n  - ‸\n', { x: [value] }],
    [map, 'x:\n  -‸\n  - c\n', { x: [value, 'c'] }],
    [map, 'x:\n  - - ‸\n', { x: [[value]] }],
    [list, 'x:\n  - ‸\n', { x: items }],
    [list, 'x:\n  - ‸c\n', { x: [...items, 'c'] }],
    ['b: 1\n', 'x:\n  - a: 1‸\n', { x: [{ a: 1, b: 1 }] }],
    ['- b: 1\n', 'x:\n  - a: 1‸\n', { x: [{ a: 1 }, { b: 1 }] }],
    ['- b\n', 'x:\n  - a‸\n', { x: ['a', 'b'] }],
    ['b: 1\n', '# a:‸\n', { b: 1 }],
    ['b: 1\n', 'a: in‸\n', { a: 'in', b: 1 }],
    ['b: 1\n', 'a: x  # see:‸\n', { a: 'x', b: 1 }],
    [map, 'web: # the web‸\n', { web: value }],
    [map, 'web: &web‸\n', { web: value }],
    [map, 'web: !!map‸\n', { web: value }],
    [
      '- a: 2\n  b: 3\n',
      'x:\n  - a: 1\n    b: 2‸\n',
      {
        x: [
          { a: 1, b: 2 },
          { a: 2, b: 3 },
        ],
      },
    ],
    ['- b\n', 'x:\n  - a:\n      c:\n        d: 1‸\n', { x: [{ a: { c: { d: 1 } } }, 'b'] }],
    ['- b\n', 'x:\n- a: 1\n\n  # why\n  c: 2‸\n', { x: [{ a: 1, c: 2 }, 'b'] }],
    ['# the second\n- b: 1\n', 'x:\n  - a: 1‸\n', { x: [{ a: 1 }, { b: 1 }] }],
    ['\n- b: 1\n', 'x:\n  - a: 1‸\n', { x: [{ a: 1 }, { b: 1 }] }],
    ['b: 1\n', "a: 'C:\\'‸\n", { a: 'C:\\', b: 1 }],
    ['b: 1\n', "a: it's‸\n", { a: "it's", b: 1 }],
    ['b: 1\n', 'x:\n  - run: |\n      a {\n    if: c‸\n', { x: [{ run: 'a {\n', if: 'c', b: 1 }] }],
    ['b: 1\n', 'a:\n    web:‸\n        c: 2\n', { a: { web: { b: 1, c: 2 } } }],
    ['b: 1\n', 'a:\n  - web:‸\n\n        # why\n        c: 2\n', { a: [{ web: { b: 1, c: 2 } }] }],
    ['- b\n', 'a:‸\n- c\n', { a: ['b', 'c'] }],
    ['- b\n', 'a:‸\n    - c\n', { a: ['b', 'c'] }],
    ['b: 1\n', 'a:‸\nd: 2\n', { a: { b: 1 }, d: 2 }],
    ['b\n', 'a: |‸\n     c\n', { a: 'b\nc\n' }],
    ['b,\nc\n', 'a: [‸]\n', { a: ['b', 'c'] }],
    ['b: 1,\nc: 2\n', 'x:\n  - a: {‸}\n', { x: [{ a: { b: 1, c: 2 } }] }],
  ] as const) {
    it(`becomes a part of the structure: ${JSON.stringify(code)} in ${JSON.stringify(document)}`, () => {
      assert.deepEqual(insert(code, document), expected);
    });
  }

  it('stays in the text of a block scalar that is YAML, too', () => {
    const document = 'x:\n  - file: |\n      a: 1‸\n';
    assert.deepEqual(parse(insertAt('- b\n', document, options)), { x: [{ file: 'a: 1\n- b\n' }] });
  });

  it('is indented into a block of a script', () => {
    const script = { ...options, language: 'shellscript' };
    const document = 'run: |\n  f() {‸\n  }\n';
    assert.deepEqual(parse(insertAt('a\nb\n', document, script)), { run: 'f() {\n  a\n  b\n}\n' });
  });

  for (const [language, code] of [
    ['shellscript', 'cat <<EOF > x\n  hello\nEOF\necho\n'],
    ['powershell', '$x = @"\n  hello\n"@\n$x\n'],
    ['perl', 'print 1;\n=pod\n\nx\n\n=cut\n'],
  ] as const) {
    it(`keeps the end of a text in the script, which is indented as the others: ${language}`, () => {
      for (const documentLanguage of ['yaml', 'github-actions-workflow', 'ansible']) {
        const text = insertAt(code, 'x:\n  - run: |‸\n', { ...options, language, documentLanguage });
        assert.deepEqual(parse(text), { x: [{ run: code }] });
      }
    });
  }

  it('replaces a value of a key', () => {
    const replaced = (code: string, document: string): unknown => parse(replace(code, document, options));
    assert.deepEqual(replaced(map, 'web: ⟦old⟧\n'), { web: value });
    assert.deepEqual(replaced(list, 'web: ⟦old⟧\n'), { web: items });
    assert.deepEqual(replaced('new\n', 'web: ⟦old⟧ # c\n'), { web: 'new' });
    assert.deepEqual(replaced(map, 'web: ⟦old⟧\nx: 1\n'), { web: value, x: 1 });
  });

  it('replaces whole items and keys', () => {
    const replaced = (code: string, document: string): unknown => parse(replace(code, document, options));
    assert.deepEqual(replaced('---\n- a: 1\n', '⟦- a: 0⟧\n'), [{ a: 1 }]);
    assert.deepEqual(replaced('# c\n- a: 1\n  b: 2\n', '⟦  - a: 0\n    b: 1⟧\n'), [{ a: 1, b: 2 }]);
    assert.deepEqual(replaced('a: 1\n', '⟦- b⟧\n'), { a: 1 });
    // An answer in the shape of the selection, which begins behind the marker.
    assert.deepEqual(replaced('a: 3\n    b: 4\n', '  - ⟦a: 1\n    b: 2⟧\n'), [{ a: 3, b: 4 }]);
    assert.deepEqual(replaced('a: 3\nb: 4\n', '  - ⟦a: 1\n    b: 2⟧\n'), [{ a: 3, b: 4 }]);
  });

  it('replaces an item of a list', () => {
    const replaced = (code: string): unknown => parse(`x:\n${replace(code, '  - ⟦old⟧', options)}\n`);
    assert.deepEqual(replaced(map), { x: [value] });
    assert.deepEqual(replaced(list), { x: items });
  });
});
