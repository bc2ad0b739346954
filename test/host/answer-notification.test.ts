import assert from 'node:assert/strict';
import type { ChatEvent } from '../../src/core/api';
import type { Answer } from '../../src/core/chat/answer';
import { showAnswerNotification } from '../../src/host/chat/answer-notification';
import { messagesDuring, type ShownMessage } from './dialogs';
import { answerAfter, complete, failed, sent, stopped, text } from './builders';

/** An answer that ended this many seconds after its question. */
function answerTaking(seconds: number, outcome: ChatEvent = complete): Answer {
  const answer = answerAfter([sent(), text('Because'), outcome]);
  const [run] = answer.runs;
  assert.ok(run);
  return { ...answer, runs: [{ ...run, askedAt: 0, endedAt: seconds * 1000 }] };
}

interface Notified {
  readonly shown: readonly ShownMessage[];
  /** How often the notification opened the chat. */
  readonly opened: number;
}

async function notify(answer: Answer, isVisible: boolean, button?: string): Promise<Notified> {
  let opened = 0;
  const shown = await messagesDuring(() => showAnswerNotification(answer, isVisible, () => opened++), button);
  return { shown, opened };
}

describe('The notification of an answer that has ended', () => {
  it('is shown with a button if the answer took 30 s and the chat was not visible', async () => {
    const { shown, opened } = await notify(answerTaking(30), false);
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.message ?? '', /answered after 30 s/);
    assert.deepEqual(shown[0]?.buttons, ['Show Answer']);
    assert.equal(opened, 0);
  });

  it('opens the answer when its button is clicked', async () => {
    assert.equal((await notify(answerTaking(45), false, 'Show Answer')).opened, 1);
  });

  for (const [when, answer, isVisible] of [
    ['the answer came sooner', answerTaking(29.9), false],
    ['the chat was visible', answerTaking(300), true],
    ['the user stopped the answer', answerTaking(300, stopped), false],
  ] as const) {
    it(`is not shown if ${when}`, async () => {
      assert.deepEqual((await notify(answer, isVisible)).shown, []);
    });
  }

  it('calls the answer incomplete if it failed', async () => {
    const { shown } = await notify(answerTaking(61, failed({ kind: 'truncated' })), false);
    assert.match(shown[0]?.message ?? '', /stopped after 61 s without a complete answer/);
  });
});
