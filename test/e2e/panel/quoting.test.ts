import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { answeredTurn, snapshot } from './views';

describe('An answer in the panel', () => {
  const panel = usePanel();

  it('is quoted in the question box above the draft', async () => {
    await panel.post(snapshot(answeredTurn('a', 'First line.\n\nSecond.'), answeredTurn('b')));
    await panel.questionBox().fill('Why?');
    await panel.answers().first().getByText('First line.').selectText();
    await panel.button('Quote').click();
    assert.equal(await panel.questionBox().inputValue(), '> First line.\n\nWhy?');
    assert.equal(await panel.questionBox().evaluate((area: HTMLTextAreaElement) => area.selectionStart), 15);
    await panel.untilFocused('Ask o1-mini');
    await panel.button('Quote').waitFor({ state: 'hidden' });
    const last = (await panel.receivedOf('draft')).at(-1);
    assert.ok(last?.text.startsWith('> First line.'));
    assert.deepEqual(
      await panel.receivedOf('quotable'),
      [true, false].map((quotable) => ({ type: 'quotable', quotable })),
    );
  });

  it('is quoted by a command of the host, but only if text of an answer is selected', async () => {
    await panel.post(snapshot(answeredTurn('a')));
    await panel.post({ type: 'quote' });
    await panel.questions().getByText('Question a').selectText();
    assert.equal(await panel.button('Quote').count(), 0);
    await panel.post({ type: 'quote' });
    assert.equal(await panel.questionBox().inputValue(), '');
    await panel.answers().getByText('Answer a').selectText();
    await panel.button('Quote').waitFor();
    await panel.post({ type: 'quote' });
    assert.equal(await panel.questionBox().inputValue(), '> Answer a\n\n');
  });

  it('is reported as quotable again when its webview is shown again', async () => {
    await panel.post(snapshot(answeredTurn('a')));
    await panel.answers().getByText('Answer a').selectText();
    await panel.button('Quote').waitFor();
    await panel.post({ type: 'shown' });
    assert.equal((await panel.receivedOf('quotable')).length, 2);
    assert.deepEqual((await panel.received()).at(-1), { type: 'quotable', quotable: true });
  });

  it('is reported as quotable again when its webview gets the focus', async () => {
    await panel.post(snapshot(answeredTurn('a')));
    const messages = async (): Promise<number> =>
      (await panel.receivedOf('quotable')).filter(({ quotable }) => quotable).length;
    await panel.page.evaluate(() => dispatchEvent(new Event('focus')));
    assert.equal(await messages(), 0);
    await panel.answers().getByText('Answer a').selectText();
    await panel.button('Quote').waitFor();
    await panel.page.evaluate(() => dispatchEvent(new Event('focus')));
    assert.equal(await messages(), 2);
    await panel.answers().getByText('Answer a').click({ button: 'right' });
    assert.ok((await messages()) > 2);
  });

  const quotations: Readonly<Record<string, readonly [markdown: string, quoted: string]>> = {
    'formulas as their source': [
      'So $\\pi r^2$ is\n\n$$\n\\int_0^1 x\\,dx\n$$\n\nit.',
      'So $\\pi r^2$ is\n\n$$\n\\int_0^1 x\\,dx\n$$\n\nit.',
    ],
    'code with its lines and language': [
      'See:\n\n```py\ndef f():\n    return "`"\n```',
      'See:\n\n```py\ndef f():\n    return "`"\n```',
    ],
    'code that has fences in it': ['````\n```\nx\n```\n````', '````\n```\nx\n```\n````'],
    'lists, numbers and nesting': [
      '3. one\n4. two\n   - deep\n   - er',
      '3. one\n4. two\n   - deep\n   - er',
    ],
    'emphasis, code and headings': ['## T\n\n**a** *b* ~~c~~ `d`', '## T\n\n**a** *b* ~~c~~ `d`'],
    tables: ['| a | b |\n|---|---|\n| 1 | 2 |', '| a | b |\n| --- | --- |\n| 1 | 2 |'],
    'quotations within it': ['> one\n>\n> two', '> one\n>\n> two'],
  };
  for (const [what, [markdown, expected]] of Object.entries(quotations)) {
    it(`is quoted with ${what}`, async () => {
      await panel.post(snapshot(answeredTurn('a', markdown)));
      if (markdown.includes('$')) await panel.page.locator('.katex').first().waitFor();
      await panel.page.locator('.answer .markdown').selectText();
      await panel.button('Quote').click();
      const lines = expected.split('\n').map((line) => `> ${line}`.trimEnd());
      assert.equal(await panel.questionBox().inputValue(), `${lines.join('\n')}\n\n`);
    });
  }

  it('is quoted as far as it is selected, with whole formulas', async () => {
    await panel.post(snapshot(answeredTurn('a', 'One two $x^2$ three `code` four')));
    await panel.page.locator('.katex').waitFor();
    await panel.page.evaluate(() => {
      const paragraph = document.querySelector('.answer .markdown p');
      const inside = document.querySelector('.katex-html')?.querySelector('.mord')?.firstChild;
      const code = paragraph?.querySelector('code')?.firstChild;
      if (inside && code) getSelection()?.setBaseAndExtent(inside, 0, code, 2);
    });
    await panel.button('Quote').click();
    assert.equal(await panel.questionBox().inputValue(), '> $x^2$ three `co`\n\n');
  });
});
