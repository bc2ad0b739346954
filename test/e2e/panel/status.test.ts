import assert from 'node:assert/strict';
import type { StatusView } from '../../../src/protocol/messages';
import { usePanel } from '../../support/use-panel';
import { changes, running, snapshot, text, turn } from './views';

describe('The status of the request', () => {
  const panel = usePanel({ clock: 'manual' });
  const status = () => panel.page.getByRole('status', { name: 'Request' });
  const show = (next: StatusView) => panel.post(snapshot(turn('a', { status: next })));
  /** The visible text, without the parts for screen readers. */
  const visibleStatus = () =>
    status().evaluate((line) =>
      [...line.children]
        .slice(0, 2)
        .map((part) => part.textContent)
        .join(''),
    );
  const pass = (seconds: number) => panel.page.clock.runFor(seconds * 1000);
  /** The text that a screen reader announces. */
  const announcedStatus = async () => /status "Request": "?([^"]*)/.exec(await status().ariaSnapshot())?.[1];

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
      { kind: 'incomplete', errorCard: { title: 'It broke', explanation: '', buttons: [] } },
    ],
    ['Failed: It broke', { kind: 'failed', errorCard: { title: 'It broke', explanation: '', buttons: [] } }],
  ];
  for (const [expected, next] of ends) {
    it(`is "${expected}" of an answer that is ${next.kind}`, async () => {
      await show(next);
      assert.equal(await status().innerText(), expected);
    });
  }

  it('counts the seconds of thinking, and shows the typical time', async () => {
    await show(running('thinking', { elapsed: 9500, typicalThinkingTime: 'usually 8–20 s' }));
    assert.equal(await visibleStatus(), 'Thinking 9 s · usually 8–20 s');
    await pass(3);
    assert.equal(await visibleStatus(), 'Thinking 12 s · usually 8–20 s');
    assert.equal(await announcedStatus(), 'Thinking');
  });

  it('is never negative, even if a clock was set back', async () => {
    await show(running('thinking', { elapsed: -60_000 }));
    assert.equal(await visibleStatus(), 'Thinking 0 s');
    await show(
      running('waiting', { retry: { remaining: -5000, attempt: 2, maxAttempts: 2, reason: 'Busy' } }),
    );
    assert.equal(await visibleStatus(), 'Waiting · retrying in 0 s (attempt 2 of 2): Busy');
  });

  it('counts down to the next attempt, and is announced once', async () => {
    const reason = 'Too many requests';
    await show(running('waiting', { retry: { remaining: 42_000, attempt: 2, maxAttempts: 2, reason } }));
    const expected = `Waiting · retrying in 42 s (attempt 2 of 2): ${reason}`;
    assert.equal(await visibleStatus(), expected);
    assert.match((await announcedStatus()) ?? '', /^Waiting.*in 42 s/);
    await pass(12);
    assert.equal(await visibleStatus(), expected.replace('42 s', '30 s'));
    assert.match((await announcedStatus()) ?? '', /^Waiting.*in 42 s/);
    await pass(60);
    assert.equal(await visibleStatus(), expected.replace('42 s', '0 s'));
  });

  it('lets the user stop waiting for the next attempt', async () => {
    await show(
      running('waiting', { retry: { remaining: 42_000, attempt: 2, maxAttempts: 2, reason: 'Busy' } }),
    );
    await panel.page.getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual(await panel.received(), [{ type: 'stop' }]);
  });

  it('says that there is no new text, until there is', async () => {
    await show(running('answering'));
    await pass(9);
    assert.equal(await visibleStatus(), 'Answering');
    await pass(3);
    assert.equal(await visibleStatus(), 'Answering · no new text for 12 s');
    const announced = await announcedStatus();
    await pass(1);
    assert.equal(await announcedStatus(), announced, 'a number that changes is not announced again');
    await panel.post(changes(2, text('a', 'word')));
    assert.equal(await visibleStatus(), 'Answering');
    await pass(9);
    assert.equal(await visibleStatus(), 'Answering');
    await pass(1);
    assert.equal(await visibleStatus(), 'Answering · no new text for 10 s');
  });

  it('does not change after the answer has ended', async () => {
    await show(running('thinking'));
    await panel.post(changes(2, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    await pass(30);
    assert.equal(await status().innerText(), 'Done');
  });
});
