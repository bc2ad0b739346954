import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseBlocks } from '../../../src/webview/markdown/parser';

function html(markdown: string): string {
  return parseBlocks(markdown, {})
    .map((block) => block.html.trim())
    .join('\n');
}

/** The sources of the formulas, those of display size in double brackets. */
function formulas(markdown: string): string[] {
  return [...html(markdown).matchAll(/class="formula" data-display="(true|false)">([^<]*)</g)].map(
    ([, display, source = '']) => {
      const plain = source.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      return display === 'true' ? `[[${plain}]]` : plain;
    },
  );
}

describe('Formulas', () => {
  const found: readonly (readonly [string, readonly string[]])[] = [
    ['Let $x^2$ be', ['x^2']],
    ['Let \\(x_1\\) and \\(y_2\\) be', ['x_1', 'y_2']],
    ['Let \\( x \\) be', ['x']],
    ['($x$), "$y$", **$z$**, $a$, $b$; $c$: $d$. $e$', ['x', 'y', 'z', 'a', 'b', 'c', 'd', 'e']],
    ['the $n$th, $k$-th and $(i+1)$st of $p$-groups', ['n', 'k', '(i+1)', 'p']],
    ['设$x$为实数，则$x^2\\ge0$。', ['x', 'x^2\\ge0']],
    ['a 3$\\times$3 matrix, 90$^\\circ$', ['\\times']],
    ['$5$ and $10$ are numbers, $5 + 6 = 11$', ['5', '10', '5 + 6 = 11']],
    ['$1,000 < x$ and $7 mod 3$', ['1,000 < x', '7 mod 3']],
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
    ['$\\begin{pmatrix} a \\end{pmatrix}$', ['\\begin{pmatrix} a \\end{pmatrix}']],
    ['\\begin{align} never closed\n\n\\begin{align} b \\end{align}', ['[[\\begin{align} b \\end{align}]]']],
    ['- item\n  $$\n  x\n  $$\n- next', ['[[x]]']],
    ['1. item\n\n   \\[\n   x\n   \\]', ['[[x]]']],
    ['> $$\n> x\n> $$', ['[[x]]']],
  ];
  for (const [markdown, sources] of found) {
    it(`are found in ${JSON.stringify(markdown)}`, () => assert.deepEqual(formulas(markdown), sources));
  }

  const none = [
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
    '$$$$',
    '\\(\\)',
    '\\[ \\]',
  ];
  for (const markdown of none) {
    it(`are not seen in ${JSON.stringify(markdown)}`, () => assert.deepEqual(formulas(markdown), []));
  }

  it('leave what follows them alone', () => {
    assert.match(html('$$a$$ is so.\n\n# Heading'), /<p>.*is so\.<\/p>\n<h1>Heading<\/h1>/);
    assert.match(html('$$\nnever closed\n\n# Heading'), /<h1>Heading<\/h1>/);
  });

  it('lose no character of what is none', () => {
    const piece = fc.constantFrom('$', '$$', '5', 'x', ' ', '\\(', '\\)', ', ', '/', 'and', '\n', '{', '}');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const markdown = pieces.join('');
        const text = html(markdown).replace(/<[^>]*>/g, '');
        const letters = (all: string): string => all.replace(/[\s\\()$]/g, '');
        assert.equal(letters(text), letters(markdown));
        if (formulas(markdown).length > 0) return;
        const dollars = (all: string): number => all.split('$').length;
        assert.equal(dollars(text), dollars(markdown));
      }),
      { numRuns: 5000 },
    );
  });

  it('that never end take no time', function () {
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
      const took = performance.now() - start;
      assert.ok(took < 10_000, `${JSON.stringify(opening)} took ${took} ms`);
    }
  });
});
