import assert from 'node:assert/strict';
import { type Copied, copiedData, copySelection, watchCopies } from '../../support/copied';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

describe('Text that is copied from the conversation', () => {
  const panel = usePanel();

  const show = (markdown: string, question = 'What is it?') =>
    panel.post(snapshot(turn('a', { choices: [choice(markdown)] }, question)));

  const copy = (): Promise<Copied> => copySelection(panel.page);
  const select = (selector: string) =>
    panel.page.evaluate((name) => {
      const element = document.querySelector(name);
      if (element) getSelection()?.selectAllChildren(element);
    }, selector);

  const code = Array.from({ length: 40 }, (_, index) => `line(${index});`).join('\n');
  const roundTrips: Readonly<Record<string, string>> = {
    'a paragraph': 'Some words, *emphasis*, **more of it** and ~~none~~.',
    'nested lists': '- one\n- two\n  1. deep\n  2. er\n- three',
    'a link with its address': 'See [the manual](https://example.com/a_b?c=d) for it.',
    'a link to a site without a path': 'See [the site](https://example.com).',
    'a bare address': 'See https://example.com/page for it.',
    'code with its language, but without labels and buttons': `Look:\n\n\`\`\`js\n${code}\n\`\`\`\n\nDone.`,
    'a table with its alignment': '| a | b | c |\n| --- | :---: | ---: |\n| 1 | `x` | 3 |',
    'formulas in dollars': 'So $\\pi r^2$ is\n\n$$\n\\int_0^1 x\\,dx\n$$\n\nit.',
    headings: '## Title\n\n### Another\n\nText.',
    quotations: '> quoted\n>\n> twice\n\nText.',
    'a thematic break': 'One\n\n---\n\nTwo',
    'inline code': 'Use `a | b` or `` ` `` here.',
    'text that would be markup':
      '1\\. a\\*b* 2 * 3 a_b \\[x](y.ts) \\<br> \\&lt; \\`z` C:\\a\n\n\\# b\n\n\\$x$ but $5 and $6, and $y$',
    'a line break': 'one  \ntwo\n\n# a<br>b',
    'a list with paragraphs': '- one\n\n  more\n\n  ```py\n  a\n\n  b\n  ```\n\n- two',
    'two lists': '- one\n\n* two\n\n- three',
    'a task list': '- [x] done\n- [ ] to do',
    'an alert': '> [!WARNING]\n> Do **not**.\n>\n> Ever.\n\nSo:\n\n> [!TIP]\n>\n> - one\n> - two',
    'files and images':
      '[app](src/app.ts:10) and `src/b.ts` ![a picture](https://example.com/x.png) www.a.org',
    'formulas with and without errors':
      '$\\no{x}$ $\\text{a_b}$ \\(x\\)5 so $$y$$ is\n\n$$\n\\begin{multline}\na \\label{b}\n\\end{multline}\n$$',
    'formulas in a table': '| a | b |\n| --- | --- |\n| $$x$$ | $\\|y\\|$<br>z |',
  };
  for (const [what, markdown] of Object.entries(roundTrips)) {
    it(`is its Markdown source as plain text: ${what}`, async () => {
      await show(markdown);
      if (markdown.includes('$')) await panel.page.locator('.katex').first().waitFor();
      await select('.answer .markdown');
      assert.equal((await copy()).text, markdown);
    });
  }

  it('has HTML for documents and mail: lists, tables, links, code and MathML', async () => {
    await show(
      `- one\n\n1. first\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n\n[link](https://example.com/) $x^2$\n\n\`\`\`js\n${code}\n\`\`\``,
    );
    await panel.page.locator('.katex').waitFor();
    await select('[role=log]');
    const { html } = await copy();
    for (const part of ['<ul><li>', '<ol><li>', '<table border="1">', '<td align="right">2</td>']) {
      assert.ok(html.includes(part), `${part} in ${html}`);
    }
    assert.match(html, /<a href="https:\/\/example\.com\/">link<\/a>/);
    assert.match(html, /<math xmlns="http:\/\/www\.w3\.org\/1998\/Math\/MathML">/);
    assert.ok(html.includes(`<pre><code>${code}`));
    assert.doesNotMatch(html, /class=|<button|<span|<div|Show all|40 lines|katex/);
  });

  it('has a space in HTML where elements are on lines of their own in the source', async () => {
    await show('use `foo`\n`bar` and\n\n- **A**\n  **B**');
    await select('.answer .markdown');
    const { html } = await copy();
    assert.match(html, /<code>foo<\/code> <code>bar<\/code>/);
    assert.match(html, /<strong>A<\/strong> <strong>B<\/strong>/);
  });

  it('is whole in HTML too if it is too long to be rendered for that', async () => {
    const long = (name: string): string =>
      `${name} begins.\n\n${'Words of it. '.repeat(20_000)}\n\n${name} ends.`;
    await panel.post(
      snapshot(
        turn('a', {
          choices: [choice(long('First'), { reasoning: 'Not copied, because it is collapsed.' })],
        }),
        turn('b', { choices: [choice(long('Second'))] }),
        ...Array.from({ length: 20 }, (_, index) => turn(`t${index}`, { choices: [choice('Short.')] })),
      ),
    );
    await select('[role=log]');
    const { text, html } = await copy();
    for (const part of ['First begins', 'First ends', 'Second begins', 'Second ends']) {
      assert.ok(text.includes(part), part);
      assert.ok(html.includes(part), `${part} in HTML`);
    }
    assert.doesNotMatch(text + html, /Not copied/);
  });

  it('has the header of a table of which rows are selected', async () => {
    await show('| a | b |\n| --- | ---: |\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |');
    await panel.page.evaluate(() => {
      const cells = [...document.querySelectorAll('.answer td')];
      const [first, last] = [cells[2]?.firstChild, cells[5]?.firstChild];
      if (first && last) getSelection()?.setBaseAndExtent(first, 0, last, 1);
    });
    assert.equal((await copy()).text, '| a | b |\n| --- | ---: |\n| 3 | 4 |\n| 5 | 6 |');
  });

  it('is plain code if only a part of code is selected', async () => {
    await show('```py\nif x:\n    y = `1`\n```');
    await panel.page.evaluate(() => {
      const text = document.querySelector('pre code')?.firstElementChild?.firstChild;
      const nodes = document.createTreeWalker(
        document.querySelector('pre code') ?? document.body,
        NodeFilter.SHOW_TEXT,
      );
      let last: Node | null = text ?? null;
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) last = node;
      const first = document
        .createTreeWalker(document.querySelector('pre code') ?? document.body, NodeFilter.SHOW_TEXT)
        .nextNode();
      if (first && last) getSelection()?.setBaseAndExtent(first, 0, last, last.textContent?.length ?? 0);
    });
    assert.equal((await copy()).text.trimEnd(), 'if x:\n    y = `1`');
  });

  it('contains no buttons and labels of the panel', async () => {
    await panel.post(
      snapshot(
        turn(
          'a',
          { choices: [choice('An **answer**.')], details: { summary: '12 tokens', rows: [] } },
          'A *question*\nof two lines',
        ),
        turn('b', { choices: [choice('Another.')] }, 'Next'),
      ),
    );
    await select('[role=log]');
    assert.equal((await copy()).text, 'A *question*\nof two lines\n\nAn **answer**.\n\nNext\n\nAnother.');
  });

  it('has marks around the words of emphasis of which a part is selected', async () => {
    await show('**one two three**');
    await panel.page.evaluate(() => {
      const text = document.querySelector('.answer strong')?.firstChild;
      if (text) getSelection()?.setBaseAndExtent(text, 3, document.querySelector('.answer p') ?? text, 1);
    });
    assert.equal((await copy()).text, '**two three**');
  });

  it('is words if it is a part of one cell, item, heading or paragraph', async () => {
    await show('| a | one two |\n| --- | --- |\n\n- one two\n  - one two\n\n# one two\n\n> one two');
    const texts = await panel.page
      .locator('.answer :is(th:last-child, li, h1, blockquote p)')
      .elementHandles();
    for (const element of texts) {
      await element.evaluate((block) => {
        if (block.firstChild) getSelection()?.setBaseAndExtent(block.firstChild, 4, block.firstChild, 7);
      });
      assert.equal((await copy()).text, 'two');
    }
    assert.equal(texts.length, 5);
  });

  it('is a list if it is a part of a list', async () => {
    await show('1. one\n2. two\n3. three');
    await panel.page.evaluate(() => {
      const [, second, third] = document.querySelectorAll('.answer li');
      if (second && third) getSelection()?.setBaseAndExtent(second, 0, third, 1);
    });
    const { text, html } = await copy();
    assert.equal(text, '2. two\n3. three');
    assert.match(html, /^<ol start="2"><li>two<\/li><li>three<\/li><\/ol>$/);
  });

  it('includes what is not rendered yet, far up in a long chat', async () => {
    const answers = Array.from({ length: 60 }, (_, index) =>
      `Answer ${index} is **bold**.\n\n${'Words. '.repeat(40)}`.trim(),
    );
    await panel.post(
      snapshot(...answers.map((text, index) => turn(`t${index}`, { choices: [choice(text)] }, `Q${index}`))),
    );
    await panel.page.getByRole('log').focus();
    await panel.page.keyboard.press('Control+a');
    const { text, html } = await copy();
    assert.equal(text, answers.map((answer, index) => `Q${index}\n\n${answer}`).join('\n\n'));
    assert.equal(html.match(/<strong>bold<\/strong>/g)?.length, 60);
  });

  it('is the source and the HTML of an answer by Copy Answer', async () => {
    const markdown = '* one\n* two\n\n\\(x^2\\) and $y$';
    await show(markdown);
    await panel.page.locator('.katex').first().waitFor();
    await watchCopies(panel.page);
    await panel.page.getByRole('button', { name: 'Copy Answer' }).click();
    const { text, html } = await copiedData(panel.page);
    assert.equal(text, markdown);
    assert.match(html, /^<ul><li>one<\/li><li>two<\/li><\/ul><p><math/);
  });

  it('has HTML by the first Copy Answer too, if it has letters outside of ASCII', async () => {
    await show('Die **Größe** ist klar.');
    await watchCopies(panel.page);
    await panel.page.getByRole('button', { name: 'Copy Answer' }).click();
    await panel.page.waitForFunction(() => 'copied' in window);
    assert.equal((await copiedData(panel.page)).html, '<p>Die <strong>Größe</strong> ist klar.</p>');
    assert.deepEqual(await panel.receivedOf('copyAnswer'), []);
  });
});
