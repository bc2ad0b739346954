import assert from 'node:assert/strict';
import { html } from './builders';

/** The text of each cell of a table, by rows. */
function cells(table: string): string[][] {
  return [...html(table).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
  );
}

const tableHead = '| a | b |\n| - | - |\n';
const formula = (source: string, display = false): string =>
  `<span class="formula" data-display="${display}">${source}</span>`;

describe('Markdown as models write it', () => {
  describe('keeps pipes within formulas and code in one table cell', () => {
    const rows: Readonly<Record<string, readonly string[]>> = {
      '| $|x|$ | absolute value |': ['|x|', 'absolute value'],
      '| `a || b` | or |': ['a || b', 'or'],
      '| \\(|x|\\) | $$|y|$$ |': ['|x|', '|y|'],
      '| $\\|x\\|$ | norm | ': ['|x|', 'norm'],
      '| $P(A|B)$ | `x | y | z` |': ['P(A|B)', 'x | y | z'],
      '| ``a ` | b`` | $\\{x | x > 0\\}$ |': ['a ` | b', '\\{x | x &gt; 0\\}'],
      '$|x|$ | no border': ['|x|', 'no border'],
      '| `a \\| b` | escaped |': ['a | b', 'escaped'],
      '| $5 | $6 |': ['$5', '$6'],
      '| $$ | $$$ | $$ |': ['$$', '$$$'],
      '| ` | ` |': ['`', '`'],
      '| a \\| b | c |': ['a | b', 'c'],
      '| too | many | cells |': ['too', 'many'],
      '| \\[|x|\\] | \\begin{array}{c|c} y \\end{array} |': ['|x|', '\\begin{array}{c|c} y \\end{array}'],
      '| $|x|': ['$', 'x'],
    };
    for (const [row, expected] of Object.entries(rows)) {
      it(row, () => assert.deepEqual(cells(tableHead + row)[1], expected));
    }

    it('also in a table head, a list and a quotation', () => {
      assert.deepEqual(cells('| $|x|$ | b |\n| - | - |\n| 1 | 2 |')[0], ['|x|', 'b']);
      assert.deepEqual(cells('- | $|x|$ | b |\n  | - | - |\n  | `1|2` | 2 |')[1], ['1|2', '2']);
      assert.deepEqual(cells('> | a | b |\n> | - | - |\n> | `1|2` | 2 |')[1], ['1|2', '2']);
    });
  });

  const proseTexts = [
    'See README.md, script.py, console.info and ASP.NET.',
    'node.js, Array.from, main.rs, setup.cfg, foo.sh, a.name, e.g. x.io, 1.2.3.4',
    '//example.org and ftp://example.org and www. and www.x',
    'cp "$src" "$dst"',
    "'$a' and '$b'",
    'echo "${a}" "${b}" "$(ls)" "$1" "$2" "$@" "$#"',
    '("$x","$y")',
    "$env:PATH, `$x`, '$x'=>'$y'",
    'git clone https://user:<token>@example.org/a/b.git ssh://git@example.org/a',
    'https://${HOST}:3000/x, http://localhost:${PORT}/a, https://api-{env}.example.org',
    '${user}@example.org, {{user}}@example.org, pkg@next.js',
    'npm i lodash@4.17.21 react@18.x vue@v3, git@example.org:a/b.git',
  ];
  for (const prose of proseTexts) {
    it(`has no links and formulas in ${prose}`, () =>
      assert.doesNotMatch(html(prose), /<a |class="formula"/));
  }

  const examples: readonly (readonly [name: string, markdown: string, expected: string])[] = [
    [
      'a formula in quotation marks',
      '"$x$" and \'$y$\'',
      `&quot;${formula('x')}&quot; and '${formula('y')}'`,
    ],
    ['a prime in a formula', "($f'$, $f' + g'$)", `(${formula("f'")}, ${formula("f' + g'")})`],
    ['an address', 'https://a.org/b', '<a href="https://a.org/b">https://a.org/b</a>'],
    ['a host with www.', 'www.a.org/b.', '<a href="https://www.a.org/b">www.a.org/b</a>.'],
    [
      'addresses in emphasis',
      '_https://a.org/b_ **www.a.org/b**, ~~https://a.org/~~',
      '<em><a href="https://a.org/b">https://a.org/b</a></em> <strong><a href="https://www.a.org/b">www.a.org/b</a></strong>, <s><a href="https://a.org/">https://a.org/</a></s>',
    ],
    [
      'an address that contains Markdown characters',
      'https://a.org/~b_c*d',
      '<a href="https://a.org/~b_c*d">https://a.org/~b_c*d</a>',
    ],
    ['an email address in emphasis', '_me@a.org_', '<em><a href="mailto:me@a.org">me@a.org</a></em>'],
    ['a link without an address', '[here]()', 'here'],
    ['an email address', 'me@a.org', '<a href="mailto:me@a.org">me@a.org</a>'],
    [
      'an address before Chinese text without a space',
      '访问https://a.org查看http://localhost:3000中',
      '访问<a href="https://a.org">https://a.org</a>查看<a href="http://localhost:3000">http://localhost:3000</a>中',
    ],
    ['a link without text', '[](https://a.org)', '<a href="https://a.org">https://a.org</a>'],
    [
      'addresses with placeholders in their path and users in it',
      'https://a.org/{id} https://a.org/@me',
      '<a href="https://a.org/%7Bid%7D">https://a.org/{id}</a> <a href="https://a.org/@me">https://a.org/@me</a>',
    ],
    [
      'an address before a Chinese comma',
      '见https://a.org，然后',
      '见<a href="https://a.org">https://a.org</a>，然后',
    ],
    [
      'an address before a Japanese full stop',
      'https://a.org/b。次',
      '<a href="https://a.org/b">https://a.org/b</a>。次',
    ],
    ['an address in Chinese brackets', '（https://a.org）', '（<a href="https://a.org">https://a.org</a>）'],
    ['emphasis that ends with a Chinese colon', '**注意：**请', '<strong>注意：</strong>请'],
    ['emphasis of Chinese brackets', '含**「重点」**内容', '含<strong>「重点」</strong>内容'],
    ['emphasis in Korean', '**스크립트(script)**라고', '<strong>스크립트(script)</strong>라고'],
    ['struck out Chinese text', '~~旧。~~新', '<s>旧。</s>新'],
    [
      'an image without a name',
      '![](https://a.org/x%20y.png)',
      '<a class="image" href="https://a.org/x%20y.png">x y.png</a>',
    ],
    [
      'an image without a name or a file',
      '![](https://a.org/)',
      '<a class="image" href="https://a.org/">a.org</a>',
    ],
    [
      'an image with emphasis in its name',
      '![a *b*](https://a.org/x)',
      '<a class="image" href="https://a.org/x">a b</a>',
    ],
    [
      'an image in a link',
      '[![CI](https://a.org/x.svg)](https://a.org)',
      '<a href="https://a.org"><span class="image">CI</span></a>',
    ],
    [
      'an image without a name in a link',
      '[![](https://a.org/x.svg) go](https://a.org)',
      '<a href="https://a.org"><span class="image">x.svg</span> go</a>',
    ],
    ['an image in the workspace', '![plan](docs/a.png)', '<span class="image">plan</span>'],
    ['an inline formula in the syntax of GitHub', 'so $`x_1 * y_1`$ is', `so ${formula('x_1 * y_1')} is`],
    [
      'a result and chemical formulas without delimiters',
      'So \\boxed{\\{1\\}}, \\ce{H2O}, \\boxed{} and \\\\boxed{a}',
      `So ${formula('\\boxed{\\{1\\}}')}, ${formula('\\ce{H2O}')}, \\boxed{} and \\boxed{a}`,
    ],
    [
      'formulas with spaces between their dollar signs',
      'as $ x_1 $ and $ \\pi $, 5 $ or 10 $',
      `as ${formula('x_1')} and ${formula('\\pi')}, 5 $ or 10 $`,
    ],
    ['a tag with a formula', 'so $$x \\tag*{$y$}$$', `so ${formula('x \\tag*{$y$}', true)}`],
    ['subscripts and superscripts', 'H<sub>2</sub>O, x<SUP>2</SUP>', 'H<sub>2</sub>O, x<sup>2</sup>'],
    ['keyboard keys', '<kbd>Ctrl</kbd>+<kbd>C</kbd>', '<kbd>Ctrl</kbd>+<kbd>C</kbd>'],
    ['a line break', 'a<br>b<br/>c<BR />d', 'a<br>b<br>c<br>d'],
    ['emphasis in a subscript', 'x<sub>*i*</sub>', 'x<sub><em>i</em></sub>'],
    ['a tag with attributes', '<sub onclick=x>a</sub>', '&lt;sub onclick=x&gt;a&lt;/sub&gt;'],
    ['a tag without a counterpart', 'a </sup> b <kbd>', 'a &lt;/sup&gt; b &lt;kbd&gt;'],
    ['tags that overlap emphasis', '**<sub>a** b</sub>', '<strong>&lt;sub&gt;a</strong> b&lt;/sub&gt;'],
    ['tags that overlap each other', '<sub><sup>a</sub></sup>', '&lt;sub&gt;<sup>a&lt;/sub&gt;</sup>'],
    ['other tags', '<b>x</b><script>y</script>', '&lt;b&gt;x&lt;/b&gt;&lt;script&gt;y&lt;/script&gt;'],
    ['tags in code', '`<br>`', '<code>&lt;br&gt;</code>'],
    ['an escaped tag', '\\<br>', '&lt;br&gt;'],
  ];
  for (const [name, markdown, expected] of examples) {
    it(`renders ${name}`, () => assert.equal(html(markdown), `<p>${expected}</p>`));
  }

  it('renders formulas that contain blank lines', () => {
    for (const [markdown, source] of [
      ['$$\na\n\n= b\n$$', 'a\n\n= b'],
      ['\\[\na\n\n\n+ b\n\\]', 'a\n\n\n+ b'],
      ['$$ a\n\nb $$', 'a\n\nb'],
      ['\\begin{align}\na\n\nb\n\\end{align}', '\\begin{align}\na\n\nb\n\\end{align}'],
      ['- so\n\n  $$\n  a\n\n  b\n  $$', 'a\n\nb'],
      ['> \\[\n> a\n>\n> b\n> \\]', 'a\n\nb'],
      ['text\n$$\n\\text{for all } x\n\n- 1\n$$\ntext', '\\text{for all } x\n\n- 1'],
      ['$$\na\n$$\u3000\ntext', 'a'],
      ['so $$\na\n\n= b\n$$', 'a\n\n= b'],
      ['1. so \\[\n   a\n\n   = b\n   \\]', 'a\n\n= b'],
      ['\\[ a \\]\u00a0\ntext', 'a'],
      ['\\[\n|a| = 5\n\n|b| = 3\n\\]', '|a| = 5\n\n|b| = 3'],
      ['$$\na\n\n< b\n\n|x|\n$$', 'a\n\n&lt; b\n\n|x|'],
      ['> so\n> \\[\na\n- b\n\n= c\n\\]\nd', 'a\n- b\n\n= c'],
      ['> > $$\n> > = a\n1. b\n$$', '= a\n1. b'],
      ['```math\nx^2\n```', 'x^2'],
      ['- a\n\n  ~~~ Math\n  x\n  ~~~', 'x'],
    ] as const) {
      assert.ok(html(markdown).includes(formula(source, true)), `${markdown}\n${html(markdown)}`);
    }
  });

  it('leaves lists and code below a block quote where they are', () => {
    assert.match(html('> kill $$\n- some words of prose here\n$$'), /<\/blockquote>\n<ul>/);
    assert.match(html('> cost $$\n- a\n- b $$'), /<\/blockquote>\n<ul>/);
    assert.match(html('```\n> $$\n- a\n$$\n```'), /<code>&gt; \$\$\n- a\n\$\$\n</);
    assert.match(html('> ```\n> $$\n> ```\n- a\n$$'), /<code>\$\$\n<\/code>.*<ul>/s);
  });

  it('does not take prose, a heading or code between two delimiters for a formula', () => {
    for (const between of [
      'This is no formula at all',
      'two words',
      '# a',
      '```\nx\n```',
      '| a |',
      '|a|b|\n|-|-|',
      '<b>',
      '---',
      '[a](b)',
    ]) {
      assert.doesNotMatch(html(`$$\nx\n\n${between}\n\n$$`), /class="formula"/, between);
    }
    assert.doesNotMatch(html(`$$\nx\n\n${'y\n\n'.repeat(30)}$$`), /class="formula"/);
    assert.match(html('```math\nx'), /^<div class="code-block" data-language="math">/);
    assert.match(html('```mathematica\nx\n```'), /code-block/);
  });

  it('shows check boxes for the items of a task list', () => {
    assert.equal(
      html('- [x] done\n- [ ] to do\n- [X] done'),
      ['☑', '☐', '☑']
        .map(
          (box, at) =>
            `<li class="task"><span class="task-box">${box}</span> ${at === 1 ? 'to do' : 'done'}</li>`,
        )
        .join('\n')
        .replace(/^/, '<ul>\n')
        .replace(/$/, '\n</ul>'),
    );
    assert.match(html('1. [x] done\n   - [ ] inner'), /<ol>\n<li class="task">.*<li class="task">/s);
    assert.match(html('- [x] a\n\n- [ ] b'), /<li class="task">\n<p><span class="task-box">/);
    for (const text of ['[x] a', '- [x]a', '- [y] a', '- \\[x] a', '- [x](https://a.org)', '- `[x]` a']) {
      assert.doesNotMatch(html(text), /task/, text);
    }
  });

  it('shows a title in place of the marker of an alert', () => {
    const quote = (kind: string, content: string): string =>
      `<blockquote class="alert alert-${kind.toLowerCase()}">\n<p><strong class="alert-title">${kind}</strong>${content}</p>\n</blockquote>`;
    for (const [markdown, expected] of [
      ['> [!NOTE]\n> a *b*', quote('Note', '<br>\na <em>b</em>')],
      ['> [!warning] a', quote('Warning', '<br>\na')],
      ['> [!IMPORTANT]  \n> **a**', quote('Important', '<br>\n<strong>a</strong>')],
      ['> [!TIP]\n> `a`', quote('Tip', '<br>\n<code>a</code>')],
      ['> [!CAUTION]', quote('Caution', '')],
      ['> [!CAUTION] **a**', quote('Caution', '<br>\n<strong>a</strong>')],
    ] as const) {
      assert.equal(html(markdown), expected, markdown);
    }
    assert.match(html('- a\n\n  > [!NOTE]\n  >\n  > b'), /alert-title">Note<\/strong><\/p>\n<p>b/);
    for (const text of [
      '[!NOTE]\na',
      '> \\[!NOTE]\n> a',
      '> a [!NOTE]',
      '> [!OTHER]\n> a',
      '> a\n>\n> [!NOTE]',
    ]) {
      assert.doesNotMatch(html(text), /alert/, text);
    }
  });

  it('marks file names, which the host looks up', () => {
    const names = (markdown: string): string[] =>
      [...html(markdown).matchAll(/data-file="([^"]*)"/g)].map(([, name = '']) => name);
    for (const [markdown, expected] of [
      ['[app](src/app.ts:10)', ['src/app.ts:10']],
      ['[app](./src/my%20app.ts#L10-L12)', ['./src/my app.ts#L10-L12']],
      ['[readme](README.md)', ['README.md']],
      [
        '[a](docs/guide.md#install), [b](src/a.ts#foo), [c](a.ts#L3)',
        ['docs/guide.md', 'src/a.ts', 'a.ts#L3'],
      ],
      ['In src/app.ts:10 and src/b.ts:3:4, or (lib/c.py).', ['src/app.ts:10', 'src/b.ts:3:4', 'lib/c.py']],
      ['`src/app.ts` and **src/b.ts**', ['src/app.ts', 'src/b.ts']],
      ['app.ts:10', ['app.ts:10']],
      ['在src/über.ts:3中 and a.ts#L5-L7', ['src/über.ts:3', 'a.ts#L5-L7']],
      ['src\\app.ts:10 and `src\\_b.ts`', ['src/app.ts:10', 'src/_b.ts']],
      [
        '[make](Makefile) [e](.env) `.github/CODEOWNERS` `Dockerfile:3`',
        ['Makefile', '.env', '.github/CODEOWNERS', 'Dockerfile:3'],
      ],
      ['| src/a.ts |\n| - |\n| b/c.ts |', ['src/a.ts', 'b/c.ts']],
      ['[x](C:\\src\\a.ts) [y](d:/src/b.ts:5)', ['C:/src/a.ts', 'd:/src/b.ts:5']],
      ['In app/[id]/page.tsx:5 and [...slug].ts:3', ['app/[id]/page.tsx:5', '[...slug].ts:3']],
    ] as const) {
      assert.deepEqual(names(markdown), expected, markdown);
    }
    for (const text of [
      'README.md and/or a/b',
      'https://example.org/a/b.ts:10',
      '[x](https://example.org/src/app.ts)',
      '[x](command:src/app.ts)',
      '[x](vscode://file/src/app.ts)',
      '[x](file:///src/app.ts:1)',
      '[x](//example.org/src/app.ts)',
      '[x](javascript:a/b.ts)',
      '[x](c:a.ts)',
      '[x](\\\\host\\share\\a.ts)',
      'at 10:30, v1.2:3 is 1.5/2.5',
      'me@a.org/b.c',
      `a/${'b'.repeat(400)}.ts:1`,
      '```\nsrc/app.ts:10\n```',
    ]) {
      assert.deepEqual(names(text), [], text);
    }
  });
});
