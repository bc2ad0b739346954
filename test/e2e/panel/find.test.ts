import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

describe('Find in the conversation', () => {
  const panel = usePanel();
  const input = () => panel.page.getByRole('textbox', { name: 'Find' });
  const count = () => panel.page.getByRole('status', { name: 'Matches' });

  async function find(query: string): Promise<void> {
    await panel.page.keyboard.press('Control+f');
    await input().fill(query);
  }
  const untilCount = (expected: string) => count().getByText(expected, { exact: true }).waitFor();
  /** The text of the current match, if it can be seen. */
  const current = () =>
    panel.page.evaluate(() => {
      const range = [...(CSS.highlights.get('o1mini-find-current') ?? [])][0] as Range | undefined;
      const view = document.querySelector('[role=log]')?.getBoundingClientRect();
      const rect = range?.getBoundingClientRect();
      const isVisible = view && rect && rect.height > 0 && rect.top >= view.top && rect.bottom <= view.bottom;
      return isVisible === true ? range?.toString() : undefined;
    });

  /** Waits frame by frame until a condition holds; the test fails if it never does. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await panel.page.evaluate(() => new Promise(requestAnimationFrame));
  }

  it('receives all that is typed after Ctrl+F', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('One word.')] })));
    await panel.page.waitForLoadState('networkidle');
    await panel.questionBox().focus();
    await panel.page.keyboard.press('Control+f');
    await panel.page.keyboard.type('word');
    await untilCount('1 of 1');
    assert.equal(await input().inputValue(), 'word');
    assert.equal(await panel.questionBox().inputValue(), '');
  });

  it('opens from the question box, counts matches, moves by keys and buttons, and returns the focus', async () => {
    await panel.post(
      snapshot(turn('a', { choices: [choice('One word.\n\nAnother **w**ord.')] }, 'What word?')),
    );
    await panel.page.getByRole('textbox', { name: 'Ask o1-mini' }).focus();
    await find('WORD');
    await untilCount('1 of 3');
    await input().press('Enter');
    await untilCount('2 of 3');
    await until(async () => (await current()) === 'word');
    await panel.button('Next Match').click();
    await untilCount('3 of 3');
    await panel.page.keyboard.press('F3');
    await untilCount('1 of 3');
    await input().press('Shift+Enter');
    await untilCount('3 of 3');
    await input().press('Escape');
    await input().waitFor({ state: 'hidden' });
    assert.equal(await panel.page.evaluate(() => CSS.highlights.size), 0);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.role), 'log');
  });

  it('matches case, whole words and regular expressions, and reports no results', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('Cat cats\n\n$$x$$\n\ncat.')] }, 'none')));
    await find('cat');
    await untilCount('1 of 3');
    await panel.button('Match Case').click();
    await untilCount('1 of 2');
    await panel.button('Match Whole Word').click();
    await untilCount('1 of 1');
    await panel.button('Use Regular Expression').click();
    await input().fill('c.t|\\w+s');
    await untilCount('1 of 2');
    for (const unmatched of ['(', 'dog']) {
      await input().fill(unmatched);
      await untilCount('No results');
    }
  });

  it('finds text in collapsed code, reasoning, formulas and parts that are not rendered yet', async () => {
    const code = `\`\`\`js\n${'let x;\n'.repeat(60)}let needle;\n\`\`\``;
    const filler = Array.from({ length: 60 }, (_, index) =>
      turn(`f${index}`, { choices: [choice(`Filler ${index}.\n\n${'Words. '.repeat(60)}`)] }, 'Next'),
    );
    await panel.post(
      snapshot(
        turn('far', { choices: [choice('Far away is a **needle**.')] }, 'First'),
        ...filler,
        turn('a', { choices: [choice(code, { reasoning: 'thought of a needle' })] }),
        turn('b', { choices: [choice('$needle^2$')] }),
      ),
    );
    await find('needle');
    const visible: (string | undefined)[] = [];
    for (const at of [2, 3, 4, 1]) {
      await untilCount(`${at} of 4`);
      let text: string | undefined;
      // It is not selected until its part is rendered.
      await until(async () => (text = await current()) !== undefined);
      visible.push(text?.slice(-6));
      await input().press('Enter');
    }
    assert.deepEqual(visible, ['needle', 'needle', 'needle', 'needle']);
    assert.equal(await panel.page.locator('.code-block.folded').count(), 0);
    assert.equal(await panel.page.locator('details[open]').count(), 1);
  });

  const lines = (count: number) => 'let x;\n'.repeat(count);
  const unfolded = [
    ['code', choice(`A\n\nB\n\nC\n\n\`\`\`js\n${lines(40)}needle;\n${lines(60)}\`\`\`\n\nAfter.`)],
    [
      'reasoning',
      choice('Short.', { reasoning: `${'Thought.\n\n'.repeat(30)}needle\n\n${'And.\n\n'.repeat(40)}` }),
    ],
  ] as const;
  for (const [name, answer] of unfolded) {
    it(`shows a match in the collapsed ${name} of the last answer, and not the end`, async () => {
      await panel.post(snapshot(turn('a', { choices: [answer] })));
      await find('needle');
      await untilCount('1 of 1');
      await until(async () => (await current()) === 'needle');
      await panel.page.evaluate(async () => {
        for (let frame = 0; frame < 6; frame++) await new Promise(requestAnimationFrame);
      });
      // The elements of code are replaced when it is highlighted, and the match is then marked again.
      await until(async () => (await current()) === 'needle');
    });
  }

  it('finds text in attachments and earlier answers that were never opened', async () => {
    const attachment = { label: 'a.ts', language: 'ts', content: `${lines(90)}const needle = 1;` };
    const answered = turn('a', { choices: [choice('No.')] });
    await panel.post(
      snapshot({ ...answered, attachments: [attachment], earlier: ['An **earlier** needle.'] }),
    );
    await find('needle');
    for (const at of [1, 2]) {
      await untilCount(`${at} of 2`);
      await until(async () => (await current()) === 'needle');
      await input().press('Enter');
    }
    await input().fill('earlier needle');
    await untilCount('1 of 1');
  });

  it('keeps the current match marked when its code is highlighted, written to its end, or removed', async () => {
    const filler = Array.from({ length: 30 }, (_, index) =>
      turn(`f${index}`, { choices: [choice('Some words.\n\n'.repeat(60))] }),
    );
    const code = '```js\nconst needle = 1;\nreturn needle;\n';
    await panel.post(
      snapshot(
        turn('far', { choices: [choice(`${code}\`\`\``)] }),
        ...filler,
        turn('last', { status: running('answering'), choices: [choice(code)] }),
      ),
    );
    const isMarked = (highlighted: number) =>
      until(
        async () =>
          (await current()) === 'needle' &&
          (await panel.page.locator('.code-lines .hljs-keyword').count()) === highlighted,
      );
    await find('needle');
    await untilCount('3 of 4');
    await isMarked(0);
    await panel.post(
      changes(2, text('last', '```\n'), { type: 'statusChanged', turnId: 'last', status: { kind: 'done' } }),
    );
    await isMarked(2);
    await input().press('Enter');
    await input().press('Enter');
    await untilCount('1 of 4');
    await isMarked(4);
    await input().press('Shift+Enter');
    await untilCount('4 of 4');
    await panel.post(changes(3, { type: 'turnsRemoved', length: 1 }));
    await untilCount('2 of 2');
    await until(async () => await panel.page.evaluate(() => CSS.highlights.has('o1mini-find-current')));
  });

  it('counts the matches in earlier turns that arrive later, and goes on from the same match', async () => {
    const needles = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) =>
        turn(`t${from + index}`, { choices: [choice(`Needle ${from + index}.`)] }),
      );
    // The panel has rendered all turns only after the last message.
    await panel.page.evaluate((data) => void dispatchEvent(new MessageEvent('message', { data })), {
      type: 'snapshot',
      seq: 1,
      turns: needles(20, 30),
      remaining: 20,
    });
    await find('needle');
    await count().getByText('of 10').waitFor();
    const [first = 0] = (await count().innerText()).split(' ').map(Number);
    await panel.post({ type: 'earlierTurns', seq: 1, turns: needles(0, 20), remaining: 0 });
    await untilCount(`${first + 20} of 30`);
    await input().press('Shift+Enter');
    await untilCount(`${first + 19} of 30`);
  });

  const wide = 'wide '.repeat(60).trim().replaceAll(' ', '_');
  const sideways = [
    ['table', `| a | b | c |\n| --- | --- | --- |\n| ${wide} | ${wide} | needle |`],
    ['line of code', `\`\`\`\n${wide} needle\n\`\`\``],
  ] as const;
  for (const [name, markdown] of sideways) {
    it(`scrolls sideways to a match in a wide ${name}`, async () => {
      await panel.post(snapshot(turn('a', { choices: [choice(markdown)] })));
      await find('needle');
      await untilCount('1 of 1');
      await until(() =>
        panel.page.evaluate(() => {
          const [range] = CSS.highlights.get('o1mini-find-current') ?? [];
          const { left, right } = (range as Range).getBoundingClientRect();
          return left > 0 && right < innerWidth;
        }),
      );
    });
  }

  it('is closed by Escape in the conversation and in the question box, and the focus stays', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('Some words.')] })));
    for (const focused of [panel.page.getByRole('log'), panel.questionBox()]) {
      await find('words');
      await focused.focus();
      await focused.press('Escape');
      await input().waitFor({ state: 'hidden' });
      assert.equal(await focused.evaluate((element) => element === document.activeElement), true);
    }
    await panel.page.getByRole('log').press('Escape');
    await panel.untilFocused('Ask o1-mini');
  });

  it('shows an alternative that is not selected, and leaves the selection and the focus as they are', async () => {
    const first = choice('One needle and some words.');
    await panel.post(snapshot(turn('a', { choices: [first, choice('Two words.')], chosen: 1 })));
    await find('words');
    await untilCount('2 of 2');
    await input().press('Enter');
    await untilCount('1 of 2');
    await until(async () => (await current()) === 'words');
    assert.equal(await panel.page.getByText('One needle').isVisible(), true);
    assert.deepEqual(await panel.receivedOf('selectChoice'), []);
    assert.equal(await input().evaluate((element) => element === document.activeElement), true);
    await input().press('Escape');
    await panel.page.getByText('Two words').waitFor();
    assert.equal(await panel.page.getByText('One needle').isVisible(), false);
  });

  it('selects no alternative while their answer is written', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering') })),
      changes(2, text('a', 'One needle.'), text('a', 'Two needles.', 1)),
    );
    await find('needles');
    await untilCount('1 of 1');
    await until(async () => (await current()) === 'needles');
    await panel.post(changes(3, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    await panel.page.getByRole('tab', { name: 'Alternative 1' }).click();
    assert.deepEqual(await panel.receivedOf('selectChoice'), []);
  });

  it('finds text and no ends of lines with a regular expression', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('One.\n\nTwo.')] }, 'Why?')));
    await find('.+');
    await panel.button('Use Regular Expression').click();
    await untilCount('1 of 3');
  });

  it('matches words on two lines of a paragraph, but not at the end of one and the beginning of the next', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('the\nend and<br>last\n\nNext one.')] })));
    for (const acrossLines of ['the end', 'and last']) {
      await find(acrossLines);
      await untilCount('1 of 1');
    }
    await input().fill('last Next');
    await untilCount('No results');
    await panel.button('Use Regular Expression').click();
    for (const acrossBlocks of ['last\\s+Next', 'last[^x]+Next']) {
      await input().fill(acrossBlocks);
      await untilCount('No results');
    }
    await input().fill('the\\s+end and$');
    await untilCount('1 of 1');
  });

  it('counts matches in text that arrives while it is open', async () => {
    await panel.post(snapshot(turn('a', { status: running('answering'), choices: [choice('word ')] }, 'Q')));
    await find('word');
    await untilCount('1 of 1');
    await panel.post(changes(2, text('a', 'and word')));
    await untilCount('1 of 2');
  });

  it('is fast in a chat of 1,000 turns', async () => {
    const long = Array.from({ length: 1000 }, (_, index) =>
      turn(
        `t${index}`,
        { choices: [choice(`Answer ${index}: ${'some words of it. '.repeat(40)}`)] },
        `Q ${index}`,
      ),
    );
    await panel.post(snapshot(...long));
    await find('Answer 77');
    await untilCount('1 of 11');
    assert.match((await current()) ?? '', /Answer 77/);
  });
});
