import assert from 'node:assert/strict';
import { parseBlocks } from '../../../src/webview/markdown/parser';

function html(markdown: string): string {
  return parseBlocks(markdown, {})
    .map((block) => block.html.trim())
    .join('\n');
}

/** The sources of the formulas, those of display size in double brackets. */
function formulas(markdown: string): string[] {
  return [...html(markdown).matchAll(/class="formula" data-display="(true|false)">([^<]*)</g)].map(
    ([, display, source = '']) => (display === 'true' ? `[[${source}]]` : source),
  );
}

describe('Formulas', () => {
  const found: readonly (readonly [string, readonly string[]])[] = [
    ['Let $x^2$ be', ['x^2']],
    ['Let \\(x_1\\) and \\(y_2\\) be', ['x_1', 'y_2']],
    ['$$\nx\n$$', ['[[x]]']],
    ['\\[\nx\n\\]', ['[[x]]']],
    ['so\n\\[ x \\]\nthus', ['[[x]]']],
    ['so \\[ x \\] thus', ['[[x]]']],
    ['so $$x$$ thus', ['[[x]]']],
    ['$$a$$ is so.\n\n# Heading', ['[[a]]']],
    [
      '\\begin{align*}\na &= b \\\\\n- c &= d\n\\end{align*}',
      ['[[\\begin{align*}\na &amp;= b \\\\\n- c &amp;= d\n\\end{align*}]]'],
    ],
    ['- item\n  $$\n  x\n  $$\n- next', ['[[x]]']],
    ['1. item\n\n   \\[\n   x\n   \\]', ['[[x]]']],
    ['> $$\n> x\n> $$', ['[[x]]']],
  ];
  for (const [markdown, sources] of found) {
    it(`are found in ${JSON.stringify(markdown)}`, () => assert.deepEqual(formulas(markdown), sources));
  }

  const none = [
    'It costs $5 and $6',
    '$5/$6, ($7)-($8)',
    'from $1,000 to $2,000.',
    '`$x$`',
    '```\n$$x$$\n```',
    '$$\nnever closed\n\n# Heading',
    '\\[ never closed\n\nmore',
    '\\begin{align} never closed',
    '\\$x\\$',
  ];
  for (const markdown of none) {
    it(`are not seen in ${JSON.stringify(markdown)}`, () => assert.deepEqual(formulas(markdown), []));
  }

  it('leave what follows them alone', () => {
    assert.match(html('$$a$$ is so.\n\n# Heading'), /<p>.*is so\.<\/p>\n<h1>Heading<\/h1>/);
    assert.match(html('$$\nnever closed\n\n# Heading'), /<h1>Heading<\/h1>/);
  });
});

describe('Markdown of an answer', () => {
  it('has no HTML of its own', () => {
    assert.equal(html('<img src=x onerror=alert(1)>'), '<p>&lt;img src=x onerror=alert(1)&gt;</p>');
    assert.doesNotMatch(html('<script>alert(1)</script>\n\n<b>x</b>'), /<(script|b)>/);
  });

  it('loads no image: its address is a link', () => {
    assert.equal(
      html('![a cat](https://example.org/cat.png)'),
      '<p><a href="https://example.org/cat.png">a cat</a></p>',
    );
  });

  it('links to the web and to mail, and to nothing else', () => {
    assert.match(html('[x](https://example.org) [y](mailto:a@example.org)'), /href="https:.*href="mailto:/);
    for (const address of [
      'javascript:alert(1)',
      'vbscript:x',
      'data:text/html,x',
      'file:///etc/passwd',
      'command:x',
      'vscode:x',
      '#a',
      '/a',
    ]) {
      assert.doesNotMatch(html(`[x](${address})`), /href/, address);
    }
  });

  it('keeps the language of a fence, and nothing else of its info', () => {
    assert.match(html('```py title="<x>"\na < b\n```'), /data-language="py"><pre><code>a &lt; b\n<\/code>/);
  });

  it('aligns the cells of a table without a style', () => {
    const table = html('| a | b |\n| :- | -: |\n| 1 | 2 |');
    assert.match(table, /<td align="right">2<\/td>/);
    assert.doesNotMatch(table, /style=/);
  });
});
