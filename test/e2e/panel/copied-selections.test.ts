import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type Copied, copiedData, copySelection } from '../../support/copied';
import { usePanel } from '../../support/use-panel';
import { answeredTurn, choice, snapshot, turn } from './views';

describe('A selection in the conversation', () => {
  const panel = usePanel();
  const answer = (): Locator => panel.page.locator('.answer .markdown').last();

  const copy = (): Promise<Copied> => copySelection(panel.page);

  async function show(markdown: string): Promise<void> {
    await panel.post(snapshot(answeredTurn('a', markdown)));
    if (markdown.includes('$')) await panel.page.locator('.katex').first().waitFor();
    if (markdown.includes('cd x')) await answer().locator('.hljs-built_in').waitFor();
  }

  /** Clicks three times on a part of the answer with this text. */
  async function tripleClick(on: string): Promise<void> {
    const [x, y] = await answer().evaluate((element, wanted) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const at = text.textContent?.indexOf(wanted) ?? -1;
        if (at < 0 || text.parentElement?.checkVisibility() !== true) continue;
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + wanted.length);
        const { left = 0, bottom = 0 } = [...range.getClientRects()].at(-1) ?? {};
        return [left + 2, bottom - 2] as const;
      }
      return [0, 0] as const;
    }, on);
    await panel.page.mouse.click(x, y, { clickCount: 3 });
  }

  /** Presses the mouse on a text, and releases it on another element. */
  async function drag(from: Locator, to: Locator): Promise<void> {
    const [start, end] = [await from.boundingBox(), await to.boundingBox()];
    assert.ok(start && end);
    await panel.page.mouse.move(start.x + 1, start.y + start.height / 2);
    await panel.page.mouse.down();
    await panel.page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
    await panel.page.mouse.up();
  }

  /** Selects from the text node with one text to the end of the one with another. */
  async function selectFrom(from: string, to: string): Promise<void> {
    await answer().evaluate(
      (element, ends) => {
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const found: Node[] = [];
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
          if (ends.includes(text.textContent?.trim() ?? '')) found.push(text);
        }
        const [first, last] = found;
        if (first && last) getSelection()?.setBaseAndExtent(first, 0, last, last.textContent?.length ?? 0);
      },
      [from, to],
    );
  }

  const command = 'Run this:\n\n```bash\nnpm install\n```';
  const tripleClicks: Readonly<Record<string, readonly [markdown: string, on: string, copied: string]>> = {
    'the last paragraph': ['One *two*.\n\nThe **last** one.', 'The', 'The **last** one.'],
    'code at the end': [command, 'npm install', 'npm install'],
    'code before a paragraph': [`${command}\n\nThen go.`, 'npm install', 'npm install'],
    'the first line of code': ['```bash\ncd x\nnpm install\n```\n\nThen.', 'cd', 'cd x\n'],
    'the last line of code': ['```bash\ncd x\nnpm install\n```\n\nThen.', 'npm install', 'npm install'],
    'code in an item': ['1. Run\n\n   ```bash\n   npm i\n   ```\n\n2. Go', 'npm i', 'npm i'],
    'code in a quotation': ['> ```bash\n> npm i\n> ```\n>\n> Go', 'npm i', 'npm i'],
    'a heading': ['# Title *here*\n\nText.', 'Title', 'Title *here*'],
    'an item': ['1. one\n2. two words\n3. three', 'two words', 'two words'],
    'an item with a list in it': ['- one\n  - deep\n- two', 'one', 'one'],
    'a quotation': ['> quoted words\n\nText.', 'quoted words', 'quoted words'],
    'a paragraph before a formula': ['See this:\n\n$$\nx^2\n$$\n\nSo.', 'See this', 'See this:'],
    'a paragraph before code': ['See this:\n\n```\nx\n```', 'See this', 'See this:'],
    'a paragraph before a thematic break': ['One.\n\n---\n\nTwo.', 'One', 'One.'],
    'a cell': ['| a | b |\n| --- | --- |\n| one | two |', 'one', 'one'],
  };
  for (const [what, [markdown, on, copied]] of Object.entries(tripleClicks)) {
    it(`by a triple-click is copied without anything after it: ${what}`, async () => {
      await show(markdown);
      await tripleClick(on);
      const { text, html } = await copy();
      assert.equal(text, copied);
      assert.doesNotMatch(html, /<li>\s*<\/li>|Quote/);
    });
  }

  const markdown = 'Run this:\n\n```bash\nnpm install\n```\n\n- one\n- two **bold** $x^2$\n\nLast paragraph.';
  const targets: Readonly<Record<string, () => Locator>> = {
    'the status': () => panel.page.locator('.status'),
    'the question box': () => panel.questionBox(),
    'the bar': () => panel.button('Send'),
  };
  for (const [below, target] of Object.entries(targets)) {
    it(`that ends below the answer is copied up to its end: at ${below}`, async () => {
      await show(markdown);
      await drag(answer().getByText('Run this:'), target());
      const { text, html } = await copy();
      assert.equal(text, markdown);
      assert.match(html, /^<p>Run this:<\/p><pre><code>npm install\n<\/code><\/pre><ul><li>.*<\/p>$/s);
    });
  }

  it('that begins with a thematic break is copied with it', async () => {
    await show('---\n\nOne.\n\n---');
    await answer().evaluate((element) => getSelection()?.selectAllChildren(element));
    assert.equal((await copy()).text, '---\n\nOne.\n\n---');
  });

  it('outside of the conversation is copied as it is shown', async () => {
    const errorCard = { title: 'Not saved', explanation: 'The disk is full.', buttons: [] };
    await panel.post(snapshot(answeredTurn('a')), { type: 'unsaved', errorCard });
    await panel.answers().getByText('Answer a').selectText();
    await copy();
    await panel.page.getByText('The disk is full.').selectText();
    await panel.page.keyboard.press('Control+c');
    assert.equal((await copiedData(panel.page)).text, '');
  });

  it('is quoted up to the end of the answer if it ends below it', async () => {
    await show('One.\n\nThe **last** one.');
    await tripleClick('The');
    await panel.button('Quote').click();
    assert.equal(await panel.questionBox().inputValue(), '> The **last** one.\n\n');
  });

  const htmlOfParts: Readonly<
    Record<string, readonly [markdown: string, from: string, to: string, html: string]>
  > = {
    'the numbers of items': [
      '3. one\n4. two\n5. three',
      'two',
      'three',
      '<ol start="4"><li>two</li><li>three</li></ol>',
    ],
    'all cells of a row, and the header': [
      '| a | b |\n| --- | --- |\n| one | two |\n| three | four |',
      'two',
      'three',
      '<table border="1"><thead><tr><th>a</th><th>b</th></tr></thead>' +
        '<tbody><tr><td></td><td>two</td></tr><tr><td>three</td><td></td></tr></tbody></table>',
    ],
    'no white space between blocks': [
      '- one\n  - deep\n\n  more\n- two',
      'one',
      'two',
      '<ul><li><p>one</p><ul><li>deep</li></ul><p>more</p></li><li><p>two</p></li></ul>',
    ],
  };
  for (const [what, [source, from, to, html]] of Object.entries(htmlOfParts)) {
    it(`is HTML with ${what}`, async () => {
      await show(source);
      await selectFrom(from, to);
      assert.equal((await copy()).html, html);
    });
  }

  const list = '- one\n  - two\n    - three\n    - four\n- five';
  const partsOfLists: Readonly<
    Record<string, readonly [markdown: string, from: string, to: string, copied: string]>
  > = {
    'a list within an item, and the next item': [list, 'three', 'five', '- three\n- four\n- five'],
    'an item with a list in it': [list, 'two', 'four', '- two\n  - three\n  - four'],
    'bullets before a number': ['1. one\n   - two\n2. three', 'two', 'three', '- two\n\n2. three'],
    'an item that consists of a list': [
      '- - one\n  - two\n- three',
      'one',
      'three',
      '- - one\n  - two\n- three',
    ],
    'tasks with their check boxes': ['- [x] one\n- [ ] two', 'one', 'two', '- [x] one\n- [ ] two'],
    'words of a task': ['- [x] one **two**\n- [ ] three', 'one', 'two', 'one **two**'],
  };
  for (const [what, [source, from, to, copied]] of Object.entries(partsOfLists)) {
    it(`is a part of a list as one would write it: ${what}`, async () => {
      await show(source);
      await selectFrom(from, to);
      assert.equal((await copy()).text, copied);
    });
  }

  it('is HTML with the line breaks of a question', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('Yes.')] }, 'one\ntwo\n\n- a\n- b')));
    await panel.page.getByRole('log').evaluate((log) => getSelection()?.selectAllChildren(log));
    assert.equal((await copy()).html, '<p>one<br>two</p><ul><li>a</li><li>b</li></ul><p>Yes.</p>');
  });

  /** The data of a drag from a place, as the program on which it is dropped receives the data. */
  async function dragData(from: Locator): Promise<Copied> {
    await panel.page.evaluate(`addEventListener('dragstart', ({ dataTransfer }) => (copied = {
      text: dataTransfer.getData('text/plain'), html: dataTransfer.getData('text/html') }), { once: true })`);
    await from.dragTo(panel.questionBox());
    return await copiedData(panel.page);
  }

  it('is dragged as it is copied', async () => {
    await show('So $x^2$ is **bold** here.\n\n- one\n- two\n\n```js\nlet a;\n```');
    await answer().selectText();
    const copied = await copy();
    for (const text of ['one', 'bold']) {
      assert.deepEqual(await dragData(answer().getByText(text, { exact: true })), copied);
      await panel.questionBox().fill('');
      await answer().selectText();
    }
    await dragData(answer().getByText('let'));
    assert.equal(
      await panel.questionBox().inputValue(),
      'So $x^2$ is **bold** here.\n\n- one\n- two\n\n```js\nlet a;\n```',
    );
  });
});
