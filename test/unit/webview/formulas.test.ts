import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseBlocks } from '../../../src/webview/markdown/parser';
import { html } from './builders';

/** The sources of the formulas in a text; display formulas are in double brackets. */
function formulas(markdown: string): string[] {
  return [...html(markdown).matchAll(/class="formula" data-display="(true|false)">([^<]*)</g)].map(
    ([, display, source = '']) => {
      const decoded = source.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      return display === 'true' ? `[[${decoded}]]` : decoded;
    },
  );
}

describe('Formulas', () => {
  const examples: readonly (readonly [string, readonly string[]])[] = [
    ['Let $x^2$ be', ['x^2']],
    ['Let \\(x_1\\) and \\(y_2\\) be', ['x_1', 'y_2']],
    ['Let \\( x \\) be', ['x']],
    ['($x$), "$y$", **$z$**, $a$, $b$; $c$: $d$. $e$', ['x', 'y', 'z', 'a', 'b', 'c', 'd', 'e']],
    ['the $n$th, $k$-th and $(i+1)$st of $p$-groups', ['n', 'k', '(i+1)', 'p']],
    ['设$x$为实数，则$x^2\\ge0$。', ['x', 'x^2\\ge0']],
    ['a 3$\\times$3 matrix, 90$^\\circ$', ['\\times']],
    ['$5$ and $10$ are numbers, $5 + 6 = 11$', ['5', '10', '5 + 6 = 11']],
    ['$1,000 < x$ and $7 mod 3$', ['1,000 < x', '7 mod 3']],
    ["$5 × 3$ and $6 ÷ 2$, $-$, $f'$", ['5 × 3', '6 ÷ 2', '-', "f'"]],
    ['$x$$y$', ['x', 'y']],
    ['$\\$5 + \\$6$', ['\\$5 + \\$6']],
    ['$\\text{if $x > 0$}$', ['\\text{if $x > 0$}']],
    ["$\\text{``so''}$", ["\\text{``so''}"]],
    ['it costs $5 for $x$ of them', ['x']],
    ['\\\\$x$', ['x']],
    ['| a | b |\n| - | - |\n| $x$ | \\(y\\) |', ['x', 'y']],
    ['# Of $x$', ['x']],
    ['[of $x$](https://example.org)', ['x']],
    ['$$\nx\n$$', ['[[x]]']],
    ['$$ x $$', ['[[x]]']],
    ['$$\\text{if $x$} \\tag{1}$$', ['[[\\text{if $x$} \\tag{1}]]']],
    ['\\[\nx\n\\]', ['[[x]]']],
    ['so\n\\[ x \\]\nthus', ['[[x]]']],
    ['so \\[ x \\] thus', ['[[x]]']],
    ['so $$x$$ thus', ['[[x]]']],
    ['\\[ a \\\\[2pt] b \\]', ['[[a \\\\[2pt] b]]']],
    ['$$a$$ is so.\n\n# Heading', ['[[a]]']],
    ['\\[x\\]\n\\[y\\]\n$$z$$', ['[[x]]', '[[y]]', '[[z]]']],
    [
      '\\begin{align*}\na &= b \\\\\n- c &= d\n\\end{align*}',
      ['[[\\begin{align*}\na &= b \\\\\n- c &= d\n\\end{align*}]]'],
    ],
    [
      'so \\begin{cases} a \\\\ \\begin{cases} b \\end{cases} \\end{cases} thus',
      ['[[\\begin{cases} a \\\\ \\begin{cases} b \\end{cases} \\end{cases}]]'],
    ],
    ['\\begin{smallmatrix} a \\end{smallmatrix}', ['[[\\begin{smallmatrix} a \\end{smallmatrix}]]']],
    ['\\begin{array}{c} a \\end{array}', ['[[\\begin{array}{c} a \\end{array}]]']],
    [
      '\\begin{IEEEeqnarray}{rCl} a \\end{IEEEeqnarray}',
      ['[[\\begin{IEEEeqnarray}{rCl} a \\end{IEEEeqnarray}]]'],
    ],
    ['$\\begin{pmatrix} a \\end{pmatrix}$', ['\\begin{pmatrix} a \\end{pmatrix}']],
    ['\\begin{align} never closed\n\n\\begin{align} b \\end{align}', ['[[\\begin{align} b \\end{align}]]']],
    ['- item\n  $$\n  x\n  $$\n- next', ['[[x]]']],
    ['1. item\n\n   \\[\n   x\n   \\]', ['[[x]]']],
    ['> $$\n> x\n> $$', ['[[x]]']],
    ['so $$x = 5 $$, $$ a_1$$ and $$n! = 6;$$ $$f(x)$$', ['[[x = 5]]', '[[a_1]]', '[[n! = 6;]]', '[[f(x)]]']],
    [
      'so $$\\text{rate} = k$$ and $$\nx\n$$ and $$∞$$, $$a$$$$b$$',
      ['[[\\text{rate} = k]]', '[[x]]', '[[∞]]', '[[a]]', '[[b]]'],
    ],
    ['| $$x$$ | $$|y|$$ |\n| - | - |', ['[[x]]', '[[|y|]]']],
    ['| $$2 \\times 3$$ | **$$v = s/t$$** |\n| - | - |', ['[[2 \\times 3]]', '[[v = s/t]]']],
    [
      'so $$ speed / time $$, $$v = s / t$$ and $$x=1$$$y$',
      ['[[speed / time]]', '[[v = s / t]]', '[[x=1]]', 'y'],
    ],
    [
      '$E = mc^2 \\tag{1}$ and \\(\\begin{align*} a &= b \\end{align*}\\)',
      ['[[E = mc^2 \\tag{1}]]', '[[\\begin{align*} a &= b \\end{align*}]]'],
    ],
    [
      '$\\begin{gather} a \\end{gather}$ $\\begin{aligned} a \\end{aligned}$',
      ['[[\\begin{gather} a \\end{gather}]]', '\\begin{aligned} a \\end{aligned}'],
    ],
    ['```math\n$$ x $$\n```\n\n```math\n\\[\nx\n\\]\n```', ['[[x]]', '[[x]]']],
    ['\\( $5 \\) and \\[ $x$ \\] and \\[ $5 + $6 \\]', ['$5', '[[x]]', '[[$5 + $6]]']],
    ['\\[ \\\\[2pt] a \\] and \\( \\(a\\) \\)', ['[[\\\\[2pt] a]]', '\\(a']],
    ['$10 kg$ at $20 km/h$ over $5 cm$, $9.81 m/s^2$', ['10 kg', '20 km/h', '5 cm', '9.81 m/s^2']],
    ['$2 pi r$ and $5 sin(x)$ and $3 log n$', ['2 pi r', '5 sin(x)', '3 log n']],
    ['So\n\n    \\[\n    x\n    \\]\n\nthus', ['[[x]]']],
    ['1. Sum\n\n       $$\n       x\n       $$\n2. next', ['[[x]]']],
    ['\\begin{alignedat}{2} a \\end{alignedat}', ['[[\\begin{alignedat}{2} a \\end{alignedat}]]']],
    [
      '\\begin{subequations}\n\\begin{align}\na\n\\end{align}\n\\end{subequations}',
      ['[[\\begin{subequations}\n\\begin{align}\na\n\\end{align}\n\\end{subequations}]]'],
    ],
    ['\\begin{bsmallmatrix} a \\end{bsmallmatrix}', ['[[\\begin{bsmallmatrix} a \\end{bsmallmatrix}]]']],
    ['$5 αβ$ and $|x|$, $]a, b[$, $.5$', ['5 αβ', '|x|', ']a, b[', '.5']],
    ['若$速度 = 路程/时间$，第$n$个$x=1，y=2$', ['速度 = 路程/时间', 'n', 'x=1，y=2']],
    ['\\( dx dy \\), \\( kx dx \\) and \\( AB CD \\)', ['dx dy', 'kx dx', 'AB CD']],
    ['得到\\[x\\]即，so\\[x=1\\]thus', ['[[x]]', '[[x=1]]']],
  ];
  for (const [markdown, sources] of examples) {
    it(`are found in ${JSON.stringify(markdown)}`, () => assert.deepEqual(formulas(markdown), sources));
  }

  const textsWithoutFormulas = [
    'It costs $5 and $6',
    'It costs $5 and $10, or $20.',
    '$5/$6, ($7)-($8)',
    'from $1,000 to $2,000.',
    '$1,000-$2,000',
    '$1,000–$2,000',
    'US$20 to US$30, A$5 and C$6',
    'US$20, CA$30 and 10$ or 20$',
    'a $x and $5',
    '$5 and you have 10$',
    '$5, or 6$',
    '$5/month or 50$',
    '$1.5k for it, or 2$',
    '$5-10 for one, 9$',
    '**$5** and **$10**',
    '| $5 | $6 |\n| - | - |\n| $7 | $8 |',
    '$HOME and $PATH',
    '$HOME/$USER',
    '$HOME:$PATH',
    '$HOME$PATH',
    '${HOME}/$USER and $HOME/${USER}',
    '$HOME/$(ls)',
    'Set $foo to the value of bar$',
    'use $1 and $2',
    'Das kostet $5 für drei und (10$) mehr',
    'цена $5, или 6$; $5 и потом (6$)',
    '苹果$5，香蕉$10元；値段は$5です。',
    '设置$HOME变量和$PATH变量，使用$a和$b',
    '若$x>0，则$y<0',
    '${a}${b}, $(a)$(b), $20k–$x',
    '/^\\d+$/ or /^[a-z]+$/, ^a+$, ^b+$ (^a$|^b$)',
    'kill $$; echo $$',
    'escape \\( and \\), write \\( ... \\), \\[ … \\], $...$ or $$...$$',
    '\\\\host\\c$\\share and \\\\host\\d$\\data, C$\\Windows and D$\\Temp, $a_$b',
    'It costs $5 km and 10$, $5 per km$, $5 log in and 10$',
    '    \\[\n    x\n    \\]\n    and more',
    'Price: $$–$$$ per person, $$-$$$, $$ to $$$, $$/$$$ and $$–$$$$',
    'Price: $ | $$ | $$$, or **$$** to **$$$**, **$$** cheap, **$$** fair',
    '| Bar | $$–$$$ |\n| - | - |\n| Inn | $$-$$$ |',
    'Cost: $ (cheap), $$ (mid), $$$ (expensive)',
    'Cost: $$ (mid), $$ (fair)',
    'Foo — $$ — Italian; Bar — $$ — Thai',
    'Price: $$. Next: Price: $$.',
    'Price: $$\nCuisine: Thai\nPrice: $$\nCuisine: Italian',
    'In Makefiles write $$HOME, $$PATH, $$HOME/bin:$$PATH and $$(date)',
    'for i in $$list; do echo $$i; done; if [ $$a -lt $$b ]',
    'Angular $$hashKey and $$phase, $$first_name, $$last_name',
    'PHP: $$var = $$other; $$a=$$b; "$$a" and "$$b"',
    'echo "$$" > pid; kill "$$"',
    'AS $$ SELECT 1 $$',
    'AS $$ BEGIN NEW.x = now(); RETURN NEW; END; $$ LANGUAGE plpgsql',
    'between \\( to open \\) and \\[ the formula \\], \\( или \\)',
    'list\\[0\\] = a\\[i\\], \\[text\\](b)',
    'a lone $ and another $',
    'a $ x $',
    '`$x$`',
    '`$x` and `y$`',
    '$a and `b$`',
    'pay $5 with `echo $x`',
    '```\n$$x$$\n```',
    '```\n\\begin{align}x\\end{align}\n```',
    '    $x$',
    '$$\nnever closed\n\n# Heading',
    '\\[ never closed\n\nmore',
    '\\( never closed',
    '$never closed',
    '\\begin{align} never closed',
    '\\$x\\$',
    '\\\\(x\\\\)',
    'PHP: $a = $b + $c; echo "$a";',
    '{$match: {a: 1}}, {$group: {_id: "$a"}}',
    "$a['x'] = $b['y']",
    'Price: $–$$',
    '$$$$',
    '\\(\\)',
    '\\[ \\]',
  ];
  for (const markdown of textsWithoutFormulas) {
    it(`are not found in ${JSON.stringify(markdown)}`, () => assert.deepEqual(formulas(markdown), []));
  }

  it('may be any single letter, whatever the letter means as a word', () => {
    const letters = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZαβγδεηθλμνπσωΓΔΩиаяИ');
    for (const letter of letters) {
      assert.deepEqual(formulas(`so \\( ${letter} \\), **\\( ${letter} \\)**`), [letter, letter]);
      for (const display of [`\\[ ${letter} \\]`, `$$ ${letter} $$`, `$$${letter}$$`])
        assert.deepEqual(formulas(`so ${display} thus`), [`[[${letter}]]`]);
      assert.deepEqual(formulas(`so $${letter}$ thus`), [letter]);
    }
  });

  it('use the macros that earlier formulas of the answer define', () => {
    const definitions = [
      '$\\newcommand{\\R}{\\mathbb{R}}$',
      '$$\\newcommand{\\norm}[1]{\\|#1\\|} \\DeclareMathOperator*{\\am}{arg\\,max}$$',
      '\\(\\def\\d#1#2{\\frac{#1}{#2}} \\newcommand\\p[2][x]{#2_{#1}}\\)',
    ].join('\n\n');
    for (const [used, expected] of [
      ['\\norm{\\R^n} \\Rho \\R x', '\\|\\mathbb{R}^n\\| \\Rho \\mathbb{R} x'],
      ['\\am_x \\d ab \\p{f} \\p[y]{f}', '\\operatorname*{arg\\,max}_x \\frac{a}{b} f_{x} f_{y}'],
      ['\\let\\a=\\alpha \\global\\edef\\b{x} \\a\\b', '\\alpha x'],
      ['\\DeclarePairedDelimiter{\\abs}{\\lvert}{\\rvert} \\abs{x}', '\\left\\lvert x\\right\\rvert'],
      ['\\newcommand{\\a}{b} \\mathrm\\a', '\\mathrm b'],
      ['\\def\\a{\\a\\a}\\a', '\\def\\a{\\a\\a}\\a'],
    ] as const) {
      assert.equal(formulas(`${definitions}\n\n$${used}$`).at(-1), expected);
    }
    assert.deepEqual(formulas('$\\R$ and $\\newcommand{\\R}{x}\\R$'), ['\\R', 'x']);
  });

  it('do not change the text that follows', () => {
    assert.match(html('$$a$$ is so.\n\n# Heading'), /<p>.*is so\.<\/p>\n<h1>Heading<\/h1>/);
    assert.match(html('$$\nnever closed\n\n# Heading'), /<h1>Heading<\/h1>/);
  });

  it('do not remove characters of other text', () => {
    const anyPiece = fc.constantFrom(
      '$',
      '$$',
      '5',
      'x',
      ' ',
      '\\(',
      '\\)',
      ', ',
      '/',
      'and',
      '\n',
      '{',
      '}',
    );
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 20 }), (pieces) => {
        const markdown = pieces.join('');
        const text = html(markdown).replace(/<[^>]*>/g, '');
        const letters = (content: string): string => content.replace(/[\s\\()$]/g, '');
        assert.equal(letters(text), letters(markdown));
        if (formulas(markdown).length > 0) return;
        const dollarCount = (content: string): number => content.split('$').length - 1;
        assert.equal(dollarCount(text), dollarCount(markdown));
      }),
      { numRuns: 5000 },
    );
  });

  it('that never end are parsed quickly', function () {
    this.timeout(120_000);
    for (const opening of [
      '$x ',
      '$$x ',
      '\\(',
      '\\[',
      '$`',
      '$``a`',
      '$\\text{',
      '$$\\text{$',
      '\\begin{align}',
      '\\begin{cases}\\end{align}',
      '\\[x\\]\n',
      '\\(\\\\)',
      '\\begin{align}\n\n',
    ]) {
      const text = opening.repeat(200_000 / opening.length);
      const start = performance.now();
      parseBlocks(`${text}\n\n${text}`, {});
      const duration = performance.now() - start;
      assert.ok(duration < 10_000, `${JSON.stringify(opening)}: ${duration} ms`);
    }
  });
});
