import assert from 'node:assert/strict';
import { insert, spaces } from './insert-code';

const style = spaces(2);
const lines = 'foo\nbar\n';

describe('Code that is inserted into a block', () => {
  for (const [documentLanguage, line] of [
    ['python', 'if x:  # note'],
    ['python', 'def f():  # type: ignore'],
    ['javascript', 'if (x) { // note'],
    ['c', 'if (x) { /* note */'],
    ['lua', 'if x then -- note'],
    ['shellscript', 'if x; then # note'],
    ['powershell', 'if ($x) { <# note #>'],
  ] as const) {
    it(`is one step deeper, although a comment follows what opens it: ${line}`, () => {
      const inserted = insert(lines, `  ${line}‸`, { documentLanguage, language: documentLanguage, style });
      assert.equal(inserted, `  ${line}\n    foo\n    bar`);
    });
  }

  for (const [documentLanguage, line] of [
    ['python', '# note:'],
    ['python', 'x = 1  # note:'],
    ['fsharp', 'x // see ('],
    ['haskell', 'f = 1 -- see:'],
    ['matlab', "x = 1; % it's ("],
    ['erlang', 'x() -> 1. % or'],
    ['clojure', '(foo) ; ('],
    ['asm', 'mov ax, 1 ; ('],
    ['vb', "x = 1 ' it ("],
    ['ini', "a=b ; it's "],
    ['cobol', '      * see ('],
    ['bat', 'rem see ('],
  ] as const) {
    it(`is at the same depth if only a comment looks as if it opens one: ${line}`, () => {
      const inserted = insert(lines, `${line}‸`, { documentLanguage, language: 'python', style });
      const indent = /^ */.exec(line)?.[0] ?? '';
      assert.equal(inserted, `${line}\n${indent}foo\n${indent}bar`);
    });
  }

  for (const [documentLanguage, line] of [
    ['fsharp', 'let f x ='],
    ['nim', 'proc f(x: int): int ='],
    ['haskell', 'f x ='],
    ['elm', 'view model ='],
    ['scala', 'def f(x: Int): Int ='],
    ['scala', 'case A =>'],
    ['ocaml', 'let f x ='],
    ['coffeescript', 'f = (x) ->'],
    ['elixir', 'Enum.map(xs, fn x ->'],
    ['kotlin', 'xs.map { x ->'],
    ['erlang', 'f(X) ->'],
    ['python', 'def f(): '],
    ['python', 'class A(B):  '],
    ['python', 'else: '],
  ] as const) {
    const at = { documentLanguage, language: documentLanguage, style };

    it(`is one step deeper if it has several lines: ${line}`, () => {
      assert.equal(insert(lines, `  ${line}‸`, at), `  ${line}\n    foo\n    bar`);
    });

    it(`continues the line if it is a single one: ${line}`, () => {
      assert.equal(insert('foo\n', `  ${line}‸`, at), `  ${line}foo`);
    });
  }

  for (const [documentLanguage, line] of [
    ['haskell', 'f x = case x of'],
    ['haskell', 'where'],
    ['haskell', 'main = do'],
    ['elm', 'let'],
    ['fsharp', 'match x with'],
    ['swift', 'xs.map { x in'],
    ['makefile', 'all: dep'],
    ['makefile', 'a b:: c'],
  ] as const) {
    it(`is one step deeper after a word or a line that opens it: ${line}`, () => {
      const inserted = insert('foo\n', `${line}‸`, { documentLanguage, language: 'shellscript', style });
      assert.equal(inserted, `${line}\n${documentLanguage === 'makefile' ? '\t' : '  '}foo`);
    });
  }

  for (const [documentLanguage, head, code = 'foo\n'] of [
    ['ruby', 'def f(x = g(1), *y)'],
    ['ruby', 'class A < B'],
    ['ruby', 'when 1, 2'],
    ['ruby', 'rescue E => e'],
    ['crystal', 'def f'],
    ['lua', 'local function f(a)'],
    ['lua', 'return function()'],
    ['julia', 'for i in 1:3'],
    ['julia', 'map(xs) do x'],
    ['matlab', 'function y = f(x)'],
    ['vb', 'Public Function F() As Integer'],
    ['vb', 'If x Then'],
    ['nim', 'A = ref object of B'],
    ['nim', 'type'],
    ['ocaml', 'module M = struct'],
    ['erlang', 'case X of'],
    ['shellscript', 'case $x in'],
    ['sass', '.a', 'color: red\n'],
  ] as const) {
    it(`is one step deeper after the head of a block of ${documentLanguage}: ${head}`, () => {
      const at = { documentLanguage, language: documentLanguage, style };
      assert.equal(insert(code, `  ${head}‸`, at), `  ${head}\n    ${code.trimEnd()}`);
    });
  }

  for (const [documentLanguage, line, code = 'foo\n'] of [
    ['ruby', 'return if x'],
    ['ruby', 'def f(x) = x + 1'],
    ['ruby', 'if x then y end'],
    ['ruby', 'when 1', 'when 2\n'],
    ['lua', 'x = map(function(a) return a end)'],
    ['julia', 'f(x) = 1'],
    ['julia', 'if x y end'],
    ['vb', 'If x Then y = 1'],
    ['nim', 'var y: int'],
    ['sass', 'color: red', 'margin: 0\n'],
    ['sass', '.a', '.b\n'],
  ] as const) {
    it(`is at the same depth after another line of ${documentLanguage}: ${line}, ${code.trim()}`, () => {
      const at = { documentLanguage, language: documentLanguage, style };
      assert.equal(insert(code, `  ${line}‸`, at), `  ${line}\n  ${code.trimEnd()}`);
    });
  }

  for (const [documentLanguage, line] of [
    ['haskell', 'module M where'],
    ['makefile', 'a := b'],
    ['makefile', 'a: b = c'],
    ['makefile', '.PHONY: all'],
    ['makefile', '\techo a: b'],
    ['fsharp', 'x <= y'],
    ['python', "d = {'a': "],
  ] as const) {
    it(`is not deeper after a line that only looks like one: ${line}`, () => {
      const indent = /^\s*/.exec(line)?.[0] ?? '';
      const inserted = insert('foo\n', `${line}‸`, { documentLanguage, language: 'shellscript', style });
      assert.match(inserted.slice(line.length), new RegExp(`^(?:\\n${indent})?foo$`));
    });
  }

  it('leaves a comment after the cursor in its line', () => {
    const at = { documentLanguage: 'javascript', language: 'javascript', style };
    assert.equal(
      insert('b();\n', '  a();‸ // eslint-disable-line', at),
      '  a(); // eslint-disable-line\n  b();',
    );
    assert.equal(insert('b();\n', '  if (a) {‸ // why\n  }', at), '  if (a) { // why\n    b();\n  }');
    assert.equal(insert('b\n', '  a(‸ // why', at), '  a(b // why');
    assert.equal(insert('b\n', '  a();‸ c(); // why', at), '  a();\n  b\n  c(); // why');
    assert.equal(
      insert('x\n', 'y = f()‸  # type: ignore', { documentLanguage: 'python' }),
      'y = f()  # type: ignore\nx',
    );
  });

  for (const [documentLanguage, document, expected] of [
    ['python', 'def f():‸\n   x = 1\n', 'def f():\n   foo\n   bar\n   x = 1\n'],
    ['python', 'if a:‸\n\n\tx = 1\n', 'if a:\n\tfoo\n\tbar\n\n\tx = 1\n'],
    ['javascript', '  if (a) {‸\n      b();\n  }\n', '  if (a) {\n      foo\n      bar\n      b();\n  }\n'],
    ['python', 'def f():‸\nx = 1\n', 'def f():\n  foo\n  bar\nx = 1\n'],
    ['javascript', '  if (a) {‸\n  }\n', '  if (a) {\n    foo\n    bar\n  }\n'],
  ] as const) {
    it(`is as deep as the lines that the block has already: ${JSON.stringify(document)}`, () => {
      assert.equal(
        insert(lines, document, { documentLanguage, language: documentLanguage, style }),
        expected,
      );
    });
  }

  it('is placed in linear time after a long line', () => {
    const start = process.cpuUsage();
    for (const documentLanguage of ['ruby', 'lua', 'julia', 'matlab', 'vb', 'nim', 'sass', 'shellscript'])
      for (const part of [' ', '(', 'function ', 'def f(', 'do ', 'case ', 'a:'])
        for (const end of ['', ';'])
          insert('foo\n', `def function${part.repeat(50_000 / part.length)}${end}‸`, { documentLanguage });
    assert.ok(process.cpuUsage(start).user < 4_000_000);
  });
});
