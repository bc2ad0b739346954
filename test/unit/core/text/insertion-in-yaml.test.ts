import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { insertionAtCursor, insertionInSelection } from '../../../../src/core/text/insertion';

const style = { insertSpaces: true, tabSize: 2 };

function insert(code: string, document: string): unknown {
  const [head = '', tail = ''] = document.split('‸');
  const { text, replacedLength } = insertionAtCursor(
    { code, style, language: 'yaml', documentLanguage: 'yaml' },
    { before: head.slice(head.lastIndexOf('\n') + 1), after: tail.split('\n')[0] ?? '' },
  );
  return parse(head + text + tail.slice(replacedLength));
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
    ['b,\nc\n', 'a: [‸]\n', { a: ['b', 'c'] }],
    ['b: 1,\nc: 2\n', 'x:\n  - a: {‸}\n', { x: [{ a: { b: 1, c: 2 } }] }],
  ] as const) {
    it(`becomes a part of the structure: ${JSON.stringify(code)} in ${JSON.stringify(document)}`, () => {
      assert.deepEqual(insert(code, document), expected);
    });
  }

  it('replaces an item of a list', () => {
    const yaml = { style, language: 'yaml', documentLanguage: 'yaml' };
    const replaced = (code: string): unknown =>
      parse(`x:\n  - ${insertionInSelection({ ...yaml, code }, '  - old', 4)}\n`);
    assert.deepEqual(replaced(map), { x: [value] });
    assert.deepEqual(replaced(list), { x: items });
  });
});
