import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import { useBrowser, usePanel } from '../../support/use-panel';
import { openPanel, type PanelPage } from '../../support/panel-page';
import { changes, choice, running, snapshot, text, turn } from './views';

const samples = [
  '# Title\n\n',
  'A paragraph with **bold**, `code` and $x^2$.\n\n',
  'See [the link] and so \\[ z \\] thus\n',
  '- one\n- two\n  - deep\n\n    ```js\n    const nested = 1;\n    ```\n',
  '1. first\n\n   second with $y_1$ and \\(y_2\\)\n',
  '> quoted\nlazy\n',
  '```py\nx = 1\n\ny = "a" # of b\n```\n',
  `\`\`\`ts\n${'const a = "text"; /* a\ncomment */\n'.repeat(40)}\`\`\`\n`,
  '| a | b |\n| :- | -: |\n| 1 | 2 |\n\n',
  '$$\nx = y\n$$\n\n',
  '\n',
  '[the link]: https://example.org\n',
  '~~~\nnever closed <b>\n',
];

describe('An answer that grows in the panel', () => {
  const panel = usePanel();
  const markdown = () => panel.page.locator('.markdown');

  /** Starts an answer, and returns a function that streams more of it. */
  async function startAnswer(start: string): Promise<(...more: readonly string[]) => Promise<void>> {
    let seq = 1;
    await panel.post(snapshot(turn('a', { status: running('answering'), choices: [choice(start)] })));
    return (...more) => panel.post(...more.map((delta) => changes(++seq, text('a', delta))));
  }

  it('ends with the same elements as if it had been rendered at once, however it was split', async () => {
    const documents = fc.array(fc.constantFrom(...samples), { minLength: 1, maxLength: 6 });
    const cuts = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(documents, cuts, async (parts, lengths) => {
        const document = parts.join('');
        const messages = [snapshot(turn('a', { status: running('answering') }))];
        for (let [at, cut] = [0, 0]; at < document.length; cut++) {
          const length = lengths[cut % lengths.length] ?? 1;
          messages.push(changes(cut + 2, text('a', document.slice(at, at + length))));
          at += length;
        }
        const seq = messages.length + 1;
        const done = { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } } as const;
        await panel.post(
          ...messages,
          changes(seq, done, { type: 'turnUpdated', turn: turn('b', { choices: [choice(document)] }) }),
        );
        // Highlighting and formulas are rendered later.
        const [streamed, atOnce] = await Promise.all([renderedHtml(0), renderedHtml(1)]);
        assert.equal(streamed, atOnce);
      }),
      { numRuns: 25 },
    );
  });

  /** The HTML of an answer, when its code is highlighted and its formulas are rendered. */
  async function renderedHtml(index: number): Promise<string> {
    const answer = markdown().nth(index);
    await answer
      .locator('.code-block:not([data-language=""]) code:not(:has([class^=hljs]))')
      .first()
      .waitFor({ state: 'detached' });
    await answer.locator('.formula:not(:has(.katex))').first().waitFor({ state: 'detached' });
    // In the next frame, one of the formulas becomes a tab stop.
    if (await answer.locator('.formula').count()) await answer.locator('.formula[tabindex]').waitFor();
    // Long code stays expanded if it was streamed, and is collapsed otherwise.
    await answer
      .locator('.code-fold[aria-expanded=true]')
      .evaluateAll((folds) => folds.forEach((fold) => (fold as HTMLElement).click()));
    // Each formula has a unique ID.
    return (await answer.innerHTML()).replace(/[0-9a-f]{8}-\d+/g, 'name');
  }

  it('keeps the selection in complete and in growing blocks', async () => {
    const more = await startAnswer('First paragraph.\n\nSecond one with **bold** words');
    const select = (from: string): Promise<void> =>
      markdown()
        .getByText(from)
        .first()
        .evaluate((found) => getSelection()?.selectAllChildren(found));
    const selected = (): Promise<string | undefined> => panel.page.evaluate(() => getSelection()?.toString());
    await select('bold');
    await more(' and', ' more `code`', ' of $x^2$ it');
    assert.equal(await selected(), 'bold');
    await select('First paragraph.');
    await more('.\n\n```js\nconst a = 1;\n', 'const b = 2;\n');
    assert.equal(await selected(), 'First paragraph.');
    await markdown()
      .locator('code')
      .last()
      .evaluate((code) =>
        getSelection()?.setBaseAndExtent(
          code.firstElementChild?.firstChild ?? code,
          6,
          code.firstElementChild?.firstChild ?? code,
          15,
        ),
      );
    assert.equal(await selected(), 'a = 1;\nco');
    await more('const c = 3;\n```\n\nThe end.');
    await markdown().locator('.hljs-keyword').first().waitFor();
    assert.equal(await selected(), 'a = 1;\nco', 'even after the code was highlighted');
  });

  it('keeps the selection before and after a link that is defined later', async () => {
    const source = 'First **words** and [the manual][m] with *last* ones.\n\nSecond.\n\n';
    for (const [words, name] of Object.entries({ words: 'strong', last: 'em' })) {
      const more = await startAnswer(source);
      await markdown()
        .locator(name)
        .evaluate((found) => getSelection()?.selectAllChildren(found));
      await more('[m]: https://example.com/m\n');
      await panel.post(changes(3, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
      await markdown().getByRole('link', { name: 'the manual' }).waitFor();
      assert.equal(await panel.page.evaluate(() => String(getSelection())), words);
    }
  });

  it('is followed to its end, unless the user has scrolled up', async () => {
    const log = panel.page.getByRole('log');
    const lines = (count: number): string => 'A line of it.\n\n'.repeat(count);
    const more = await startAnswer(lines(60));
    const fromEnd = (): Promise<number> =>
      log.evaluate(async (main) => {
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return Math.round(main.scrollHeight - main.scrollTop - main.clientHeight);
      });
    assert.equal(await fromEnd(), 0);
    await more(lines(10), lines(10));
    assert.equal(await fromEnd(), 0);
    await log.evaluate((main) => (main.scrollTop -= 300));
    await fromEnd();
    const top = await log.evaluate((main) => main.scrollTop);
    await more(lines(10), lines(10));
    assert.ok((await fromEnd()) > 600);
    assert.equal(await log.evaluate((main) => main.scrollTop), top);
    await log.evaluate((main) => (main.scrollTop = main.scrollHeight));
    await fromEnd();
    await more(lines(10));
    assert.equal(await fromEnd(), 0);
  });

  it('has its code highlighted in any length and language, and never as HTML', async () => {
    const html = '<b onclick="x">&amp;</b>';
    const code = `const a = '${html}';\n`.repeat(2000);
    await panel.post(
      snapshot(
        turn('a', {
          choices: [
            choice(
              `\`\`\`TypeScript\n${code}\`\`\`\n\n\`\`\`md\n# ${html}\n\`\`\`\n\n\`\`\`none\n${html}\n\`\`\``,
            ),
          ],
        }),
      ),
    );
    await markdown().locator('.hljs-section').first().waitFor();
    assert.equal(await markdown().locator('code').first().locator('.hljs-string').count(), 2000);
    assert.equal(await markdown().locator('code').first().textContent(), code);
    assert.equal(await markdown().locator('code').last().textContent(), `${html}\n`);
    assert.equal(await markdown().locator('b').count(), 0);
  });

  it('is not highlighted if that takes too long, but the next code block is', async () => {
    const slow = '[a]('.repeat(3000);
    await panel.post(
      snapshot(
        turn('a', { choices: [choice(`\`\`\`md\n${slow}\n\`\`\`\n\n\`\`\`js\nconst a = 1;\n\`\`\``)] }),
      ),
    );
    await markdown().locator('.hljs-keyword').waitFor();
    assert.equal(await markdown().locator('code').first().textContent(), `${slow}\n`);
    assert.equal(await markdown().locator('code').first().locator('[class^=hljs]').count(), 0);
  });
});

