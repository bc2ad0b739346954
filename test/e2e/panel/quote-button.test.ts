import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { answeredTurn, snapshot } from './views';

describe('The Quote button', () => {
  const panel = usePanel();
  const button = () => panel.button('Quote');

  /** The texts that the button covers, by their lines. */
  const covered = () =>
    panel.page.evaluate(() => {
      const shown = document.querySelector('.quote-button')?.getBoundingClientRect();
      const texts = document.createTreeWalker(
        document.querySelector('[role=log]') ?? document.body,
        NodeFilter.SHOW_TEXT,
      );
      const found: string[] = [];
      while (shown && texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const isCovered = [...range.getClientRects()].some(
          ({ left, right, top, bottom, width }) =>
            width > 1 && left < shown.right && right > shown.left && top < shown.bottom && bottom > shown.top,
        );
        if (isCovered) found.push(range.toString());
      }
      return found;
    });

  const answer = [
    'Words before.',
    '```ts\nconst one = 1;\nconst two = 2;\nconst three = 3;\n```',
    '```\nplain one\nplain two\n```',
    '- item one\n- item two',
    'Words after.',
  ].join('\n\n');
  for (const line of ['two', 'plain one', 'plain two', 'item one', 'Words before', 'Words after']) {
    it(`covers no text after a triple-click in a short line: ${line}`, async () => {
      await panel.post(snapshot(answeredTurn('a', answer)));
      await panel.page.locator('.hljs-keyword').first().waitFor();
      const place = await panel.page.evaluate((wanted) => {
        const texts = document.createTreeWalker(
          document.querySelector('.answer') ?? document.body,
          NodeFilter.SHOW_TEXT,
        );
        while (texts.nextNode()) {
          const at = (texts.currentNode as Text).data.indexOf(wanted);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(texts.currentNode, at);
          range.setEnd(texts.currentNode, at + wanted.length);
          const { left, top, height } = range.getBoundingClientRect();
          return { x: left + 4, y: top + height / 2 };
        }
        return { x: 0, y: 0 };
      }, line);
      await panel.page.mouse.click(place.x, place.y, { clickCount: 3 });
      await button().waitFor();
      assert.deepEqual(await covered(), []);
    });
  }

  it('is next to the selection in a line, and covers nothing of it', async () => {
    await panel.post(snapshot(answeredTurn('a', 'Some words of a line.')));
    await panel.page.evaluate(() => {
      const text = document.querySelector('.answer .markdown p')?.firstChild;
      if (text) getSelection()?.setBaseAndExtent(text, 5, text, 10);
    });
    await button().waitFor();
    assert.deepEqual(await covered(), []);
  });

  it('takes the same time for a long selection as for a short one', async () => {
    const part = `## Part\n\n${'Some **words** of `code`. '.repeat(20)}\n\n\`\`\`\n${'let x;\n'.repeat(40)}\`\`\``;
    await panel.post(snapshot(answeredTurn('a', `${part}\n\n`.repeat(200))));
    const times = await panel.page.evaluate(async () => {
      // The parts of the answer are rendered as they come into view.
      const log = document.querySelector('[role=log]');
      for (let at = 0; log && at < 60; at++) {
        log.scrollTop = (log.scrollHeight * at) / 60;
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      }
      const text = document.querySelector('.answer .markdown');
      if (text) getSelection()?.selectAllChildren(text);
      return [1, 2, 3, 4, 5].map(() => {
        const start = performance.now();
        document.dispatchEvent(new Event('selectionchange'));
        return performance.now() - start;
      });
    });
    assert.ok(Math.min(...times) < 50, `${times.join(', ')} ms`);
  });
});
