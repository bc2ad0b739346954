import assert from 'node:assert/strict';
import type { ChatEvent } from '../../src/core/api';
import type { Answer } from '../../src/core/chat/answer';
import { showAnswerNotification } from '../../src/host/chat/answer-completion';
import { withDialogs, type Shown } from './dialogs';
import { answerAfter, complete, failed, sent, stopped, text } from './builders';

/** An answer that took so many seconds. */
function took(seconds: number, outcome: ChatEvent = complete): Answer {
  const answer = answerAfter([sent(), text('Because'), outcome]);
  const [run] = answer.runs;
  assert.ok(run);
  return { ...answer, runs: [{ ...run, askedAt: 0, endedAt: seconds * 1000 }] };
}

interface Told {
  readonly shown: readonly Shown[];
  /** How often the panel was asked for. */
  readonly opened: number;
}

async function tell(answer: Answer, inSight: boolean, chosen?: string): Promise<Told> {
  let opened = 0;
  let told: readonly Shown[] = [];
  await withDialogs(
    () => chosen,
    async (shown) => {
      await showAnswerNotification(answer, inSight, () => opened++);
      told = shown;
    },
  );
  return { shown: told, opened };
}

describe('An answer that has ended', () => {
  it('is told of, with a button, where it took 30 s and nobody was looking', async () => {
    const { shown, opened } = await tell(took(30), false);
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.message ?? '', /answered after 30 s/);
    assert.deepEqual(shown[0]?.buttons, ['Show Answer']);
    assert.equal(opened, 0);
  });

  it('is shown at a click on that button', async () => {
    assert.equal((await tell(took(45), false, 'Show Answer')).opened, 1);
  });

  for (const [when, answer, inSight] of [
    ['it came sooner', took(29.9), false],
    ['the user was looking', took(300), true],
    ['the user has stopped it', took(300, stopped), false],
  ] as const) {
    it(`is not told of where ${when}`, async () => {
      assert.deepEqual((await tell(answer, inSight)).shown, []);
    });
  }

  it('is not called an answer where it broke', async () => {
    const { shown } = await tell(took(61, failed({ kind: 'truncated' })), false);
    assert.match(shown[0]?.message ?? '', /stopped after 61 s without a complete answer/);
  });
});
