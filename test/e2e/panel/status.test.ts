import assert from 'node:assert/strict';
import type { StatusView } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { changes, running, snapshot, text, turn } from './views';

describe('The status of the request', () => {
  const panel = usePanel({ clock: 'manual' });
  const status = () => panel.page.getByRole('status', { name: 'Request' });
  const show = (next: StatusView) => panel.say(snapshot(turn('a', { status: next })));
  /** What a person sees, without what is only for screen readers. */
  const seen = () =>
    status().evaluate((line) =>
      [...line.children]
        .slice(0, 2)
        .map((part) => part.textContent)
        .join(''),
    );
  const pass = (seconds: number) => panel.page.clock.runFor(seconds * 1000);
  /** What a screen reader is told. */
  const heard = async () => /status "Request": "?([^"]*)/.exec(await status().ariaSnapshot())?.[1];

  const ends: readonly (readonly [string, StatusView])[] = [
    ['Waiting', running('waiting')],
    ['Answering', running('answering')],
    ['Done', { kind: 'done' }],
    ['Done', { kind: 'done', notice: { text: 'Cut off.', buttons: [] } }],
    ['Stopped', { kind: 'stopped', notice: { text: 'Stopped.', buttons: [] } }],
    [
      'Incomplete: Cut off at 10 tokens.',
      { kind: 'cutOff', notice: { text: 'Cut off at 10 tokens.', buttons: [] } },
    ],
    [
      'Incomplete: It broke',
      { kind: 'incomplete', problem: { title: 'It broke', explanation: '', buttons: [] } },
    ],
    ['Failed: It broke', { kind: 'failed', problem: { title: 'It broke', explanation: '', buttons: [] } }],
  ];
  for (const [words, next] of ends) {
    it(`is "${words}" of an answer that is ${next.kind}`, async () => {
      await show(next);
      assert.equal(await status().innerText(), words);
    });
  }

  it('counts the seconds of thinking, and says what is usual', async () => {
    await show(running('thinking', { elapsed: 9500, typicalThinkingTime: 'usually 8–20 s' }));
    assert.equal(await seen(), 'Thinking 9 s · usually 8–20 s');
    await pass(3);
    assert.equal(await seen(), 'Thinking 12 s · usually 8–20 s');
    assert.equal(await heard(), 'Thinking');
  });

  it('is never below zero, though a clock was set back', async () => {
    await show(running('thinking', { elapsed: -60_000 }));
    assert.equal(await seen(), 'Thinking 0 s');
    await show(
      running('waiting', { retry: { remaining: -5000, attempt: 2, maxAttempts: 2, reason: 'Busy' } }),
    );
    assert.equal(await seen(), 'Waiting · trying again in 0 s (attempt 2 of 2): Busy');
  });

  it('counts down to the next attempt and no further, and is read out once', async () => {
    const reason = 'Too many requests';
    await show(running('waiting', { retry: { remaining: 42_000, attempt: 2, maxAttempts: 2, reason } }));
    const words = `Waiting · trying again in 42 s (attempt 2 of 2): ${reason}`;
    assert.equal(await seen(), words);
    assert.match((await heard()) ?? '', /^Waiting.*in 42 s/);
    await pass(12);
    assert.equal(await seen(), words.replace('42 s', '30 s'));
    assert.match((await heard()) ?? '', /^Waiting.*in 42 s/);
    await pass(60);
    assert.equal(await seen(), words.replace('42 s', '0 s'));
  });

  it('lets the wait for the next attempt be stopped', async () => {
    await show(
      running('waiting', { retry: { remaining: 42_000, attempt: 2, maxAttempts: 2, reason: 'Busy' } }),
    );
    await panel.page.getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual(await panel.posts(), [{ type: 'stop' }]);
  });

  it('says that an answer has got stuck, until something comes', async () => {
    await show(running('answering'));
    await pass(9);
    assert.equal(await seen(), 'Answering');
    await pass(3);
    assert.equal(await seen(), 'Answering · no new text for 12 s');
    const said = await heard();
    await pass(1);
    assert.equal(await heard(), said, 'a number that changes is not read out');
    await panel.say(changes(2, text('a', 'word')));
    assert.equal(await seen(), 'Answering');
    await pass(9);
    assert.equal(await seen(), 'Answering');
    await pass(1);
    assert.equal(await seen(), 'Answering · no new text for 10 s');
  });

  it('stands still when the answer has ended', async () => {
    await show(running('thinking'));
    await panel.say(changes(2, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    await pass(30);
    assert.equal(await status().innerText(), 'Done');
  });
});
