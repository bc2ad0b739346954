import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const paragraphs = (count: number, of = 'Paragraph') =>
  Array.from({ length: count }, (_, index) => `${of} ${index} with some words in it.\n\n`).join('');

interface ReadingPosition {
  readonly text: string;
  /** Distance from the upper edge, in pixels. */
  readonly offset: number;
}

/** Layouts differ by fractions of pixels. */
function assertSame(now: ReadingPosition, before: ReadingPosition): void {
  assert.equal(now.text, before.text);
  assert.ok(Math.abs(now.offset - before.offset) < 4, `${now.offset} and ${before.offset}`);
}

describe('The reading position', () => {
  const panel = usePanel();
  let seq = 1;
  const log = () => panel.page.getByRole('log');
  const scrollToEnd = () => panel.page.getByRole('button', { name: 'Scroll to End' });
  beforeEach(() => {
    seq = 1;
  });

  /** The distance from the end in pixels, after changes were rendered. */
  const distance = (): Promise<number> =>
    log().evaluate(async (main) => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      return main.scrollHeight - main.scrollTop - main.clientHeight;
    });
  /** Turns the mouse wheel, and waits until the conversation has scrolled, which the browser does with a delay. */
  const wheel = async (pixels: number): Promise<void> => {
    const before = await log().evaluate((main) => main.scrollTop);
    await panel.page.mouse.wheel(0, pixels);
    await panel.page.waitForFunction(
      (top) => document.querySelector('[role=log]')?.scrollTop !== top,
      before,
    );
    await distance();
  };
  const streamText = async (more: string): Promise<void> => {
    await panel.post(changes(++seq, text('a', more)));
  };
  const startAnswer = async (): Promise<void> => {
    await panel.post(
      snapshot(
        turn('a', { status: running('answering'), choices: [choice('```js\n' + 'let x;\n'.repeat(90))] }),
      ),
    );
    while ((await distance()) >= 2);
    await log().hover();
  };

  it('is kept from the first pixel that the user scrolls up, while an answer is written', async () => {
    await startAnswer();
    for (let step = 0; step < 12; step++) {
      await wheel(-4);
      await streamText('let y;\n');
    }
    const scrolledUp = await distance();
    await streamText('let z;\n'.repeat(20));
    assert.ok((await distance()) > scrolledUp + 100);
    assert.ok(scrolledUp > 40, `${scrolledUp} pixels`);
    await scrollToEnd().waitFor();
  });

  it('follows the end again after the button, and at the very end', async () => {
    await startAnswer();
    await wheel(-300);
    await streamText('let z;\n');
    await scrollToEnd().click();
    assert.ok((await distance()) < 2);
    await scrollToEnd().waitFor({ state: 'hidden' });
    await streamText('let z;\n'.repeat(20));
    assert.ok((await distance()) < 2);
    await wheel(-300);
    assert.ok((await distance()) > 200);
    await wheel(2000);
    await scrollToEnd().waitFor({ state: 'hidden' });
    await streamText('let z;\n'.repeat(20));
    assert.ok((await distance()) < 2);
  });

  it('does not follow the end while a mouse button is pressed or text is selected', async () => {
    await startAnswer();
    await panel.page.mouse.down();
    const top = await log().evaluate((main) => main.scrollTop);
    await streamText('let z;\n'.repeat(20));
    await distance();
    assert.equal(await log().evaluate((main) => main.scrollTop), top);
    await panel.page.mouse.up();
    assert.ok((await distance()) < 2);
    await panel.page.mouse.down();
    await panel.page.mouse.move(200, 200);
    await streamText('let z;\n'.repeat(20));
    await panel.page.mouse.up();
    await streamText('let z;\n'.repeat(20));
    assert.ok((await distance()) > 200);
    assert.notEqual(await panel.page.evaluate(() => getSelection()?.toString()), '');
  });

  it('follows the end when a question is sent', async () => {
    await panel.post(snapshot(turn('a', { choices: [choice(paragraphs(80))] })));
    await log().evaluate((main) => main.scrollTo(0, 100));
    assert.ok((await distance()) > 500);
    await panel.post(changes(2, { type: 'turnUpdated', turn: turn('b', { status: running('waiting') }) }));
    assert.ok((await distance()) < 2);
  });

  const chat = snapshot(
    ...Array.from({ length: 40 }, (_, index) =>
      turn(`turn-${index}`, { choices: [choice(paragraphs(30, `Turn ${index}, paragraph`))] }),
    ),
  );
  /** The paragraph at the upper edge, and its distance from the edge. */
  const topParagraph = (): Promise<ReadingPosition> =>
    log().evaluate(async (main) => {
      for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
      const { top, left, width } = main.getBoundingClientRect();
      for (let y = top + 2; y < top + 200; y += 4) {
        const found = document.elementFromPoint(left + width / 4, y)?.closest('p');
        if (found) return { text: found.textContent, offset: found.getBoundingClientRect().top - top };
      }
      return { text: '', offset: 0 };
    });
  const untilSaved = () =>
    panel.page.waitForFunction(() => sessionStorage.getItem('state')?.includes('turn-') === true);
  async function readInTheMiddle(): Promise<ReadingPosition> {
    await panel.post(chat);
    await log().evaluate((main) => main.scrollBy(0, -4000));
    const read = await topParagraph();
    await untilSaved();
    return read;
  }

  it('is the same after the webview was hidden and shown', async () => {
    const read = await readInTheMiddle();
    await panel.page.reload();
    await panel.page.waitForFunction(() => 'received' in window);
    await panel.theme('dark');
    await panel.post(chat);
    assertSame(await topParagraph(), read);
    assert.ok((await distance()) > 500);
  });

  it('is the same below reasoning that was open, which is collapsed when the webview is shown again', async () => {
    const reasoned = choice(paragraphs(30, 'Answer'), { reasoning: paragraphs(30, 'Thought') });
    const both = snapshot(
      turn('turn-1', { choices: [reasoned] }),
      turn('turn-2', { choices: [choice('End.')] }),
    );
    await panel.post(both);
    await panel.page.locator('details.reasoning-details > summary').first().click();
    await panel.page.getByText('Answer 12', { exact: false }).first().scrollIntoViewIfNeeded();
    // Without the position that opening the reasoning has saved.
    await log().evaluate((main) => {
      sessionStorage.clear();
      main.scrollBy(0, 300);
    });
    const read = await topParagraph();
    assert.match(read.text, /^Answer/);
    await untilSaved();
    await panel.page.reload();
    await panel.page.waitForFunction(() => 'received' in window);
    await panel.theme('dark');
    await panel.post(both);
    assertSame(await topParagraph(), read);
  });

  it('is the same if its turn arrives after the end of the conversation', async () => {
    const read = await readInTheMiddle();
    assert.ok(chat.type === 'snapshot');
    const [earlier, last] = [chat.turns.slice(0, -1), chat.turns.slice(-1)];
    await panel.page.reload();
    await panel.page.waitForFunction(() => 'received' in window);
    await panel.theme('dark');
    await panel.post(
      { ...chat, turns: last, remaining: earlier.length },
      { type: 'earlierTurns', seq: chat.seq, turns: earlier.slice(3), remaining: 3 },
      { type: 'earlierTurns', seq: chat.seq, turns: earlier.slice(0, 3), remaining: 0 },
    );
    assertSame(await topParagraph(), read);
  });

  it('is the same after another snapshot', async () => {
    const read = await readInTheMiddle();
    await panel.post({ type: 'shown' }, chat);
    assertSame(await topParagraph(), read);
  });

  it('is the end in another chat, and if it was the end before the webview was hidden', async () => {
    await readInTheMiddle();
    await panel.post(snapshot(turn('other', { choices: [choice(paragraphs(80))] })));
    assert.ok((await distance()) < 2);
    await panel.page.waitForFunction(() => sessionStorage.getItem('state')?.includes('turn-') !== true);
    await panel.page.reload();
    await panel.page.waitForFunction(() => 'received' in window);
    await panel.post(chat);
    assert.ok((await distance()) < 2);
  });
});
