import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

interface AnnouncedWindow {
  readonly announced: readonly string[];
}

describe('R10 The announcements of an answer to screen readers', () => {
  const panel = usePanel({ clock: 'manual' });
  const announced = () => panel.page.evaluate(() => (window as unknown as AnnouncedWindow).announced);
  const pass = () => panel.page.clock.runFor(1000);
  beforeEach(async () => {
    await panel.page.evaluate(() => {
      document.body.classList.add('vscode-using-screen-reader');
      const texts: string[] = [];
      Object.assign(window, { announced: texts });
      for (const region of document.querySelectorAll('[aria-live=polite], [role=log]:not([aria-live=off])')) {
        new MutationObserver((records) => {
          const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
          texts.push(...added.map(({ textContent }) => textContent ?? ''));
        }).observe(region, { childList: true, subtree: true, characterData: true });
      }
    });
  });

  it('are its sentences, each once and complete, however it arrives', async () => {
    const answer = 'The sky is blue. It scatters **light**.\n\n```python\nx = 1\n```\n\nWith $x^2$ it ends.';
    await panel.post(snapshot(turn('a', { status: running('answering') })));
    for (const [index, letter] of answer.split(/(?<=.)/su).entries()) {
      await panel.post(changes(index + 2, text('a', letter)));
      if (index % 20 === 0) await pass();
    }
    await panel.post(
      changes(answer.length + 2, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }),
    );
    await pass();
    assert.deepEqual(await announced(), [
      'The sky is blue.',
      'It scatters light.',
      'Code block, python, 1 line',
      'With x^2 it ends.',
    ]);
  });

  it('are at most one per second', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering') })),
      changes(2, text('a', 'One. Two. ')),
      changes(3, text('a', 'Three. Four')),
    );
    assert.deepEqual(await announced(), []);
    await pass();
    assert.deepEqual(await announced(), ['One.', 'Two.', 'Three.']);
  });

  it('contain only new text after the webview was loaded again', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering'), choices: [choice('Old. It go')] })),
      changes(2, text('a', 'es on. And')),
    );
    await pass();
    assert.deepEqual(await announced(), ['It goes on.']);
  });

  it('are only of the alternative that is shown', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering'), choices: [choice(''), choice('')] })),
      changes(2, text('a', 'Mine. Yes', 0), text('a', 'Other. No', 1)),
    );
    await pass();
    assert.deepEqual(await announced(), ['Mine.']);
  });

  it('follow the alternative that the user selects while they are written', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering'), choices: [choice(''), choice('')] })),
      changes(2, text('a', 'Mine. Yes', 0), text('a', 'Other. It go', 1)),
    );
    await panel.page.getByRole('tab', { name: 'Alternative 2' }).click();
    await panel.post(changes(3, text('a', ' or no. Well', 0), text('a', 'es on. And', 1)));
    await pass();
    assert.deepEqual(await announced(), ['It goes on.']);
    await panel.post(
      changes(4, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }),
      changes(5, { type: 'choiceChanged', turnId: 'a', chosen: 1 }),
    );
    await pass();
    assert.deepEqual(await announced(), ['It goes on.', 'And']);
  });

  it('contain a refusal', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering') })),
      changes(2, { type: 'refusalAdded', turnId: 'a', choice: 0, text: 'I cannot ' }),
      changes(3, { type: 'refusalAdded', turnId: 'a', choice: 0, text: 'help.' }),
      changes(4, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }),
    );
    await pass();
    assert.deepEqual(await announced(), ['The model declined to answer', 'I cannot help.']);
  });

  it('do not come from the conversation itself, which would be letter by letter', async () => {
    assert.equal(await panel.page.getByRole('log').getAttribute('aria-live'), 'off');
  });
});
