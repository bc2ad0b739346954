import assert from 'node:assert/strict';
import { insert, tabs } from './insert-code';

/** Asserts that code is put on a line of its own. */
function assertNextLine(documentLanguage: string, document: string): void {
  const indent = /^[ \t]*(?=[^\n]*$)/m.exec(document.slice(document.lastIndexOf('\n') + 1))?.[0] ?? '';
  const inserted = insert('foo\nbar\n', `${document}‸`, { documentLanguage, language: documentLanguage });
  assert.equal(inserted, `${document}\n${indent}foo\n${indent}bar`, document);
}

describe('Code that is inserted after a string', () => {
  it('is on the next line if the string of several lines has ended', () => {
    for (const [language, document] of [
      ['python', 'def f():\n    """Doc.\n\n    more\n    """'],
      ['python', 'def f():\n    """Doc.\n    more text."""'],
      ['python', "x = '''\na\n'''"],
      ['python', 'q = f(\n    """\n    WHERE a\n    """, (a,))'],
      ['javascript', 'const s = `\n  a\n`;'],
      ['typescript', 'const q = gql`\n  a {\n    b\n  }\n`;'],
      ['typescriptreact', 'const B = css`\n  color: ${c};\n  width: 1px;`;'],
      ['java', 'String s = """\n    a\n    """;'],
      ['csharp', 'var s = """\n    a\n    """;'],
      ['kotlin', 'val s = """\n    a\n    """.trimIndent()'],
      ['scala', 'val s = """\n    |a\n    """.stripMargin'],
      ['swift', 'let s = """\n    a\n    """'],
      ['elixir', '@doc """\n  a\n  """'],
      ['julia', '"""\na\n"""'],
      ['toml', 'a = """\nb\n"""'],
      ['graphql', '"""\nA type.\n"""'],
      ['unknown', '"""\nA text.\n"""'],
      ['go', 'f(`\na\n`)'],
      ['shellscript', "awk '\n{print}\n' file"],
      ['shellscript', 'echo "\na\n"'],
      ['php', "$a = '\n  b';"],
    ] as const) {
      assertNextLine(language, document);
    }
  });

  it('is on the next line if a quotation mark or a backslash is none in its language', () => {
    for (const [language, document] of [
      ['rust', "T: Send + 'static,"],
      ['csharp', 'x = @"C:\\";'],
      ['powershell', "$x = 'C:\\'"],
      ['powershell', '$x = "C:\\"'],
      ['sql', "x = 'C:\\';"],
      ['toml', "a = 'C:\\'"],
      ['vb', 'x = "C:\\"'],
      ['ini', 'a="C:\\"'],
      ['pascal', "x := 'C:\\';"],
      ['go', 'x := `C:\\`'],
      ['kotlin', 'val r = """\\d+\\"""'],
      ['javascript', 'const r = /["]/g;'],
      ['javascriptreact', "<p>Don't</p>"],
      ['html', '<p>5" wide</p>'],
      ['systemverilog', "assign x = '0;"],
      ['cpp', "int x = 1'000;"],
      ['ruby', 'x = ?"'],
      ['viml', '" a comment'],
      ['haskell', "g' = f'"],
      ['matlab', "y = x';"],
      ['matlab', "y = (a)';"],
      ['perl', "$main'x;"],
      ['unknown', "'label: x"],
      ['python', "s = f'{x['a']}'"],
    ] as const) {
      assertNextLine(language, document);
    }
  });

  it('is in the block that a line with a lifetime or a label opens', () => {
    for (const line of ["'outer: loop {", "fn f<T: 'static>(t: T) {"]) {
      const inserted = insert('foo\n', `    ${line}‸`, { documentLanguage: 'rust', language: 'rust' });
      assert.equal(inserted, `    ${line}\n        foo`);
    }
  });

  it('continues a string that is open, whatever stands before its quotation mark', () => {
    for (const [documentLanguage, before, after] of [
      ['python', "print(f'{", "}')"],
      ['python', "re.match(r'", "', s)"],
      ['python', 'x = b"', '"'],
      ['python', '    """', '"""'],
      ['sql', "x = N'", "'"],
      ['cpp', "x = u8'", "'"],
      ['rust', 'let s = "', '";'],
      ['html', '<a href="', '">'],
      ['vue', '<a @click="', '">'],
      ['shellscript', 'x=`', '`'],
      ['shellscript', 'echo "a ', '"'],
      ['javascript', '`a ${', '}`'],
      ['csharp', 'var x = $"{', '}";'],
      ['ruby', 'puts "#{', '}"'],
      ['yaml', 'a: "x ', '"'],
      ['toml', 'a = "', '"'],
      ['unknown', 'x = "', '"'],
      ['unknown', "x = '", "'"],
    ] as const) {
      const inserted = insert('foo\n', `${before}‸${after}`, { documentLanguage, language: '' });
      assert.equal(inserted, `${before}foo${after}`);
    }
  });

  it('continues no string that is open only if the line is read alone', () => {
    assert.equal(
      insert('foo\n', 's = """\n  say "‸\n"""', { documentLanguage: 'python' }),
      's = """\n  say "\n  foo\n"""',
    );
  });

  it('is on a line of its own in a here-document', () => {
    const at = { documentLanguage: 'shellscript', language: 'shellscript' };
    assert.equal(insert('a\n', "cat <<EOF\nit's‸\nEOF", at), "cat <<EOF\nit's\na\nEOF");
    assert.equal(insert('a\n', 'cat <<EOF\nb\nEOF\necho "‸"', at), 'cat <<EOF\nb\nEOF\necho "a"');
  });

  it('quickly in a long line', () => {
    const line = `{"x": "${'{\\"a\\":\\"b\\"},'.repeat(20_000)}`;
    const start = process.cpuUsage();
    insert('foo\n', `${line}‸"}`, { documentLanguage: 'json', language: 'json' });
    assert.ok(process.cpuUsage(start).user < 1_000_000);
  });
});

describe('A here-document of PHP that is inserted', () => {
  const php = { language: 'php', documentLanguage: 'php' };
  const code = 'if ($a) {\n    $x = <<<A\n        one\n          two\n\n        A;\n}\n';

  it('ends with the tabs of its place, and so do the lines in it', () => {
    assert.equal(
      insert(code, '\t‸', { ...php, style: tabs }),
      '\tif ($a) {\n\t\t$x = <<<A\n\t\t\tone\n\t\t\t  two\n\n\t\t\tA;\n\t}',
    );
  });

  it('ends with the spaces of its place', () => {
    assert.equal(
      insert('$x = <<<A\n\tone\n\t\ttwo\n\tA;\n', '  ‸', php),
      '  $x = <<<A\n      one\n      \ttwo\n      A;',
    );
  });

  it('ends with the indentation of its place only, if its own would mix tabs with spaces', () => {
    assert.equal(
      insert('f(<<<A\n     one\n     A);\nif ($a) {\n    f();\n       g();\n}\n', '\t‸', {
        ...php,
        style: tabs,
      }),
      '\tf(<<<A\n\tone\n\tA);\n\tif ($a) {\n\t    f();\n\t       g();\n\t}',
    );
  });
});