describe('A conversation of 1,000 turns', () => {
  const browser = useBrowser();
  let panel: PanelPage;
  const turns = Array.from({ length: 1000 }, (_, index) =>
    turn(
      `t${index}`,
      { choices: [choice(`Answer **${index}**.\n\n${'And more of it.\n\n'.repeat(20)}`)] },
      `Question ${index}`,
    ),
  );

  before(async () => {
    panel = await openPanel(browser);
    await panel.post(snapshot(...turns));
  });

  it('is shown with all questions and answers, scrolled to its end', async () => {
    assert.equal(await panel.page.getByRole('article', { name: 'You' }).count(), 1000);
    assert.equal(await panel.page.getByRole('article', { name: 'o1-mini' }).count(), 1000);
    const first = panel.page.getByRole('article', { name: 'You' }).first();
    assert.equal(await first.textContent(), 'Question 0');
    assert.equal(await panel.page.getByText('Question 999', { exact: true }).isVisible(), true);
  });

  it('shows the source of distant turns, which can be found, and renders it when it approaches the viewport', async () => {
    const answer = panel.page.locator('.markdown').nth(500);
    assert.match((await answer.textContent()) ?? '', /Answer \*\*500\*\*/);
    assert.equal(
      await panel.page.evaluate(() =>
        (window as unknown as { find(text: string): boolean }).find('Answer **500**'),
      ),
      true,
    );
    await answer.scrollIntoViewIfNeeded();
    await answer.locator('strong').getByText('500').waitFor();
  });

  it('is cut off at a question that is edited, and continues from there', async () => {
    const shown = async (): Promise<readonly string[]> =>
      (await panel.page.getByRole('article', { name: 'You' }).allTextContents()).map((text) => text.trim());
    for (const length of [9, 8, 0]) {
      await panel.post(snapshot(...turns.slice(0, 40)));
      await panel.post(
        changes(2, { type: 'turnsRemoved', length }, { type: 'turnUpdated', turn: turn('new', {}, 'Anew') }),
      );
      const remaining = turns.slice(0, length).map(({ question }) => question);
      assert.deepEqual(await shown(), [...remaining, 'Anew']);
    }
  });

  it('shows earlier turns that arrive after its end in their order, and none of another snapshot', async () => {
    const questions = turns.map(({ question }) => question);
    const shown = async (): Promise<readonly string[]> =>
      (await panel.page.getByRole('article', { name: 'You' }).allTextContents()).map((text) => text.trim());
    const messages: readonly ToWebviewMessage[] = [
      { type: 'snapshot', seq: 7, turns: turns.slice(60, 80), remaining: 60 },
      { type: 'earlierTurns', seq: 6, turns: turns.slice(0, 10), remaining: 0 },
      { type: 'earlierTurns', seq: 7, turns: turns.slice(20, 60), remaining: 20 },
    ];
    // The panel renders all turns only after the last message has arrived.
    await panel.page.evaluate((all) => {
      for (const data of all) dispatchEvent(new MessageEvent('message', { data }));
    }, messages);
    await panel.post(
      { type: 'earlierTurns', seq: 7, turns: turns.slice(0, 20), remaining: 0 },
      changes(
        8,
        { type: 'turnsRemoved', length: 70 },
        { type: 'turnUpdated', turn: turn('new', {}, 'Anew') },
      ),
    );
    assert.deepEqual(await shown(), [...questions.slice(0, 70), 'Anew']);
  });

  it('applies a change to any turn', async () => {
    const done = { kind: 'done', notice: { text: 'Cut off.', buttons: [] } } as const;
    await panel.post(
      snapshot(...turns),
      changes(2, { type: 'statusChanged', turnId: 't0', status: done }, text('t1', 'More.')),
    );
    assert.equal(await panel.page.getByText('Cut off.').count(), 1);
    assert.match((await panel.page.locator('.markdown').nth(1).textContent()) ?? '', /More\.$/);
  });
});
