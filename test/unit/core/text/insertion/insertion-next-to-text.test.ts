import assert from 'node:assert/strict';
import { insert, replace, spaces, tabs } from './insert-code';

describe('Code that is inserted next to text', () => {
  it('is placed on separate lines before or after the text', () => {
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
    for (const [documentLanguage, before] of [
      ['go', 'i++'],
      ['go', 'count--'],
      ['go', 'default: retries++'],
      ['javascript', 'total++'],
      ['javascript', '++this.count; this.count--'],
      ['typescript', 'a[i]++'],
      ['swift', 'n++ '],
      ['shellscript', 'sleep 1 &'],
      ['shellscript', 'npm start > log 2>&1 &'],
      ['shellscript', '(cd a; make) & '],
      ['bat', 'docker run ^'],
      ['typescriptreact', 'Please wait until '],
    ] as const) {
      const inserted = insert('foo()\n', `${before}‸`, { documentLanguage, language: '' });
      assert.equal(inserted.replace(/\s+/g, ' '), `${before.trimEnd()} foo()`, before);
      assert.match(inserted, /\nfoo\(\)$/, before);
    }
  });

  it('is indented into a block of Ruby with parameters', () => {
    const at = { documentLanguage: 'ruby', language: 'ruby', style: spaces(2) };
    for (const before of [
      'list.each do |x|',
      'list.each_with_index do |x, i|',
      'list.map { |x|',
      'hash.each do |key, (a, b)| ',
      '5.times do | |',
    ]) {
      assert.equal(insert('foo(x)\n', `  ${before}‸`, at), `  ${before}\n    foo(x)`, before);
    }
  });

  it('continues a line after an operator that is like one of a finished line', () => {
    for (const [documentLanguage, before] of [
      ['javascript', 'a = b + '],
      ['go', 'x := y & '],
      ['shellscript', 'a && '],
      ['c', 'flags | '],
      ['ruby', 'a | b | '],
      ['cpp', 'f() || '],
    ] as const) {
      assert.equal(insert('1\n', `${before}‸`, { documentLanguage }), `${before}1`, before);
    }
  });

  for (const [documentLanguage, before, after] of [
    ['python', 'total = p * ', ''],
    ['python', 'a - ', ''],
    ['python', 'a // ', ''],
    ['python', 'a @ ', ''],
    ['python', 'x is ', ''],
    ['python', 'x = a if b else ', ''],
    ['python', '[x for x in xs if ', ']'],
    ['python', 'if ', ':'],
    ['python', 'while ', ':'],
    ['python', 'except ', ':'],
    ['python', 'with ', ' as f:'],
    ['python', 'y = obj.', ''],
    ['python', '@', ''],
    ['python', 'async ', ''],
    ['python', 'x = -', ''],
    ['python', 'f(**', ')'],
    ['go', 'if ', ' {'],
    ['go', 'for _, x := range ', ' {'],
    ['go', 'defer ', ''],
    ['shellscript', 'if ', '; then'],
    ['shellscript', 'while ', '; do'],
    ['shellscript', 'sudo ', ''],
    ['dockerfile', 'RUN ', ''],
    ['c', '#include ', ''],
    ['c', '#define A ', ''],
    ['c', 'int x = *', ';'],
    ['javascript', 'x === ', ';'],
    ['javascript', 'x ?? ', ';'],
    ['javascript', 'f(...', ')'],
    ['javascript', 'case ', ':'],
    ['javascript', 'class A extends ', ' {'],
    ['javascript', 'a?.', ''],
    ['rust', 'std::', ''],
    ['powershell', 'if ($a -eq ', ') {'],
  ] as const) {
    it(`continues a line that lacks a part: ${before}‸${after}`, () => {
      assert.equal(insert('foo\n', `${before}‸${after}`, { documentLanguage }), `${before}foo${after}`);
    });
  }

  for (const [documentLanguage, before] of [
    ['sql', 'SELECT * '],
    ['shellscript', 'ls * '],
    ['shellscript', 'cd - '],
    ['python', 'x: int = ...'],
    ['python', 'x = 1.'],
    ['typescript', 'const a: Array<string>'],
    ['html', '<br /> '],
    ['css', 'a > '],
    ['rust', 'let x = y?'],
    ['ruby', 'x.nil?'],
    ['cpp', 'template <typename T>'],
    ['erlang', 'f(X) -> ok.'],
    ['yaml', 'path: a/ '],
  ] as const) {
    it(`does not continue a line that only looks like one: ${before}`, () => {
      const inserted = insert('foo\n', `${before}‸`, { documentLanguage });
      assert.equal(inserted, `${before}\nfoo`);
    });
  }

  it('does not continue a comment, prose, a diff, or a line that is continued on the next one', () => {
    for (const [documentLanguage, before] of [
      ['python', '# take a, b,'],
      ['python', '    # TODO: '],
      ['python', '    # note:'],
      ['python', '    return'],
      ['c', 'a(); // see ('],
      ['c', '/* a or '],
      ['javascript', ' * it returns a = '],
      ['javascript', '    // use `x'],
      ['html', '<!-- a -->'],
      ['lua', "-- don't "],
      ['clojure', "(quote 'a)"],
      ['ini', '; a = '],
      ['plaintext', 'Note: '],
      ['plaintext', 'He said "'],
      ['diff', '-f('],
      ['shellscript', 'docker run \\'],
      ['bat', 'docker run ^'],
      ['powershell', 'docker run `'],
      ['json', '  "a": 0,'],
    ] as const) {
      const indent = /^ */.exec(before)?.[0] ?? '';
      assert.equal(
        insert('x\ny\n', `${before}‸`, { documentLanguage }),
        `${before}\n${indent}x\n${indent}y`,
        before,
      );
    }
  });

  it('keeps the columns of a diff next to other lines of a diff', () => {
    const code = '@@ -1 +1 @@\n-a\n+b\n';
    const at = { language: 'diff', documentLanguage: 'diff' };
    assert.equal(insert(code, '‸ one', at), `${code} one`);
    assert.equal(insert(code, ' one‸', at), ` one\n${code.trimEnd()}`);
    assert.equal(replace(code, '⟦ one⟧', { style: tabs, ...at }), code.trimEnd());
  });

  it('begins with a tab after the target of a makefile', () => {
    assert.equal(insert('a\nb\n', 'all:‸', { documentLanguage: 'makefile' }), 'all:\n\ta\n\tb');
  });

  it('replaces the white space of its line', () => {
    assert.equal(insert('a\nb\n', '    ‸    \nc'), '    a\n    b\nc');
    assert.equal(insert('a\nb\n', '‸    \nc'), '    a\n    b\nc');
  });

  it('is inserted within the line if it does not consist of whole lines, such as a formula', () => {
    assert.equal(
      insert('$x^2$', 'so ‸ is', { language: 'latex', documentLanguage: 'markdown' }),
      'so $x^2$ is',
    );
  });

  it('replaces a selection within a line', () => {
    const code = 'a(\n    b)\n';
    assert.equal(replace(code, 'x = ⟦old⟧ + 1'), 'x = a(\n    b) + 1');
    assert.equal(replace(code, '⟦    old⟧'), '    a(\n        b)');
    assert.equal(replace(code, '    ⟦old⟧'), '    a(\n        b)');
  });
});
