import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

interface Copied {
  readonly text: string;
  readonly html: string;
}

describe('Text that is copied from the conversation', () => {
  const panel = usePanel();

  const show = (markdown: string, question = 'What is it?') =>
    panel.post(snapshot(turn('a', { choices: [choice(markdown)] }, question)));

  /** Copies what is selected and gives what the clipboard would have. */
  async function copied(): Promise<Copied> {
    await panel.page.evaluate(`addEventListener('copy', ({ clipboardData }) => (copied = {
      text: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') }), { once: true })`);
    await panel.page.keyboard.press('Control+c');
    return await panel.page.evaluate<Copied>('copied');
  }
  const select = (selector: string) =>
    panel.page.evaluate((name) => {
      const element = document.querySelector(name);
      if (element) getSelection()?.selectAllChildren(element);
    }, selector);

  const code = Array.from({ length: 40 }, (_, index) => `line(${index});`).join('\n');
  const same: Readonly<Record<string, string>> = {
    'a paragraph': 'Some words, *emphasis*, **more of it** and ~~none~~.',
    'lists and what is in them': '- one\n- two\n  1. deep\n  2. er\n- three',
    'a link with its address': 'See [the manual](https://example.com/a_b?c=d) for it.',
    'an address that stands for itself': 'See https://example.com/page for it.',
    'code with its language, and not the fold or the numbers': `Look:\n\n\`\`\`js\n${code}\n\`\`\`\n\nDone.`,
    'a table with its alignment': '| a | b | c |\n| --- | :---: | ---: |\n| 1 | `x` | 3 |',
    'formulas in dollars': 'So $\\pi r^2$ is\n\n$$\n\\int_0^1 x\\,dx\n$$\n\nit.',
    headings: '## Title\n\n### Another\n\nText.',
    quotations: '> quoted\n>\n> twice\n\nText.',
    'a line across': 'One\n\n---\n\nTwo',
    'code in a line': 'Use `a | b` or `` ` `` here.',
  };
  for (const [what, markdown] of Object.entries(same)) {
    it(`is its Markdown source as plain text: ${what}`, async () => {
      await show(markdown);
      if (markdown.includes('$')) await panel.page.locator('.katex').first().waitFor();
      await select('.answer .markdown');
      assert.equal((await copied()).text, markdown);
    });
  }

  it('has HTML for documents and mail: lists, tables, links, code and MathML', async () => {
    await show(
      `- one\n\n1. first\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n\n[link](https://example.com/) $x^2$\n\n\`\`\`js\n${code}\n\`\`\``,
    );
    await panel.page.locator('.katex').waitFor();
    await select('[role=log]');
    const { html } = await copied();
    for (const part of ['<ul><li>', '<ol><li>', '<table border="1">', '<td align="right">2</td>']) {
      assert.ok(html.includes(part), `${part} in ${html}`);
    }
    assert.match(html, /<a href="https:\/\/example\.com\/">link<\/a>/);
    assert.match(html, /<math xmlns="http:\/\/www\.w3\.org\/1998\/Math\/MathML">/);
    assert.ok(html.includes(`<pre><code>${code}`));
    assert.doesNotMatch(html, /class=|<button|<span|<div|Show all|40 lines|katex/);
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
    assert.equal((await copied()).text.trimEnd(), 'if x:\n    y = `1`');
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
    assert.equal((await copied()).text, 'A *question*\nof two lines\n\nAn **answer**.\n\nNext\n\nAnother.');
  });

  it('is a list if it is a part of a list', async () => {
    await show('1. one\n2. two\n3. three');
    await panel.page.evaluate(() => {
      const [, second, third] = document.querySelectorAll('.answer li');
      if (second && third) getSelection()?.setBaseAndExtent(second, 0, third, 1);
    });
    const { text, html } = await copied();
    assert.equal(text, '2. two\n3. three');
    assert.match(html, /^<ol><li>two<\/li><li>three<\/li><\/ol>$/);
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
    const { text, html } = await copied();
    assert.equal(text, answers.map((answer, index) => `Q${index}\n\n${answer}`).join('\n\n'));
    assert.equal(html.match(/<strong>bold<\/strong>/g)?.length, 60);
  });

  it('is the source and the HTML of an answer by Copy Answer', async () => {
    const markdown = '* one\n* two\n\n\\(x^2\\) and $y$';
    await show(markdown);
    await panel.page.locator('.katex').first().waitFor();
    await panel.page.evaluate(`addEventListener('copy', ({ clipboardData }) => (copied = {
      text: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') }))`);
    await panel.page.getByRole('button', { name: 'Copy Answer' }).click();
    const { text, html } = await panel.page.evaluate<Copied>('copied');
    assert.equal(text, markdown);
    assert.match(html, /^<ul><li>one<\/li><li>two<\/li><\/ul><p><math/);
  });
});
