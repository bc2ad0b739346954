import assert from 'node:assert/strict';
import { createBlockReader } from '../../../src/webview/markdown/block-reader';
import { createRenderedBlocks } from '../../support/rendered-blocks';

/** The HTML after each character of a text. */
function htmlOfPrefixes(markdown: string): string[] {
  const reader = createBlockReader();
  const rendered = createRenderedBlocks();
  return Array.from(markdown, (character) => {
    rendered.apply(reader.append(character));
    return rendered.blocks.join('');
  });
}

function elementsIn(html: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = ''] of html.matchAll(/<([a-z]\w*)/g)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

describe('Markdown that is not complete', () => {
  const fence = '```';
  for (const markdown of [
    'so $a*b*c$ is',
    'so \\(a*b*c\\) and \\(x_1 _y_ z\\) is',
    '\\( [a](https://example.org) \\)',
    'so \\boxed{a*b*c} is',
    'so $$a*b*c$$ is',
    'a \\begin{pmatrix} a*b*c \\end{pmatrix} b',
    '| a | b |\n| - | - |\n| $|x*y*z|$ | `a|b` |\n',
    '$$  \na\n- b\n$$\n',
    '- a\n\n      \\[\n      x\n      \\]\n',
    `${fence}math\na\n- b\n${fence}\n`,
    `- ~~~ math\n  a\n\n  b\n  ~~~\n`,
    `- a\n  ~~~\n  ${fence}\n  ~~~\n  $$\n  a\n  - b\n  $$\n`,
    `Text: ${fence}py\nx = 1\n${fence}\n$$\na\n- b\n$$\n`,
    '[![CI](https://example.org/x.svg)](https://example.org) end',
    'see [this](https://example.org/a_(b) "title") and ![x](https://example.org/x.png)',
    'see [x][1]\n\n[1]: https://example.org "title"\n',
    '[a name]: <https://example.org>\n\n[a name]',
    '> [!NOTE]\n> a',
    '- [ ] a\n- [x] b\n',
    `Here is the code: ${fence}js\nx\n${fence}\n`,
    'a<br>b &amp; c',
  ]) {
    it(`shows no element for a moment: ${JSON.stringify(markdown)}`, () => {
      let before = new Map<string, number>();
      for (const html of htmlOfPrefixes(markdown)) {
        const elements = elementsIn(html);
        for (const [name, count] of before)
          // A formula takes the place of the paragraph that showed its source.
          if (name !== 'p') assert.ok((elements.get(name) ?? 0) >= count, `${name}: ${html}`);
        before = elements;
      }
    });
  }

  it('shows the source of a formula as it is', () => {
    for (const source of [
      'so \\(a*b*',
      'so \\( [a](b) c',
      'so \\[ a_1 _b_ c',
      'so $a*b*c',
      'so $x_1 + _y_ + z',
      '\\boxed{a*b*c',
      '    \\[\n    x',
    ]) {
      const html = htmlOfPrefixes(`${source} `).at(-1) ?? '';
      assert.equal(textOf(html).trim(), source.replace(/^ +/gm, ''), html);
    }
  });

  it('shows no address of a link beside its text, and no definition of a link', () => {
    for (const markdown of [
      'see [this](https://example.org/a "title"), and',
      'see ![this](https://example.org/a(b)), and',
      '[a]: https://example.org\n',
      '[1]: <https://example.org> "title"\n',
    ]) {
      for (const html of htmlOfPrefixes(markdown)) assert.doesNotMatch(textOf(html), /\]\(|\]:|https|title/);
    }
  });

  it('shows no row of a table as text', () => {
    for (const markdown of [
      '| a | b |\n|---|:-:|\n| c | d |\n',
      'x\n\n- | a |\n  |---|\n  | b |\n',
      '> | a |\n> | - |\n',
    ]) {
      for (const html of htmlOfPrefixes(markdown)) assert.doesNotMatch(textOf(html), /[|-]/);
    }
    const shown = htmlOfPrefixes('|x| = 1\nso ').at(-1) ?? '';
    assert.equal(textOf(shown).trim(), '|x| = 1\nso');
  });

  it('shows emphasis after prices, variables, and code with dollar signs', () => {
    for (const markdown of [
      'from $5 **each**, ',
      '**$5** or ',
      '**$x** is ',
      'set $HOME to *this* or ',
      `- ${fence}sh\n  kill $$\n  ${fence}\n- **b** `,
      `> ${fence}\n> $$\n> ${fence}\n> - **a** `,
      `- ${fence}tex\n  \\[\n  ${fence}\n- *a* `,
      '- `a` **b** ',
    ]) {
      assert.match(htmlOfPrefixes(markdown).at(-1) ?? '', /<(?:strong|em)>/, markdown);
    }
  });

  it('is drawn as it stands once it has ended', () => {
    for (const [markdown, expected] of [
      ['[a', '<p>[a</p>'],
      ['see [a](https://example.org', /href="https:\/\/example.org"/],
      ['a &am', '<p>a &amp;am</p>'],
      ['a <b', '<p>a &lt;b</p>'],
      ['a \\', '<p>a \\</p>'],
      ['\\(a*b*c', '<p>(a<em>b</em>c</p>'],
    ] as const) {
      const rendered = createRenderedBlocks();
      rendered.apply(createBlockReader().finish(markdown));
      const html = rendered.blocks.join('').trim();
      if (typeof expected === 'string') assert.equal(html, expected);
      else assert.match(html, expected);
    }
  });
});
