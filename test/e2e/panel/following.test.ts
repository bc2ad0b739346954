import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const paragraphs = (count: number, of = 'Paragraph') =>
  Array.from({ length: count }, (_, index) => `${of} ${index} with some words in it.\n\n`).join('');
const longCode = `\`\`\`js\n${'let x;\n'.repeat(300)}\`\`\`\n`;

describe('Following the end of the conversation', () => {
  const panel = usePanel();
  const log = () => panel.page.getByRole('log');

  /** The distance from the end in pixels, after changes were rendered. */
  const distance = (): Promise<number> =>
    log().evaluate(async (main) => {
      for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
      return main.scrollHeight - main.scrollTop - main.clientHeight;
    });
  const untilAtEnd = async (): Promise<void> => {
    await panel.page.waitForFunction(() => {
      const main = document.querySelector('[role=log]');
      return main !== null && main.scrollHeight - main.scrollTop - main.clientHeight < 2;
    });
  };
  const streaming = turn('a', { status: running('answering'), choices: [choice(paragraphs(40))] });

  it('takes no computation of styles with each line by which a paragraph grows', async () => {
    const session = await panel.page.context().newCDPSession(panel.page);
    await session.send('Performance.enable');
    const styleComputations = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'RecalcStyleCount')?.value ?? NaN;
    };
    await panel.post(snapshot(streaming), changes(2, text('a', 'The last one')));
    assert.ok((await distance()) < 2);
    const before = await styleComputations();
    for (let seq = 3; seq < 33; seq++) {
      await panel.post(changes(seq, text('a', ' gets some more words')));
      assert.ok((await distance()) < 2);
    }
    // The live region for screen readers may have got its next text in the meantime.
    assert.ok((await styleComputations()) - before < 4);
    await session.detach();
  });

  describe('leaves in place what the user opens at the end', () => {
    const reasoned = choice('Short answer.', { reasoning: paragraphs(60, 'Thought') });
    const attachment = { label: 'a.ts', language: 'ts', content: 'let x;\n'.repeat(300) };
    const opened = [
      ['reasoning', turn('a', { choices: [reasoned] }), 'summary:has-text("Reasoning")'],
      [
        'the reasoning that is still written',
        turn('a', { status: running('thinking'), choices: [{ ...reasoned, text: '' }] }),
        'summary:has-text("Reasoning")',
      ],
      ['long code', turn('a', { choices: [choice(`Look:\n\n${longCode}`)] }), '.code-fold'],
      [
        'an earlier answer',
        { ...turn('a', { choices: [choice('Short.')] }), earlier: [paragraphs(60)] },
        'summary:has-text("Earlier answer")',
      ],
      [
        'an attachment',
        { ...turn('a', { choices: [choice(paragraphs(6))] }), attachments: [attachment] },
        'summary:has-text("a.ts")',
      ],
      [
        'another alternative',
        turn('a', { choices: [choice(paragraphs(60)), choice('Short.')], chosen: 1 }),
        '[role=tab]:visible:has-text("1")',
      ],
    ] as const;
    for (const [name, shown, selector] of opened) {
      it(name, async () => {
        const before = turn('before', { choices: [choice(paragraphs(8))] });
        await panel.post(snapshot(before, shown));
        await untilAtEnd();
        const control = panel.page.locator(selector);
        const kept = selector === '.code-fold' ? panel.page.locator('.code-block') : control;
        const top = async () => (await kept.boundingBox())?.y;
        const clicked = await top();
        await control.click();
        await distance();
        assert.equal(await top(), clicked);
      });
    }
  });

  it('goes on if what the user opens while an answer is written fits into the view', async () => {
    const choices = [choice('', { reasoning: paragraphs(2, 'Thought') })];
    await panel.post(snapshot(turn('a', { status: running('answering'), choices })));
    await panel.page.getByText('Reasoning').click();
    await distance();
    await panel.post(changes(2, text('a', paragraphs(60))));
    assert.ok((await distance()) < 2);
  });

  it('goes on after what the user has opened is closed again', async () => {
    const choices = [choice('Words.', { reasoning: paragraphs(60, 'Thought') })];
    await panel.post(snapshot(turn('a', { status: running('answering'), choices })));
    const summary = panel.page.getByText('Reasoning');
    await summary.click();
    assert.ok((await distance()) > 200);
    await summary.click();
    await distance();
    await panel.post(changes(2, text('a', `\n\n${paragraphs(60)}`)));
    assert.ok((await distance()) < 2);
  });

  it('goes on when the selected text at the end is not selected any more', async () => {
    await panel.post(snapshot(streaming));
    await untilAtEnd();
    const word = panel.page.getByText('Paragraph 38', { exact: false });
    await word.dblclick({ position: { x: 10, y: 8 } });
    assert.notEqual(await panel.page.evaluate(() => getSelection()?.toString()), '');
    await panel.page.getByText('Paragraph 36', { exact: false }).click({ position: { x: 10, y: 8 } });
    await panel.post(changes(2, text('a', paragraphs(20, 'More'))));
    assert.ok((await distance()) < 2);
  });

  it('goes on after a menu that keeps the release of the mouse button from the page', async () => {
    await panel.post(snapshot(streaming));
    await untilAtEnd();
    for (const [type, button] of [
      ['pointerdown', 0],
      ['pointerdown', 2],
      ['contextmenu', 2],
    ] as const) {
      await log().dispatchEvent(type, { button, bubbles: true });
    }
    await panel.post(changes(2, text('a', paragraphs(20, 'More'))));
    assert.ok((await distance()) < 2);
  });

  it('stops when a screen reader focuses what is further up', async () => {
    const long = `${'Long words. '.repeat(12)}\n\n`.repeat(40);
    const linked = choice(`[A link](https://example.com)\n\n${long}`);
    const written = turn('a', { status: running('answering'), choices: [choice(long)] });
    await panel.post(snapshot(turn('before', { choices: [linked] }), written));
    await untilAtEnd();
    await panel.page.getByRole('link', { name: 'A link' }).evaluate((link) => link.focus());
    await panel.post(changes(2, text('a', paragraphs(20, 'More'))));
    assert.ok((await distance()) > 1000);
  });
});
