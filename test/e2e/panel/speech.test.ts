import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

interface Listening {
  readonly heard: readonly string[];
}

describe('R10 What a screen reader is told of an answer', () => {
  const panel = usePanel({ clock: 'manual' });
  const heard = () => panel.page.evaluate(() => (window as unknown as Listening).heard);
  const pass = () => panel.page.clock.runFor(1000);
  beforeEach(async () => {
    await panel.page.evaluate(() => {
      document.body.classList.add('vscode-using-screen-reader');
      const words: string[] = [];
      Object.assign(window, { heard: words });
      for (const region of document.querySelectorAll('[aria-live=polite], [role=log]:not([aria-live=off])')) {
        new MutationObserver((records) => {
          const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
          words.push(...added.map(({ textContent }) => textContent ?? ''));
        }).observe(region, { childList: true, subtree: true, characterData: true });
      }
    });
  });

  it('is its sentences, each once and whole, however it comes', async () => {
    const answer = 'The sky is blue. It scatters **light**.\n\n```python\nx = 1\n```\n\nWith $x^2$ it ends.';
    await panel.say(snapshot(turn('a', { status: running('answering') })));
    for (const [index, letter] of answer.split(/(?<=.)/su).entries()) {
      await panel.say(changes(index + 2, text('a', letter)));
      if (index % 20 === 0) await pass();
    }
    await panel.say(
      changes(answer.length + 2, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }),
    );
    await pass();
    assert.deepEqual(await heard(), [
      'The sky is blue.',
      'It scatters light.',
      'Code block, python, 1 line',
      'With x^2 it ends.',
    ]);
  });

  it('comes at most once a second', async () => {
    await panel.say(
      snapshot(turn('a', { status: running('answering') })),
      changes(2, text('a', 'One. Two. ')),
      changes(3, text('a', 'Three. Four')),
    );
    assert.deepEqual(await heard(), []);
    await pass();
    assert.deepEqual(await heard(), ['One.', 'Two.', 'Three.']);
  });

  it('is nothing that was there before: of a reloaded page only what is new', async () => {
    await panel.say(
      snapshot(turn('a', { status: running('answering'), choices: [choice('Old. It go')] })),
      changes(2, text('a', 'es on. And')),
    );
    await pass();
    assert.deepEqual(await heard(), ['It goes on.']);
  });

  it('is of the alternative that is shown, and of no other', async () => {
    await panel.say(
      snapshot(turn('a', { status: running('answering'), choices: [choice(''), choice('')] })),
      changes(2, text('a', 'Mine. Yes', 0), text('a', 'Other. No', 1)),
    );
    await pass();
    assert.deepEqual(await heard(), ['Mine.']);
  });

  it('is not read letter by letter from the conversation itself', async () => {
    assert.equal(await panel.page.getByRole('log').getAttribute('aria-live'), 'off');
  });
});
